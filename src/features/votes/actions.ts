import { randomBytes } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import { FieldRefusal, Refusal } from '../../feature.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Roster, RosterMember } from '../../ports/roster.ts'
import { calledBy } from '../../text/names.ts'
import { sha256, withLine } from '../../votes/chain.ts'
import { electorateHash, requireAdvisory, requireBallot, tallyOf, type VoteTally } from '../../votes/rules.ts'
import type { Ballot, Vote, VoteExport, VoteRules } from '../../votes/vote.ts'
import type { BallotBox } from './ballot-box.ts'
import { linkKey, type VoteBook } from './records.ts'

type Parts = { book: VoteBook; box: BallotBox; roster: Roster; clock: Clock }
export type VotePlan = Omit<VoteRules, 'number'> & {
  nominees: readonly string[]
  observers: readonly string[]
  /** Spaces whose members may vote; none: all. */
  spaces: readonly string[]
}
export type VoteActions = ReturnType<typeof createVoteActions>

/** What can be done with votes, in chat, on the console and on the page of a link. */
export function createVoteActions({ book, box, roster, clock }: Parts) {
  async function require(number: number): Promise<Vote> {
    const vote = await book.get(number)
    if (!vote) throw new Refusal(`没有 ${number} 号评选。`)
    return vote
  }

  const hasEnded = ({ rules }: Vote) => Temporal.Instant.compare(rules.closesAt, clock.now()) <= 0

  /** @throws {@link Refusal} where this vote takes no ballots now */
  async function requireOpen(number: number): Promise<Vote> {
    const vote = await require(number)
    if (vote.state !== 'open' || hasEnded(vote)) throw new Refusal(`「${vote.rules.title}」现在不能投票。`)
    return vote
  }

  async function electorateOf(spaces: readonly string[]): Promise<RosterMember[]> {
    const members = (await roster.members()).filter(
      ({ space }) => spaces.length === 0 || spaces.includes(space),
    )
    const known = await Promise.all(members.map(async one => ((await roster.chatIdOf(one.id)) ? [one] : [])))
    return known.flat()
  }

  async function close(number: number): Promise<Vote> {
    return box.close(number, () =>
      book.change(number, now =>
        now.state === 'open'
          ? { ...now, state: 'closed', chain: withLine(now.chain, 'closed', { at: clock.now().toString() }) }
          : now,
      ),
    )
  }

  return {
    require,
    close,
    async create(plan: VotePlan): Promise<Vote> {
      requireAdvisory(plan.title)
      const { nominees, observers, spaces, ...rules } = plan
      if (Temporal.Instant.compare(rules.closesAt, clock.now()) <= 0)
        throw new FieldRefusal('closesAt', '截止时间已经过了，请改一个以后的时间。')
      const people = await roster.members()
      const standing = onesNamed(people, nominees, 'nominees')
      const watching = onesNamed(people, observers, 'observers')
      if (watching.length !== 2) throw new FieldRefusal('observers', '监票人要正好两位。')
      if (watching.some(({ id }) => standing.some(one => one.id === id)))
        throw new FieldRefusal('observers', '参评的人不能监票，请换一位。')
      const electorate = (await electorateOf(spaces)).map(({ id, name }) => ({ memberId: id, name }))
      return book.add(number => ({
        rules: { ...rules, number },
        state: 'preparing',
        nominees: standing.map(({ id, name }) => ({ memberId: id, name, hasAccepted: false })),
        electorate,
        observers: watching.map(({ id, name }) => ({
          ...{ memberId: id, name, hasSeenElectorate: false, hasSeenTally: false },
        })),
        chain: withLine(withLine([], 'rules', { ...rules, number }), 'electorate', {
          people: electorate.length,
          hash: electorateHash({ electorate }),
        }),
      }))
    },
    /** A nominee agrees to stand, or does not. @throws {@link Refusal} */
    async answerNomination(number: number, memberId: string, hasAccepted: boolean): Promise<Vote> {
      const vote = await require(number)
      if (!vote.nominees.some(one => one.memberId === memberId)) throw new Refusal('这次评选没有提名你。')
      if (vote.state !== 'preparing') throw new Refusal('投票已经开始，名单不能再变了。')
      return book.change(number, now => ({
        ...now,
        nominees: now.nominees.map(one => (one.memberId === memberId ? { ...one, hasAccepted } : one)),
      }))
    },
    /** An observer confirms the electorate before the vote, or the tally after it. @throws {@link Refusal} */
    async observe(number: number, memberId: string): Promise<Vote> {
      const vote = await require(number)
      const at = vote.observers.findIndex(one => one.memberId === memberId)
      if (at < 0) throw new Refusal('你不是这次评选的监票人。')
      const seen = vote.state === 'closed' ? 'hasSeenTally' : 'hasSeenElectorate'
      return book.change(number, now => ({
        ...now,
        observers: now.observers.map((one, place) => (place === at ? { ...one, [seen]: true } : one)),
        chain: now.observers[at]?.[seen]
          ? now.chain
          : withLine(now.chain, 'observed', { observer: at + 1, what: seen }),
      }))
    },
    async open(number: number): Promise<Vote> {
      const vote = await require(number)
      if (vote.state !== 'preparing') throw new Refusal('这次评选已经开始过了。')
      if (hasEnded(vote)) throw new Refusal('截止时间已经过了，请另开一次。')
      const waiting = vote.observers.filter(one => !one.hasSeenElectorate).map(({ name }) => name)
      if (waiting.length > 0)
        throw new Refusal(
          `监票人${waiting.join('、')}还没有确认名册，请他们私聊机器人发「监票确认 ${number}」。`,
        )
      if (!vote.nominees.some(one => one.hasAccepted)) throw new Refusal('还没有人同意参评。')
      const accepted = vote.nominees.filter(one => one.hasAccepted).length
      return book.change(number, now =>
        now.state === 'preparing'
          ? {
              ...now,
              state: 'open',
              chain: withLine(now.chain, 'opened', { at: clock.now().toString(), nominees: accepted }),
            }
          : now,
      )
    },
    /** Ends it without a result. */
    cancel: (number: number, reason: string): Promise<Vote> =>
      book.change(number, now =>
        now.state === 'closed'
          ? now
          : { ...now, state: 'cancelled', chain: withLine(now.chain, 'cancelled', { reason }) },
      ),
    /** A new link for a voter. @returns the token. @throws {@link Refusal} */
    async offerLink(number: number, memberId: string): Promise<string> {
      const vote = await requireOpen(number)
      if (!vote.electorate.some(one => one.memberId === memberId))
        throw new Refusal('你不在这次投票的名册里。名册在开始前就定好了；觉得不对，请问组织者。')
      const token = randomBytes(24).toString('base64url')
      await book.links.update(linkKey(number, sha256(token)), () => ({ memberId }))
      return token
    },
    /** Whose link this is. @throws {@link Refusal} */
    async voterOf(number: number, token: string): Promise<string> {
      const link = await book.links.get(linkKey(number, sha256(token)))
      if (!link) throw new Refusal(`链接不对或不完整。请私聊机器人发「投票 ${number}」，重新拿一个。`)
      return link.memberId
    },
    /** @throws {@link Refusal} */
    async cast(
      number: number,
      voter: { memberId: string; choices: Ballot['choices']; receipt: string },
    ): Promise<string> {
      const vote = await requireOpen(number)
      requireBallot(vote.rules, voter.choices, vote.nominees)
      return box.cast(vote, voter, async () => void (await requireOpen(number)))
    },
    stateOf: box.stateOf,
    /** Ends votes whose time is over. */
    async closeDue(): Promise<void> {
      for (const vote of await book.all())
        if (vote.state === 'open' && hasEnded(vote)) await close(vote.rules.number)
    },
    /** @returns undefined until it is closed: nothing is counted before */
    async result(vote: Vote): Promise<VoteTally | undefined> {
      if (vote.state !== 'closed') return undefined
      const ballots = (await book.batchesOf(vote.rules.number)).flatMap(one => one.ballots)
      return tallyOf(vote.rules, vote.nominees, { ballots, electorateSize: vote.electorate.length })
    },
    /** For observers: everything but the electorate's names; voters by our ids. @throws {@link Refusal} until it is closed */
    async exported(number: number): Promise<VoteExport> {
      const { rules, nominees, electorate, chain, state } = await require(number)
      if (state !== 'closed') throw new Refusal('投票结束以后才能下载。')
      const batches = await book.batchesOf(number)
      return { rules, nominees, electorateSize: electorate.length, batches, chain }
    },
  }
}

function onesNamed(people: readonly RosterMember[], names: readonly string[], field: string): RosterMember[] {
  return [...new Set(names)].map(name => {
    const [only, ...more] = calledBy(people, name)
    if (!only) throw new FieldRefusal(field, `名单上没有「${name}」。`)
    if (more.length > 0) throw new FieldRefusal(field, `名单上有几位「${name}」，请写全名单上的写法。`)
    return only
  })
}
