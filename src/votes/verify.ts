import { brokenLine, lastLine } from './chain.ts'
import { batchData, nomineesHash } from './rules.ts'
import { tallyOf, type VoteTally } from './tally.ts'
import type { VoteExport } from './vote.ts'

/** Recounts an exported vote. @returns what does not hold, in Chinese; empty where all does */
export function verifyVote(vote: VoteExport): { problems: string[]; tally: VoteTally } {
  const { chain, batches, rules, nominees, electorateSize } = vote
  const ballots = batches.flatMap(batch => batch.ballots)
  const members = batches.flatMap(batch => batch.members)
  const broken = brokenLine(chain)
  const merged = lastLine(chain, 'merged')
  const people = merged?.people ?? lastLine(chain, 'electorate')?.people
  const stood = lastLine(chain, 'opened')?.hash
  const checks: [boolean, string][] = [
    [broken >= 0, `记录第 ${broken + 1} 行被改过`],
    [!sameData(lastLine(chain, 'rules'), rules), '规则和开始前定的不一样'],
    [people !== undefined && people !== electorateSize, '名册的人数和记录对不上'],
    [stood !== undefined && stood !== nomineesHash(nominees), '参评的人和开始时定的不一样'],
    [areBatchesChanged(vote), '选票和记录对不上'],
    [
      ballots.length !== members.length,
      `选票 ${ballots.length} 张，投票的人 ${members.length} 位，数目不一样`,
    ],
    [members.length - new Set(members).size !== Number(merged?.doubled ?? 0), '有人投了两次'],
    [new Set(ballots.map(({ id }) => id)).size !== ballots.length, '有两张票的回执号相同'],
    [new Set(members).size > electorateSize, '投票的人比名册上的多'],
    [!chain.some(({ kind }) => kind === 'closed'), '投票还没有结束'],
  ]
  const problems = checks.flatMap(([isWrong, words]) => (isWrong ? [words] : []))
  return { problems, tally: tallyOf(rules, vote) }
}

function areBatchesChanged({ chain, batches }: VoteExport): boolean {
  const lines = chain.filter(({ kind }) => kind === 'batch')
  const latest = new Map(lines.map(({ data }) => [Number(data.batch), data]))
  // A line of no ballots stands for a batch that was left out of the backup from which the vote went on.
  const recorded = new Map([...latest].filter(([, { ballots }]) => Number(ballots) > 0))
  const isChanged = (batch: VoteExport['batches'][number], at: number) => {
    const data = batchData(batch)
    const known = recorded.get(at)
    return known?.hash !== data.hash || known.ballots !== data.ballots || known.voters !== data.voters
  }
  return recorded.size !== batches.length || batches.some(isChanged)
}

const sameData = (known: object | undefined, now: object) =>
  JSON.stringify(Object.entries(known ?? {}).sort()) === JSON.stringify(Object.entries(now).sort())
