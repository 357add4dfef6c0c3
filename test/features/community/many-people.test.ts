import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createMemoryStore } from '../../../src/adapters/memory.ts'
import { createIdentityLinks } from '../../../src/features/community/identities/identity-links.ts'
import { createIdentityLedger } from '../../../src/features/community/identities/ledger.ts'
import { openCommunityRecords } from '../../../src/features/community/records/records.ts'
import { createRosterActions } from '../../../src/features/community/roster/actions.ts'
import { createRosterStore } from '../../../src/features/community/roster/book.ts'
import { createWorld } from '../../conversation.ts'

function open() {
  const { clock } = createWorld()
  const records = openCommunityRecords(createMemoryStore())
  const book = createRosterStore(records.roster)
  const ledger = createIdentityLedger(records, { clock, line: () => ({ platform: 'test', account: 'bot' }) })
  const links = createIdentityLinks({ records, ledger, book, clock, personal: () => [] })
  const given = { book, members: records.members, clock, keepsParty: false, matchAll: links.matchAll }
  return { links, book, ledger, actions: createRosterActions(given) }
}

const nameOf = (at: number) => `张${String.fromCodePoint(0x4e00 + at)}`
const list = (count: number) => {
  const rows = Array.from({ length: count }, (_, at) => `${nameOf(at)},空间${at % 12}号,第${at % 36}支部`)
  return { name: '名单.csv', bytes: new TextEncoder().encode(`姓名,众创空间,支部\n${rows.join('\n')}\n`) }
}

/** Turns of the event loop that others get while the work is done. */
async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let turns = 0
  let isOver = false
  const count = (async () => {
    for (; !isOver; turns += 1) await nextTurn()
  })()
  await work()
  isOver = true
  await count
  return turns
}

test('others get their turns while a roster of 4,000 rows is compared, imported and matched', async () => {
  const { actions, links } = open()
  for (let at = 0; at < 1500; at += 1)
    await links.see(`chat-${at}`, { name: `空间${at % 12}号-${nameOf(at)}`, groupId: 'g' })
  const file = list(4000)
  await actions.dryRun('me', file)
  const rows = async () => (await actions.rows()).length
  expect(await turnsDuring(() => actions.confirm({ id: 'me', name: '陈姐' }))).toBeGreaterThan(18)
  expect(await rows()).toBe(4000)
})

test('a person who becomes a row while all are looked at keeps it alone', async () => {
  const { actions, links, ledger, book } = open()
  await links.see('first', { name: '空间0号-张一', groupId: 'g' })
  for (let at = 1; at < 1500; at += 1)
    await links.see(`chat-${at}`, { name: `空间1号-${nameOf(at)}`, groupId: 'g' })
  const file = { name: '名单.csv', bytes: new TextEncoder().encode('姓名,众创空间\n张一,空间0号\n') }
  await actions.dryRun('me', file)
  const confirmed = actions.confirm({ id: 'me', name: '陈姐' })
  while ((await book.rows()).length === 0) await nextTurn()
  // The first is looked up by then, and the others are not yet.
  for (let turn = 0; turn < 2; turn += 1) await nextTurn()
  await links.see('second', { name: '空间0号-张一', groupId: 'h' })
  await confirmed
  await links.followMoves()
  const [row] = await book.rows()
  expect((await ledger.of(row?.id ?? '')).map(({ senderId }) => senderId)).toEqual(['second'])
})

test('an import is refused where the roster changed while it was compared', async () => {
  const { actions, book } = open()
  await actions.dryRun('me', list(2000))
  const confirmed = actions.confirm({ id: 'me', name: '陈姐' })
  const other = {
    name: '李四',
    space: '优空间',
    branch: '',
    team: '',
    phoneTail: '',
    alias: '',
    nickname: '',
    note: '',
  }
  await actions.put(undefined, { ...other, party: '' }, { byName: '陈姐' })
  await expect(confirmed).rejects.toThrow('名单刚刚被别人改过')
  expect((await book.rows()).map(({ name }) => name)).toEqual(['李四'])
})
