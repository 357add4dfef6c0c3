import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { brokenLine, withLine } from '../../src/votes/chain.ts'
import { batchData, mergeBatches, nextBatch, requireAdvisory, requireBallot } from '../../src/votes/rules.ts'
import { tallyOf } from '../../src/votes/tally.ts'
import { verifyVote } from '../../src/votes/verify.ts'
import { type Ballot, type VoteBatch, VoteRules } from '../../src/votes/vote.ts'

const rules = VoteRules.parse({
  number: 1,
  title: '创业能手推荐',
  weightPercent: 30,
  kind: 'upTo',
  most: 2,
  places: 1,
  quorumPercent: 50,
  tie: 'committee',
  closesAt: '2026-12-03T18:00:00+08:00',
})
const nominees = ['a', 'b', 'c'].map(id => ({ key: id, memberId: id, name: `候选${id}`, hasAccepted: true }))

/** A second counter, which shares nothing with the first: one line a nominee, by hand. */
function countAgain(batches: readonly VoteBatch[]): Record<string, number> {
  const votes: Record<string, number> = {}
  for (const { ballots } of batches)
    for (const { choices } of ballots)
      for (const id of Object.keys(choices)) if (choices[id] === 'yes') votes[id] = (votes[id] ?? 0) + 1
  return votes
}

const ballot = fc.record({
  id: fc.uuid(),
  choices: fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('yes', 'no', 'abstain')),
}) as fc.Arbitrary<Ballot>

describe('a vote', () => {
  test('that has to be on paper at a meeting is refused with the reason', () => {
    for (const title of [
      ...['支部换届', '选举书记', '委员推荐', '党代表推选', '支部书记改选', '換屆人選', '换 届', '支委增补'],
      ...['选支书', '推荐出席区党代会的代表', '党小组长投票', '新一届班子', '接收预备党员', '社区两委人选'],
      ...[
        '优空间支部负责人推荐',
        '党支部领头雁推荐',
        '支部带头人',
        '确定积极分子',
        '民主评议党员',
        '党小组组长人选',
      ],
    ])
      expect(() => requireAdvisory(title), title).toThrow('选举工作条例')
    for (const title of [
      ...['第四季度创业能手推荐', '企业明星', '党员示范岗推荐', '十大代表作', '最具代表性的产品', '最佳展位'],
      ...[
        '2026届创业新星',
        '优秀项目评选',
        '五星众创空间',
        '项目负责人评比',
        '优秀组长',
        '行业领头雁',
        '团队带头人',
      ],
    ])
      requireAdvisory(title)
  })

  test('takes no ballot for too many or for somebody else', () => {
    expect(() => requireBallot(rules, { a: 'yes', b: 'yes', c: 'yes' }, nominees)).toThrow('最多选 2 位')
    expect(() => requireBallot(rules, { x: 'yes' }, nominees)).toThrow('不认识')
    requireBallot(rules, {}, nominees)
  })

  test('is written in batches of five or more, each list sorted apart, and counts each vote once', () => {
    fc.assert(
      fc.property(fc.uniqueArray(ballot, { maxLength: 40, selector: ({ id }) => id }), ballots => {
        let waiting: { memberId: string; ballot: Ballot }[] = []
        const batches: VoteBatch[] = []
        const write = (isEnd: boolean) => {
          const next = nextBatch(waiting, isEnd)
          if (!next) return
          waiting = next.rest
          batches.push(next.batch)
        }
        for (const [n, one] of ballots.entries()) {
          waiting.push({ memberId: `m${String(n).padStart(2, '0')}`, ballot: one })
          write(false)
        }
        write(true)
        expect(batches.flatMap(one => one.ballots).length).toBe(ballots.length)
        for (const { members, ballots: inside } of batches) {
          if (ballots.length >= 5) expect(members.length).toBeGreaterThanOrEqual(5)
          expect(members).toEqual(members.toSorted())
          expect(inside.map(({ id }) => id)).toEqual(inside.map(({ id }) => id).toSorted())
        }
        let chain = withLine(withLine([], 'rules', { ...rules }), 'electorate', { people: 40 })
        for (const [at, batch] of batches.entries())
          chain = withLine(chain, 'batch', { batch: at, ...batchData(batch) })
        chain = withLine(chain, 'closed', {})
        const exported = { rules, nominees, electorateSize: 40, batches, chain }
        const { problems, tally } = verifyVote(exported)
        expect(problems).toEqual([])
        const again = countAgain(batches)
        for (const { key, yes } of tally.counts) expect(yes).toBe(again[key] ?? 0)
        const first = batches[0]?.ballots[0]
        if (!first || first.choices.a === 'yes') return
        const forged = structuredClone(exported)
        const target = forged.batches[0]?.ballots[0]
        if (target) target.choices = { ...target.choices, a: 'yes' }
        expect(verifyVote(forged).problems).toEqual(['选票和记录对不上'])
      }),
      { numRuns: 60 },
    )
  })

  test('has a record in which nothing can be changed, dropped or put in', () => {
    const chain = ['甲', '乙', '丙'].reduce(
      (all, name) => withLine(all, 'observed', { name }),
      withLine([], 'rules', { n: 1 }),
    )
    expect(brokenLine(chain)).toBe(-1)
    expect(brokenLine(chain.map((line, at) => (at === 1 ? { ...line, data: { name: '丁' } } : line)))).toBe(1)
    expect(brokenLine(chain.filter((_, at) => at !== 2))).toBe(2)
  })

  test('gives no result below the quorum or of fewer than five, and keeps a tie for the committee', () => {
    const of = (...choices: string[]) =>
      choices.map((id, n) => ({ id: String(n), choices: { [id]: 'yes' as const } }))
    const tally = (ballots: Ballot[], electorateSize = 6, more: Partial<VoteRules> = {}) =>
      tallyOf(
        { ...rules, ...more },
        { nominees, batches: [{ members: ballots.map(({ id }) => id), ballots }], electorateSize, chain: [] },
      )
    expect(tally(of('a', 'a', 'a', 'b')).withheld).toContain('不足 5 票')
    expect(tally(of('a', 'a', 'a', 'b', 'b'), 11).withheld).toBe('未达到人数，本次无效')
    expect(tally(of('a', 'a', 'a', 'b', 'b')).chosen).toEqual(['候选a'])
    expect(tally(of('a', 'a', 'c', 'b', 'b'))).toMatchObject({
      chosen: [],
      open: [{ name: '候选a' }, { name: '候选b' }],
      next: 'committee',
    })
    expect(tally(of('a', 'a', 'c', 'b', 'b'), 6, { tie: 'shared' }).chosen).toEqual(['候选a', '候选b'])
  })

  test('a remainder joins a batch in which nothing tells what was added', () => {
    const batch = (ids: string[]): VoteBatch => ({
      members: ids,
      ballots: ids.map(id => ({ id, choices: {} })),
    })
    expect(mergeBatches(batch(['b', 'd']), batch(['a', 'c'])).members).toEqual(['a', 'b', 'c', 'd'])
  })
})
