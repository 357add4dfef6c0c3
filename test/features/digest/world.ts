import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { digest } from '../../../src/features/digest/index.ts'
import { createOutbox } from '../../../src/outbox/index.ts'
import type { Directory } from '../../../src/ports/directory.ts'
import { createFixedDirectory, createWorld, play, type World } from '../../conversation.ts'
import { pace, pass, settle } from '../../outbox/world.ts'

export const groups = ['优空间创客群', '恒丰大厦群', '蒲公英群']

/** One item of the file, as a person writes it. */
export function itemText(id: string, more: Record<string, string> = {}): string {
  const fields = {
    id,
    stream: '政策',
    title: `${id} 的标题`,
    who: '小微企业',
    benefit: '减半征收',
    when: '长期',
    where: '申报时享受',
    documents: '[{ title: 某公告, number: 2023年第12号, date: "2023-08-02" }]',
    publishedOn: '"2026-11-01"',
    ...more,
  }
  return `- ${Object.entries(fields)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n  ')}\n`
}

/** A file of items that a test may write anew. */
export function createItemsFile(...items: string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'digest-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'items.yaml')
  const write = (...texts: string[]) => writeFileSync(path, texts.join('\n'))
  write(...items)
  return { path, write }
}

type Setting = { world?: World; directory?: Directory; itemsFile?: ReturnType<typeof createItemsFile> }

/** A bot with the digest and a real outbox, half an hour before Friday's push; `restart` is a second life. */
export function openDigest(setting: Setting = {}) {
  const world = setting.world ?? createWorld('2026-11-27T16:00:00+08:00')
  const itemsFile = setting.itemsFile ?? createItemsFile(itemText('loan'), itemText('tax'))
  const directory = setting.directory ?? createFixedDirectory(groups, { org: ['organizer'] })
  const outbox = createOutbox({ ...world, pace })
  const feature = digest({
    ...world,
    outbox,
    directory,
    cron: '30 16 * * 5',
    shelfLifeMinutes: 120,
    itemsFile: itemsFile.path,
  })
  const played = play(world, directory, [feature])
  const org = played.person('org', '陈姐')
  const mei = played.person('mei', '小美', groups[0])

  /** Starts as the process does: what the outbox has left, then what fell due. */
  async function start() {
    await outbox.start()
    await played.jobs.tick()
  }

  /** Moves to the minute and lets everything go out that is due. */
  async function forward(duration: { minutes?: number; hours?: number; seconds?: number }) {
    await played.forward(duration)
    await pass(world, 30, 1000)
  }

  async function restart() {
    await outbox.stop()
    const second = openDigest({ world, directory, itemsFile })
    await second.start()
    await settle()
    return second
  }

  /** Who got what, in order. */
  const arrived = () =>
    world.said.map(({ target }) => ('groupId' in target ? target.groupId : `私聊 ${target.personId}`))

  return { world, outbox, feature, itemsFile, org, mei, start, forward, restart, arrived, ...{ played } }
}
