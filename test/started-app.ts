import { existsSync } from 'node:fs'
import { expect } from 'vitest'
import { readFolder } from '../src/adapters/lowdb/raw.ts'
import { type App, startApp as startWhole } from '../src/app.ts'
import type { Config } from '../src/config.ts'
import { formalismIn } from '../src/text/formalism.ts'

type Read = Record<string, unknown>

/** The bot of `data/community.yaml`. */
const botId = 'xiaochuang'
const privateMark = 'private-'

/** Starts a whole bot. When it is stopped, what it sent to groups is held against the rules on formalism. */
export async function startApp(config: Config, host: Parameters<typeof startWhole>[1]): Promise<App> {
  const app = await startWhole(config, host)
  async function stop(): Promise<void> {
    await app.stop()
    if (config.STORE === 'lowdb' && existsSync(config.STATE_DIR)) await checkWhatWasSent(config.STATE_DIR)
  }
  return { ...app, stop }
}

/** Postings to groups, and what the bot replied in simulated groups. */
async function checkWhatWasSent(folder: string): Promise<void> {
  const records = new Map<string, Read[]>()
  for await (const shard of readFolder(folder)) {
    if (!['deliveries', 'outbox-contents', 'sandbox-messages'].includes(shard.collection)) continue
    const values = [...shard.records].map(([key, text]) => ({ ...(JSON.parse(text) as Read), key }))
    records.set(shard.collection, [...(records.get(shard.collection) ?? []), ...values])
  }
  const of = (collection: string) => records.get(collection) ?? []
  const broadcastOf = ({ key }: Read) => String(key).split('/')[0]
  const isToGroup = ({ target }: Read) => typeof target === 'object' && target !== null && 'groupId' in target
  const toGroups = new Set(
    of('deliveries')
      .filter(isToGroup)
      .map(one => `${broadcastOf(one)}/${one.contentId}`),
  )
  const posted = of('outbox-contents').filter(({ key }) => toGroups.has(String(key)))
  const replied = of('sandbox-messages').filter(
    ({ key, from }) => from === botId && !String(key).startsWith(privateMark),
  )
  for (const { text } of [...posted, ...replied])
    if (typeof text === 'string') expect(formalismIn(text), text).toEqual([])
}
