import { Refusal } from '../feature.ts'
import { sha256 } from './chain.ts'
import type { Ballot, Nominee, Vote, VoteBatch, VoteRules } from './vote.ts'

/** Fewer ballots tell too much of each. */
export const leastBallots = 5

const formalElection =
  /换届|改选|补选|选举|推选|委员|书记|支委|党委|党总支|纪检|代表大会|党代表|人大代表|代表(?:候选|人选)|主任人选|罢免|发展对象|入党|转正/u

/** @throws {@link Refusal} for what the Party's rules want on paper at a meeting */
export function requireAdvisory(title: string): void {
  const found = formalElection.exec(title)?.[0]
  if (found)
    throw new Refusal(
      `「${found}」不能在这里投。按《中国共产党基层组织选举工作条例》，这类选举要开党员大会、到会人数够、用纸质票无记名投。这里只做供参考的推荐，例如「创业能手推荐」。`,
    )
}

/** What a ballot may say. @throws {@link Refusal} that says what to change */
export function requireBallot(
  { kind, most }: VoteRules,
  choices: Ballot['choices'],
  nominees: readonly Nominee[],
): void {
  const known = new Set(nominees.filter(({ hasAccepted }) => hasAccepted).map(({ memberId }) => memberId))
  if (Object.keys(choices).some(id => !known.has(id))) throw new Refusal('票上有不认识的人，请重新打开链接。')
  const chosen = Object.values(choices).filter(choice => choice === 'yes').length
  const limit = kind === 'one' ? 1 : kind === 'upTo' ? most : known.size
  if (chosen > limit) throw new Refusal(`最多选 ${limit} 位，现在选了 ${chosen} 位，还没有投。`)
}

type PendingBallot = { memberId: string; ballot: Ballot }

/**
 * Which waiting votes may be written now. Five stay behind until the end, so that every batch has at least five.
 * @param isEnd the vote closes: all that is left becomes one batch
 * @returns undefined where none may
 */
export function nextBatch(
  waiting: readonly PendingBallot[],
  isEnd: boolean,
): { batch: VoteBatch; rest: PendingBallot[] } | undefined {
  const count = isEnd ? waiting.length : waiting.length >= 2 * leastBallots ? leastBallots : 0
  if (count === 0) return undefined
  return { batch: sealed(waiting.slice(0, count)), rest: waiting.slice(count) }
}

/** A remainder of fewer than five joins the batch before it. */
export const joined = (before: VoteBatch, more: VoteBatch): VoteBatch => ({
  members: [...before.members, ...more.members].sort(),
  ballots: [...before.ballots, ...more.ballots].sort(byId),
})

const sealed = (votes: readonly PendingBallot[]): VoteBatch => ({
  members: votes.map(({ memberId }) => memberId).sort(),
  ballots: votes.map(({ ballot }) => ballot).sort(byId),
})

const byId = (a: Ballot, b: Ballot) => (a.id < b.id ? -1 : 1)

/** Stands in the chain for a batch: its ballots whole, of its voters the number only. */
export const batchData = ({ members, ballots }: VoteBatch) => ({
  ballots: ballots.length,
  voters: members.length,
  hash: sha256(JSON.stringify(ballots.map(({ id, choices }) => [id, Object.entries(choices).sort()]))),
})

/** Stands in the chain for the electorate. */
export const electorateHash = (vote: Pick<Vote, 'electorate'>): string =>
  sha256(JSON.stringify(vote.electorate.map(({ memberId }) => memberId).sort()))

type NomineeCount = { memberId: string; name: string; yes: number; no: number; abstain: number }
export type VoteTally = {
  ballots: number
  turnoutPercent: number
  /** Why there is no result, in Chinese; undefined where there is one. */
  withheld: string | undefined
  /** Most votes first; empty where the result is withheld. */
  counts: NomineeCount[]
  /** With a place. */
  chosen: string[]
  /** Tied for the last place, for the committee. */
  tied: string[]
}

/** Counts the ballots of a closed vote. */
export function tallyOf(
  rules: VoteRules,
  nominees: readonly Nominee[],
  { ballots, electorateSize }: { ballots: readonly Ballot[]; electorateSize: number },
): VoteTally {
  const turnoutPercent = electorateSize === 0 ? 0 : (100 * ballots.length) / electorateSize
  const nothing = { ballots: ballots.length, turnoutPercent, counts: [], chosen: [], tied: [] }
  if (ballots.length < leastBallots) return { ...nothing, withheld: `不足 ${leastBallots} 票，不公布结果` }
  if (turnoutPercent < rules.quorumPercent) return { ...nothing, withheld: '未达到人数，本次无效' }
  const count = (id: string, choice: string) => ballots.filter(({ choices }) => choices[id] === choice).length
  const counts = nominees
    .filter(({ hasAccepted }) => hasAccepted)
    .map(({ memberId, name }) => ({
      ...{ memberId, name, yes: count(memberId, 'yes'), no: count(memberId, 'no') },
      abstain: ballots.length - count(memberId, 'yes') - count(memberId, 'no'),
    }))
    .sort((a, b) => b.yes - a.yes || (a.memberId < b.memberId ? -1 : 1))
  return { ...nothing, withheld: undefined, counts, ...placed(counts, rules) }
}

function placed(counts: readonly NomineeCount[], { places, tie }: VoteRules) {
  const voted = counts.filter(({ yes }) => yes > 0)
  const last = voted[places - 1]?.yes ?? 0
  const reaching = voted.filter(({ yes }) => yes >= last)
  const isTied = reaching.length > places
  const names = (list: readonly NomineeCount[]) => list.map(({ name }) => name)
  if (!isTied || tie === 'shared') return { chosen: names(reaching), tied: [] }
  return {
    chosen: names(reaching.filter(({ yes }) => yes > last)),
    tied: names(reaching.filter(({ yes }) => yes === last)),
  }
}
