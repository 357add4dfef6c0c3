import { sha256 } from '../lib/hash.ts'
import { type ChainLine, lastLine } from './chain.ts'
import { leastBallots, type Nominee, type VoteBatch, type VoteRules } from './vote.ts'

type NomineeCount = { key: string; name: string; yes: number; no: number; abstain: number }
export type VoteTally = {
  ballots: number
  /** Members who voted: fewer than ballots where two members turned out to be one. */
  voters: number
  turnoutPercent: number
  /** Ballots that were not kept, since fewer than five would tell who voted what. */
  dropped: number
  /** Ballots that choose no nominee. */
  blank: number
  /** Why there is no result, in Chinese; undefined where there is one. */
  withheld: string | undefined
  /** Most votes first; empty where the result is withheld. */
  counts: NomineeCount[]
  /** With a place, by name. */
  chosen: string[]
  /** Those of `chosen` whom the lot chose. */
  drawn: string[]
  /** Between whom it is open: tied, or nearer together than there are ballots too many. */
  open: NomineeCount[]
  /** Next step of a tie; undefined where all is decided. */
  next: 'committee' | 'lot' | 'runoff' | undefined
}

type Counted = {
  nominees: readonly Nominee[]
  batches: readonly VoteBatch[]
  electorateSize: number
  chain: readonly ChainLine[]
}

/**
 * Counts the ballots of a closed vote. Where two members who both voted turned out to be one, nothing tells which
 * ballot is one too many: only what no ballot taken away could change is decided, the rest is for the committee.
 */
export function tallyOf(rules: VoteRules, { nominees, batches, electorateSize, chain }: Counted): VoteTally {
  const ballots = batches.flatMap(one => one.ballots)
  const voters = new Set(batches.flatMap(one => one.members)).size
  const turnoutPercent = electorateSize === 0 ? 0 : (100 * voters) / electorateSize
  const nothing = {
    ...{ ballots: ballots.length, voters, turnoutPercent, withheld: undefined, next: undefined },
    dropped: droppedIn(chain),
    blank: ballots.filter(({ choices }) => !Object.values(choices).includes('yes')).length,
    ...{ counts: [], chosen: [], drawn: [], open: [] },
  }
  if (voters < leastBallots) return { ...nothing, withheld: `不足 ${leastBallots} 票，不公布结果` }
  if (turnoutPercent < rules.quorumPercent) return { ...nothing, withheld: '未达到人数，本次无效' }
  const count = (key: string, choice: string) =>
    ballots.filter(({ choices }) => choices[key] === choice).length
  const counts = nominees
    .filter(({ hasAccepted }) => hasAccepted)
    .map(({ key, name }) => ({ key, name, yes: count(key, 'yes'), no: count(key, 'no'), abstain: 0 }))
    .map(one => ({ ...one, abstain: ballots.length - one.yes - one.no }))
    .sort((a, b) => b.yes - a.yes || (a.key < b.key ? -1 : 1))
  const surplus = ballots.length - voters
  return { ...nothing, counts, ...decided(counts, { rules, surplus, seed: lotSeed(chain) }) }
}

type Decision = Pick<VoteTally, 'chosen' | 'drawn' | 'open' | 'next'>
type Deciding = { rules: VoteRules; surplus: number; seed: string | undefined }

function decided(counts: readonly NomineeCount[], { rules, surplus, seed }: Deciding): Decision {
  const { places, tie } = rules
  const voted = counts.filter(({ yes }) => yes > 0)
  /** How many others may have as many votes as this one, ballots too many being taken away at worst. */
  const rivals = (one: NomineeCount, least: number) =>
    voted.filter(other => other !== one && other.yes >= least).length
  const sure = voted.filter(one => one.yes > surplus && rivals(one, one.yes - surplus) < places)
  const open = voted.filter(one => !sure.includes(one) && rivals(one, one.yes + surplus + 1) < places)
  const names = (list: readonly NomineeCount[]) => list.map(({ name }) => name)
  const none = { chosen: names(sure), drawn: [], open: [], next: undefined }
  if (open.length === 0) return none
  if (surplus > 0) return { ...none, open, next: 'committee' }
  if (tie === 'shared') return { ...none, chosen: names([...sure, ...open]) }
  if (tie !== 'lot' || seed === undefined) return { ...none, open, next: tie }
  const drawn = open
    .toSorted((a, b) => (sha256(seed + a.key) < sha256(seed + b.key) ? -1 : 1))
    .slice(0, places - sure.length)
  return { ...none, chosen: names([...sure, ...drawn]), drawn: names(drawn) }
}

/** From the sealed ballots and the numbers of both observers; undefined until both are there. */
function lotSeed(chain: readonly ChainLine[]): string | undefined {
  const lot = lastLine(chain, 'lot')
  if (!lot) return undefined
  const batches = new Map(
    chain.filter(({ kind }) => kind === 'batch').map(({ data }) => [data.batch, data.hash]),
  )
  return sha256(JSON.stringify([[...batches.values()], lot.first, lot.second]))
}

/** Ballots that were not kept at the end. */
export const droppedIn = (chain: readonly ChainLine[]): number =>
  Number(lastLine(chain, 'closed')?.dropped ?? 0)

/**
 * The counts as a table, in Chinese. Where nominees are chosen, a voter who chose another has not abstained: only a
 * ballot that chooses none is an abstention.
 */
export function countTable(
  { kind }: Pick<VoteRules, 'kind'>,
  { counts, blank }: Pick<VoteTally, 'counts' | 'blank'>,
): { heads: string[]; rows: string[][]; note: string } {
  if (kind !== 'each')
    return {
      heads: ['姓名', '得票'],
      rows: counts.map(({ name, yes }) => [name, String(yes)]),
      note: counts.length > 0 ? `弃权（一位都没选）${blank} 张。` : '',
    }
  const rows = counts.map(({ name, yes, no, abstain }) => [name, String(yes), String(no), String(abstain)])
  return { heads: ['姓名', '赞成', '反对', '弃权'], rows, note: '' }
}

/** The counts in Chinese, a line a nominee, most votes first; empty where the result is withheld. */
export function sayVoteCounts(
  rules: Pick<VoteRules, 'kind'>,
  tally: Pick<VoteTally, 'counts' | 'blank'>,
): string[] {
  const { heads, rows, note } = countTable(rules, tally)
  const lines = rows.map(
    ([name, ...counts]) => `${name}：${counts.map((n, at) => `${heads[at + 1]} ${n}`).join('，')}`,
  )
  return note === '' ? lines : [...lines, note]
}

/** The result in a few Chinese lines, without the counts. */
export function sayVoteTally({ ballots, voters, turnoutPercent, ...tally }: VoteTally): string[] {
  if (tally.dropped > 0)
    return [
      `${tally.dropped} 人投票。不足 ${leastBallots} 票，留下来会看出谁投了什么，所以选票没有保存，不公布结果。`,
    ]
  const surplus = ballots - voters
  const open = tally.open.map(({ name }) => name).join('、')
  const parts: [boolean, string][] = [
    [true, `${voters} 人投票，投票率 ${Math.round(turnoutPercent)}%。`],
    [
      surplus > 0,
      `其中 ${surplus} 人的两个账号都投过，多出 ${surplus} 张票，分不出是哪张；只有去掉任何 ${surplus} 张都不变的才算定。`,
    ],
    [tally.withheld !== undefined, `${tally.withheld}。`],
    [tally.chosen.length > 0, `推荐：${tally.chosen.join('、')}。`],
    [tally.drawn.length > 0, `其中抽签定的：${tally.drawn.join('、')}。`],
    [tally.next === 'committee', `请评选小组定：${open}。`],
    [tally.next === 'lot', `同票，要抽签：${open}。请两位监票人各自私聊机器人报一个数，互相不要先说。`],
    [tally.next === 'runoff', `同票，要附加投票：${open}。`],
  ]
  return parts.flatMap(([isSaid, words]) => (isSaid ? [words] : []))
}
