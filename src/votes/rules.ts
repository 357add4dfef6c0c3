import { FieldRefusal, Refusal } from '../feature.ts'
import { sha256 } from '../lib/hash.ts'
import { alternation } from '../text/alternation.ts'
import { fold } from '../text/fold.ts'
import { type Ballot, leastBallots, type Nominee, type Vote, type VoteBatch, type VoteRules } from './vote.ts'

const formalElection = alternation([
  // The election of a term, and its kinds.
  /换届|届选|届中|[上下新本这]一?届|改选|补选|增选|增补|选举|竞选|推选|差额选|等额选|罢免/u,
  // Offices of the Party.
  /委员|书记|支书|支委|党委|党组|党总支|纪委|纪检|两委|班子|党小组长|党代会|主任人选/u,
  /代表(?!作|性|队|产品|案例|项目)/u,
  /(?:支部|党小组|总支|党组织)\p{Script=Han}{0,4}(?:负责人|带头人|当家人|领头[雁人羊]|班长|掌门人|一把手|组长)/u,
  // Decisions on members of the Party.
  /发展对象|积极分子|预备党员|入党|民主评议|评议党员|党籍|转正|处分/u,
])

/** @throws {@link Refusal} for what the Party's rules want on paper at a meeting */
export function requireAdvisory(title: string): void {
  const found = formalElection.exec(fold(title).replaceAll(/[\s\p{P}]+/gu, ''))?.[0]
  if (found)
    throw new FieldRefusal(
      'title',
      `「${found}」不能在这里投。按《中国共产党基层组织选举工作条例》，支部、委员、书记、代表的选举要开党员大会、到会人数够、用纸质票无记名投；发展党员、民主评议也在会上办。这里只做供参考的推荐，例如「创业能手推荐」。`,
    )
}

/** Checks a ballot. @throws {@link Refusal} that says what to change */
export function requireBallot(
  { kind, most }: VoteRules,
  choices: Ballot['choices'],
  nominees: readonly Nominee[],
): void {
  const known = new Set(nominees.filter(({ hasAccepted }) => hasAccepted).map(({ key }) => key))
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
export const mergeBatches = (before: VoteBatch, more: VoteBatch): VoteBatch => ({
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

/** Stands in the chain for those who stand. */
export const nomineesHash = (nominees: readonly Nominee[]): string =>
  sha256(JSON.stringify(nominees.flatMap(({ key, hasAccepted }) => (hasAccepted ? [key] : [])).sort()))

/** Stands in the chain for the electorate. */
export const electorateHash = (vote: Pick<Vote, 'electorate'>): string =>
  sha256(JSON.stringify(vote.electorate.map(({ memberId }) => memberId).sort()))
