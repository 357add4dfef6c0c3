import { brokenLine } from './chain.ts'
import { batchData, tallyOf, type VoteTally } from './rules.ts'
import type { VoteExport } from './vote.ts'

/** Recounts an exported vote. @returns what does not hold, in Chinese; empty where all does */
export function verifyVote(vote: VoteExport): { problems: string[]; tally: VoteTally } {
  const { chain, batches, rules, nominees, electorateSize } = vote
  const ballots = batches.flatMap(batch => batch.ballots)
  const members = batches.flatMap(batch => batch.members)
  const lines = chain.filter(({ kind }) => kind === 'batch')
  const broken = brokenLine(chain)
  const recorded = new Map(lines.map(({ data }) => [Number(data.batch), data]))
  const changed = batches.filter((batch, at) => {
    const data = batchData(batch)
    const known = recorded.get(at)
    return known?.hash !== data.hash || known.ballots !== data.ballots || known.voters !== data.voters
  })
  const checks: [boolean, string][] = [
    [broken >= 0, `记录第 ${broken + 1} 行被改过`],
    [changed.length > 0 || recorded.size !== batches.length, '选票和记录对不上'],
    [
      ballots.length !== members.length,
      `选票 ${ballots.length} 张，投票的人 ${members.length} 位，数目不一样`,
    ],
    [new Set(members).size !== members.length, '有人投了两次'],
    [new Set(ballots.map(({ id }) => id)).size !== ballots.length, '有两张票的回执号相同'],
    [members.length > electorateSize, '投票的人比名册上的多'],
    [!chain.some(({ kind }) => kind === 'closed'), '投票还没有结束'],
  ]
  const problems = checks.flatMap(([isWrong, words]) => (isWrong ? [words] : []))
  return { problems, tally: tallyOf(rules, nominees, { ballots, electorateSize }) }
}
