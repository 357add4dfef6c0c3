import { describe, expect, test } from 'vitest'
import { createVoteActions } from '../../../src/features/votes/actions.ts'
import { createBallotBox } from '../../../src/features/votes/ballot-box.ts'
import { votes } from '../../../src/features/votes/index.ts'
import { openVoteBook } from '../../../src/features/votes/records.ts'
import { verifyVote } from '../../../src/votes/verify.ts'
import { createFixedDirectory, createFixedRoster, createWorld, play } from '../../conversation.ts'

const base = 'https://bot.example.cn'
const plan = {
  title: '第四季度创业能手推荐',
  weightPercent: 30,
  kind: 'one',
  most: 1,
  places: 1,
  quorumPercent: 50,
  tie: 'committee',
  closesAt: '2026-12-03T18:00:00+08:00',
  nominees: ['成员0', '成员1'],
  observers: ['成员2', '成员3'],
  spaces: [],
} as const

/** A bot with so many members, and a vote that is being prepared. */
async function openTown(members = 14) {
  const world = createWorld('2026-12-01T09:00:00+08:00')
  const directory = createFixedDirectory([], { chen: ['organizer'] })
  const roster = createFixedRoster(
    Array.from({ length: members }, (_, n) => ({ id: `m-p${n}`, name: `成员${n}` })),
  )
  const start = () => {
    const built = votes({ ...world, directory, roster, baseUrl: base })
    return { ...built, ...play(world, directory, [built.feature]) }
  }
  const book = openVoteBook(world.store)
  const actions = createVoteActions({ book, box: createBallotBox(book), roster, clock: world.clock })
  const running = start()
  const says = (n: number, text: string, ...expected: string[]) =>
    running.person(`p${n}`, `成员${n}`).says(text, ...expected)

  async function linkOf(n: number): Promise<string> {
    const [reply] = await says(n, '投票 1', '供评选小组参考，占 30%')
    return reply?.text?.split(base)[1] ?? ''
  }
  const vote = async (path: string, fields: Record<string, string>, open = running.open) => {
    const response = await open.request(path, { method: 'POST', body: new URLSearchParams(fields) })
    const text = await response.text()
    return {
      status: response.status,
      text,
      receipt: /<code>(?<id>[\w-]{36})<\/code>/u.exec(text)?.groups?.id ?? '',
    }
  }
  return { ...world, ...running, book, actions, says, linkOf, vote, start }
}

async function openVote() {
  const town = await openTown()
  const { actions, says } = town
  await actions.create(plan)
  await expect(actions.open(1)).rejects.toThrow('还没有确认名册')
  for (const n of [2, 3]) await says(n, '监票确认 1', '名册：14 人')
  await expect(actions.open(1)).rejects.toThrow('还没有人同意参评')
  for (const n of [0, 1]) await says(n, '同意参评 1', '你同意参评')
  await actions.open(1)
  return town
}

describe('评选', () => {
  test('refuses elections that need paper, and names nobody can stand for', async () => {
    const { actions } = await openTown()
    await expect(actions.create({ ...plan, title: '支部委员换届' })).rejects.toThrow('选举工作条例')
    await expect(actions.create({ ...plan, nominees: ['没有的人'] })).rejects.toThrow('名单上没有')
    await expect(actions.create({ ...plan, observers: ['成员0', '成员3'] })).rejects.toThrow(
      '参评的人不能监票',
    )
  })

  test('is secret: what is written always adds no voter or at least five, and the receipt proves the count', async () => {
    const { says, linkOf, vote, book, forward, open, actions } = await openVote()
    await says(5, '投票 成员1', '打字投的不算')
    await says(99, '投票 1', '不在这次投票的名册里')
    const receipts: string[] = []
    let before = 0
    const links = await Promise.all(Array.from({ length: 14 }, (_, n) => linkOf(n)))
    const link = (n: number) => links[n] ?? ''
    for (let n = 0; n < 13; n += 1) {
      const { text, receipt } = await vote(link(n), { choice: n < 8 ? 'm-p1' : 'm-p0' })
      expect(text).toContain('投好了')
      receipts.push(receipt)
      const written = (await book.batchesOf(1)).flatMap(one => one.members).length
      expect([0, 5]).toContain(written - before)
      before = written
    }
    expect((await vote(link(0), { choice: 'm-p0' })).text).toContain('已经封存计入，不能再改')
    expect((await vote(link(12), { choice: 'm-p1' })).text).toContain('没有回执号，就按原来那张算')
    const changed = await vote(link(12), { choice: '', receipt: receipts[12] ?? '' })
    expect(changed.receipt).toBe(receipts[12])
    expect(await (await open.request(link(13))).text()).toContain('你还没有投')
    await forward({ hours: 72 })
    expect((await vote(link(13), { choice: 'm-p1' })).text).toContain('现在不能投票')
    const exported = await actions.exported(1)
    expect(exported.batches.every(({ members }) => members.length >= 5)).toBe(true)
    expect(exported.batches.flatMap(({ ballots }) => ballots.map(({ id }) => id)).sort()).toEqual(
      receipts.sort(),
    )
    const { problems, tally } = verifyVote(exported)
    expect(problems).toEqual([])
    expect(tally).toMatchObject({ ballots: 13, chosen: ['成员1'] })
    expect(tally.counts.map(({ yes }) => yes)).toEqual([8, 4])
    await says(2, '监票确认 1', '13 票，投票率 93%')
  })

  test('asks again for what was not written when the bot stopped, and counts nobody twice', async () => {
    const { linkOf, vote, start, book, forward, actions } = await openVote()
    const links = await Promise.all(Array.from({ length: 12 }, (_, n) => linkOf(n)))
    for (const link of links) await vote(link, { choice: 'm-p1' })
    const again = start()
    const states = await Promise.all(
      links.map(async link => (await (await again.open.request(link)).text()).includes('你还没有投')),
    )
    expect(states.filter(Boolean).length).toBe(7)
    for (const [n, link] of links.entries()) if (states[n]) await vote(link, { choice: 'm-p0' }, again.open)
    await again.forward({ hours: 72 })
    const { problems, tally } = verifyVote(await actions.exported(1))
    expect(problems).toEqual([])
    expect(tally.counts.map(({ yes }) => yes)).toEqual([7, 5])
    expect((await book.get(1))?.state).toBe('closed')
    await forward({ hours: 1 })
  })

  test('many at once are each counted once', async () => {
    const { linkOf, vote, forward, actions } = await openVote()
    const links = await Promise.all(Array.from({ length: 14 }, (_, n) => linkOf(n)))
    await Promise.all([...links, ...links].map(link => vote(link, { choice: 'm-p0' })))
    await forward({ hours: 72 })
    const { problems, tally } = verifyVote(await actions.exported(1))
    expect(problems).toEqual([])
    expect(tally.ballots).toBe(14)
  })

  test('erases a voter and the record still holds', async () => {
    const { linkOf, vote, forward, actions, feature, book } = await openVote()
    for (let n = 0; n < 14; n += 1) await vote(await linkOf(n), { choice: 'm-p1' })
    await forward({ hours: 72 })
    const somebody = { memberId: 'm-p5', chatIds: ['p5'], names: ['成员5'] }
    expect(await feature.personal?.kept(somebody)).toEqual([
      `评选：${plan.title}（只记有没有投，不记投给谁）`,
    ])
    await feature.personal?.forget(somebody, 'alias')
    expect(
      JSON.stringify([await book.all(), await book.batchesOf(1), await book.links.list('')]),
    ).not.toMatch(/m-p5"|成员5/u)
    expect(verifyVote(await actions.exported(1)).problems).toEqual([])
  })
})
