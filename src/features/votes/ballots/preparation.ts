import { Temporal } from 'temporal-polyfill'
import { FieldRefusal, Refusal } from '../../../feature.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { Roster, RosterMember } from '../../../ports/roster.ts'
import { calledBy } from '../../../text/names/names.ts'
import { withLine } from '../../../votes/chain.ts'
import { electorateHash, nomineesHash, requireAdvisory } from '../../../votes/rules.ts'
import { leastBallots, type Nominee, type Vote, type VoteRules } from '../../../votes/vote.ts'
import type { VoteRecords } from './records.ts'

type Parts = { records: VoteRecords; roster: Roster; clock: Clock }
export type VotePlan = Omit<VoteRules, 'number'> & {
  nominees: readonly string[]
  observers: readonly string[]
  /** Spaces whose members may vote; none: all. */
  spaces: readonly string[]
}
type Person = { memberId: string; name: string }
type NewVote = { nominees: readonly Nominee[]; observers: readonly Person[]; electorate: readonly Person[] }

const sayTooFew = (people: number) =>
  `能投票的只有 ${people} 人。不足 ${leastBallots} 票会看出谁投了什么，不公布结果，投了也没有用。请多选几个众创空间，或者先请名单上的人在群里说一句话、对上身份。`

/** Votes before they open: planned, agreed to by nominees, confirmed by observers. */
export function createPreparation({ records, roster, clock }: Parts) {
  const hasPassed = (at: string) => Temporal.Instant.compare(at, clock.now()) <= 0

  async function electorateOf(spaces: readonly string[]): Promise<Person[]> {
    const members = (await roster.members()).filter(
      ({ space }) => spaces.length === 0 || spaces.includes(space),
    )
    const known = await Promise.all(
      members.map(async one => ((await roster.addressOf(one.id)).chatId ? [one] : [])),
    )
    return known.flat().map(personOf)
  }

  async function add(rules: Omit<VoteRules, 'number'>, people: NewVote): Promise<Vote> {
    if (hasPassed(rules.closesAt))
      throw new FieldRefusal('closesAt', '截止时间已经过了，请改一个以后的时间。')
    const { nominees, observers, electorate } = people
    return records.add(number => ({
      rules: { ...rules, number },
      state: 'preparing',
      nominees: [...nominees],
      electorate: [...electorate],
      observers: observers.map(({ memberId, name }) => ({
        ...{ memberId, name, hasSeenElectorate: false, hasSeenTally: false },
      })),
      chain: withLine(withLine([], 'rules', { ...rules, number }), 'electorate', {
        people: electorate.length,
        hash: electorateHash({ electorate: [...electorate] }),
      }),
      lots: [],
    }))
  }

  return {
    async create({ nominees, observers, spaces, ...rules }: VotePlan): Promise<Vote> {
      requireAdvisory(rules.title)
      const people = await roster.members()
      const standing = onesNamed(people, nominees, 'nominees')
      const watching = onesNamed(people, observers, 'observers')
      if (watching.length !== 2) throw new FieldRefusal('observers', '监票人要正好两位。')
      if (watching.some(({ id }) => standing.some(one => one.id === id)))
        throw new FieldRefusal('observers', '参评的人不能监票，请换一位。')
      const electorate = await electorateOf(spaces)
      if (electorate.length < leastBallots) throw new FieldRefusal('spaces', sayTooFew(electorate.length))
      return add(rules, {
        nominees: standing.map((one, at) => ({ ...personOf(one), key: `n${at + 1}`, hasAccepted: false })),
        observers: watching.map(personOf),
        electorate,
      })
    },
    /** A vote among the tied, of the same electorate with the same observers. @throws {@link Refusal} */
    async runOff(
      vote: Vote,
      { open, places, closesAt }: { open: readonly string[]; places: number; closesAt: string },
    ): Promise<Vote> {
      const title = `${vote.rules.title}（附加投票）`
      const before = (await records.all()).find(one => one.rules.title === title && one.state !== 'cancelled')
      if (before) throw new Refusal(`附加投票已经开了，是 ${before.rules.number} 号。`)
      const { number: _, ...rules } = vote.rules
      return add(
        {
          ...rules,
          title,
          kind: places === 1 ? 'one' : 'upTo',
          most: places,
          places,
          tie: 'committee',
          closesAt,
        },
        { ...vote, nominees: vote.nominees.filter(({ key }) => open.includes(key)) },
      )
    },
    /** A nominee agrees to stand, or does not. @throws {@link Refusal} */
    async answerNomination(number: number, memberId: string, hasAccepted: boolean): Promise<Vote> {
      const vote = await records.require(number)
      if (!vote.nominees.some(one => one.memberId === memberId)) throw new Refusal('这次评选没有提名你。')
      return records.change(number, now => {
        if (now.state !== 'preparing') throw new Refusal('投票已经开始，名单不能再变了。')
        const nominees = now.nominees.map(one => (one.memberId === memberId ? { ...one, hasAccepted } : one))
        return { ...now, nominees }
      })
    },
    /** An observer confirms the electorate before the vote, or the tally after it. @throws {@link Refusal} */
    async observe(number: number, memberId: string): Promise<Vote> {
      const at = observerIn(await records.require(number), memberId)
      return records.change(number, now => {
        const seen = now.state === 'closed' ? 'hasSeenTally' : 'hasSeenElectorate'
        return {
          ...now,
          observers: now.observers.map((one, place) => (place === at ? { ...one, [seen]: true } : one)),
          chain: now.observers[at]?.[seen]
            ? now.chain
            : withLine(now.chain, 'observed', { observer: at + 1, what: seen }),
        }
      })
    },
    async open(number: number): Promise<Vote> {
      await records.require(number)
      return records.change(number, now => {
        requireReady(now)
        if (hasPassed(now.rules.closesAt)) throw new Refusal('截止时间已经过了，请另开一次。')
        const nominees = now.nominees.filter(one => one.hasAccepted).length
        const opened = { at: clock.now().toString(), nominees, hash: nomineesHash(now.nominees) }
        return { ...now, state: 'open', chain: withLine(now.chain, 'opened', opened) }
      })
    },
    /** Ends it without a result. */
    async cancel(number: number, reason: string): Promise<Vote> {
      await records.require(number)
      return records.change(number, now => {
        if (now.state === 'closed') throw new Refusal('投票已经结束，不能再取消。')
        return { ...now, state: 'cancelled', chain: withLine(now.chain, 'cancelled', { reason }) }
      })
    },
  }
}

/** The place of this observer, 0 or 1. @throws {@link Refusal} */
export function observerIn({ observers }: Vote, memberId: string): number {
  const at = observers.findIndex(one => one.memberId === memberId)
  if (at < 0) throw new Refusal('你不是这次评选的监票人。')
  return at
}

/** @throws {@link Refusal} that says what is still to be done */
function requireReady({ state, rules, observers, nominees }: Vote): void {
  if (state !== 'preparing') throw new Refusal('这次评选已经开始过了。')
  const waiting = observers.filter(one => !one.hasSeenElectorate).map(({ name }) => name)
  if (waiting.length > 0)
    throw new Refusal(
      `监票人${waiting.join('、')}还没有确认名册，请他们私聊机器人发「监票确认 ${rules.number}」。`,
    )
  if (!nominees.some(one => one.hasAccepted)) throw new Refusal('还没有人同意参评。')
}

const personOf = ({ id, name }: RosterMember): Person => ({ memberId: id, name })

function onesNamed(people: readonly RosterMember[], names: readonly string[], field: string): RosterMember[] {
  return [...new Set(names)].map(name => {
    const [only, ...more] = calledBy(people, name)
    if (!only) throw new FieldRefusal(field, `名单上没有「${name}」。`)
    if (more.length > 0) throw new FieldRefusal(field, `名单上有几位「${name}」，请写全名单上的写法。`)
    return only
  })
}
