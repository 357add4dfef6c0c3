import { expect } from 'vitest'
import { openDatabase } from '../src/adapters/postgres/database.ts'
import { readTenant } from '../src/adapters/postgres/raw.ts'
import type { RawShard } from '../src/ports/raw-store.ts'
import { formalismIn } from '../src/text/formalism.ts'

type Read = Record<string, unknown>

/** The bot of `data/community.yaml`. */
const botId = 'xiaochuang'
const privateMark = 'private-'

/**
 * Holds postings to groups, and replies in simulated groups, against the rules on formalism.
 * @returns how many texts there were
 */
export async function checkWhatWasSent(shards: AsyncIterable<RawShard>): Promise<number> {
  const records = new Map<string, Read[]>()
  for await (const shard of shards) {
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
  const texts = [...posted, ...replied].flatMap(({ text }) => (typeof text === 'string' ? [text] : []))
  for (const text of texts) expect(formalismIn(text), text).toEqual([])
  return texts.length
}

/** The same for bots that keep their records in this database. */
export async function checkWhatTenantsSent(url: string, tenants: readonly string[]): Promise<void> {
  const database = openDatabase({ url, applicationName: 'test', connections: 1 })
  try {
    for (const tenant of tenants)
      expect(await checkWhatWasSent(readTenant(database, tenant)), tenant).toBeGreaterThan(0)
  } finally {
    await database.close()
  }
}
