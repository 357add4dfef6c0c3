import { z } from 'zod'
import { ChainLine } from './chain.ts'

/** Fewer ballots tell too much of each. */
export const leastBallots = 5

/** `each`: yes, no or abstain for each nominee. `upTo`: up to `most` nominees. `one`: one nominee. */
export const BallotKind = z.enum(['each', 'upTo', 'one'])
/**
 * Rules for a tie at the last place: all of them have it, the committee decides, a lot is drawn from numbers of
 * the two observers, or there is a vote among the tied.
 */
export const TieRule = z.enum(['shared', 'committee', 'lot', 'runoff'])

const NomineeFields = z.object({
  /** Names them on ballots, and stays whatever becomes of the member. */
  key: z.string(),
  memberId: z.string(),
  name: z.string(),
  /** A nominee stands only after they agreed. */
  hasAccepted: z.boolean(),
})
/** Ballots of the first votes name nominees by their member ids. */
const Nominee = z.preprocess(
  stored =>
    stored && typeof stored === 'object' && 'memberId' in stored
      ? { key: stored.memberId, ...stored }
      : stored,
  NomineeFields,
)
export type Nominee = z.infer<typeof Nominee>

export const VoteRules = z.object({
  number: z.number().int(),
  title: z.string(),
  /** Share of the committee's decision, in percent; the vote advises. */
  weightPercent: z.number().int().min(0).max(100),
  kind: BallotKind,
  /** For `upTo`: at least 1. */
  most: z.number().int().min(1),
  /** How many places there are. */
  places: z.number().int().min(1),
  quorumPercent: z.number().int().min(1).max(100),
  tie: TieRule,
  closesAt: z.string(),
})
export type VoteRules = z.infer<typeof VoteRules>

const Voter = z.object({ memberId: z.string(), name: z.string() })
const Observer = Voter.extend({ hasSeenElectorate: z.boolean(), hasSeenTally: z.boolean() })

/** A vote without its ballots. Rules and electorate are frozen when it opens. */
export const Vote = z.object({
  rules: VoteRules,
  state: z.enum(['preparing', 'open', 'closed', 'cancelled']),
  nominees: z.array(Nominee),
  electorate: z.array(Voter),
  observers: z.array(Observer).length(2),
  chain: z.array(ChainLine),
  /** Numbers of the observers for a lot; secret until both are there. */
  lots: z.array(z.object({ observer: z.number().int(), number: z.number().int() })).default([]),
})
export type Vote = z.infer<typeof Vote>

/** By the nominee's key: `yes` is a vote for them. Who is left out is neither. */
const Ballot = z.object({ id: z.string(), choices: z.record(z.string(), z.enum(['yes', 'no', 'abstain'])) })
export type Ballot = z.infer<typeof Ballot>

/** At least five voters and their ballots, each list sorted by itself: nothing tells which belongs to whom. */
export const VoteBatch = z.object({ members: z.array(z.string()), ballots: z.array(Ballot) })
export type VoteBatch = z.infer<typeof VoteBatch>

/** A vote with its ballots, as `vote:verify` reads it; voters by number, not by name. */
export const VoteExport = z.object({
  rules: VoteRules,
  nominees: z.array(Nominee),
  electorateSize: z.number().int(),
  batches: z.array(VoteBatch),
  chain: z.array(ChainLine),
})
export type VoteExport = z.infer<typeof VoteExport>
