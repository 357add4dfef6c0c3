import { Temporal } from 'temporal-polyfill'
import { Refusal } from '../../feature.ts'
import { roleWords } from '../../ports/directory.ts'
import { inShanghai, sayDate } from '../../text/dates/time.ts'
import type { Application, OfficerRole, Officers } from './records/records.ts'
import { ownRoleMayNot } from './role-words.ts'

/** Days after a withdrawal or an erasure in which an only organizer appoints no new colleague alone. */
const daysAfterWithdrawal = 7

type ChatIds = ReadonlySet<string>
type Consent = {
  /** The person who says yes now, with every chat id. */
  by: { senderId: string; name: string; ids: ChatIds }
  /** Every chat id of the organizer who said yes first; empty where none did. */
  firstIds: ChatIds
  /** Every chat id that would get the role. */
  givenIds: ChatIds
  at: Temporal.Instant
  /** One person may write and approve, as in the sandbox. */
  isOnePerson: boolean
}
/**
 * `waits`: a second person must say yes, and the chats of `others` are to be asked; `isAgain` where they were asked
 * before and must see which chats came since.
 */
export type ConsentOutcome =
  | { kind: 'settled'; officers: Officers; isByOne: boolean }
  | { kind: 'waits'; officers: Officers; application: Application; others: string[]; isAgain: boolean }

/** A reviewer approves, and an organizer agrees to reviewers: neither comes by one person alone. */
export const needsTwo = (role: OfficerRole): boolean => role !== 'auditor'

/** Chats of organizers and reviewers other than the person of these ids. */
export const approversBeside = ({ holders }: Officers, own: ChatIds): string[] => [
  ...new Set(holders.flatMap(one => (needsTwo(one.role) && !own.has(one.senderId) ? [one.senderId] : []))),
]

/**
 * Takes the yes of one person. An organizer or reviewer comes by the yes of two who are one already; who applies as an
 * organizer or reviewer counts as one of them. An only organizer appoints the first colleague
 * alone: there is no one to ask.
 * @throws {@link Refusal} for a yes to oneself, a second yes of the same person, or one that this person may not give
 */
export function agreeToRole(now: Officers, application: Application, consent: Consent): ConsentOutcome {
  const { by, firstIds, givenIds, at, isOnePerson } = consent
  const { agreed, link, role, senderId } = application
  const first = isOrganizer(now, firstIds) ? agreed : undefined
  if (agreed && !first && (link || !isOrganizer(now, by.ids))) throw new Refusal(sayFirstIsGone(application))
  if (first && !by.ids.has(first.senderId)) {
    const shown = new Set([senderId, ...first.chatIds])
    // A person knows their own chats, and need not see them first.
    if (!link && !by.ids.has(senderId) && !givenIds.isSubsetOf(shown))
      return waitForSecond(now, application, consent, first)
    return settled(now, application, { byName: first.byName, secondByName: by.name, at })
  }
  if (first && (link || approversBeside(now, by.ids).length > 0))
    throw new Refusal(`你已经同意过了。${sayWaits(now, by.ids, application)}`)
  if (by.ids.has(senderId)) throw new Refusal(ownRoleMayNot)
  const isOwnWish = !application.isOffered && !agreed && isApprover(now, senderId)
  if (isOnePerson || !needsTwo(role) || isOwnWish) return settled(now, application, { byName: by.name, at })
  return waitForSecond(now, application, consent)
}

/** @param first who said yes before, where that yes stands and the second person is asked again */
function waitForSecond(
  now: Officers,
  asked: Application,
  { by, firstIds, givenIds, at }: Consent,
  first?: Application['agreed'],
): ConsentOutcome {
  const others = approversBeside(now, first ? firstIds : by.ids)
  if (others.length === 0) {
    refuseTooSoon(now, givenIds, at)
    return settled(now, asked, { byName: by.name, isByOne: true, at })
  }
  const agreed = { senderId: by.senderId, byName: by.name, ...first, chatIds: [...givenIds] }
  const application = { ...asked, agreed }
  const applications = now.applications.map(one => (one.number === asked.number ? application : one))
  return {
    kind: 'waits',
    application,
    others,
    isAgain: first !== undefined,
    officers: { ...now, applications },
  }
}

/** The next step, in Chinese: the second person is asked, or there is none any more. */
export function sayWaits(officers: Officers, own: ChatIds, { number, role, link }: Application): string {
  if (approversBeside(officers, own).length > 0) {
    const what = link ? `${roleWords[role]}身份多一个账号` : `做${roleWords[role]}`
    return `${what}要两个人点头，已经私聊问了别的组织者和审核人，谁先回「同意 ${number}」就生效。`
  }
  return link
    ? `现在只有你一位，没有别人可问：请先回「不同意 ${number}」，再到「身份核对」里重新对一次。`
    : `现在只有你一位，没有别人可问：请再回一次「同意 ${number}」。`
}

/** The consequence of a withdrawal from the last colleague, in Chinese. */
export const leftAlone = '只剩你一位，七天里只能请他回来，不能一个人请别人'

/**
 * The only role beside those of this person without which that person is the only one;
 * undefined where there are more.
 */
export function lastColleague({ holders }: Officers, own: ChatIds): Officers['holders'][number] | undefined {
  const [last, ...more] = holders.filter(one => needsTwo(one.role) && !own.has(one.senderId))
  return more.length === 0 ? last : undefined
}

const isOrganizer = ({ holders }: Officers, ids: ChatIds) =>
  holders.some(one => one.role === 'organizer' && ids.has(one.senderId))

/** By this very chat: one that is linked by its name alone may be another person's. */
const isApprover = ({ holders }: Officers, senderId: string) =>
  holders.some(one => needsTwo(one.role) && one.senderId === senderId)

function sayFirstIsGone({ number, agreed, link }: Application): string {
  const next = link
    ? `这一条不算数了：请一位组织者先回「不同意 ${number}」，再到「身份核对」里重新对`
    : `请一位组织者先回「同意 ${number}」`
  return `先同意的${agreed?.byName ?? '那位'}现在不是组织者了，${next}。`
}

/** @throws {@link Refusal} in the days after a withdrawal or an erasure, but for a person who held a role before */
function refuseTooSoon({ withdrawals }: Officers, givenIds: ChatIds, at: Temporal.Instant): void {
  const recent = withdrawals.filter(isWithin(at))
  const until = recent.map(untilOf).sort(Temporal.Instant.compare).at(-1)
  if (!until || recent.some(({ chatIds }) => givenIds.isSubsetOf(new Set(chatIds)))) return
  const mayReturn = recent.some(({ chatIds }) => chatIds.length > 0)
  throw new Refusal(
    `这几天收回或者删掉过同事的身份，现在只剩你一位，要到${sayDate(inShanghai(until).toPlainDate())}才能一个人请新的同事。${mayReturn ? '原来那位现在就能请回来。' : ''}`,
  )
}

type Withdrawal = Officers['withdrawals'][number]
const untilOf = ({ at }: Withdrawal) => Temporal.Instant.from(at).add({ hours: 24 * daysAfterWithdrawal })
const isWithin = (at: Temporal.Instant) => (one: Withdrawal) => Temporal.Instant.compare(at, untilOf(one)) < 0

/**
 * Notes that an organizer or reviewer has lost the role.
 * @param chatIds every chat that had it; none of an erased person
 */
export const withWithdrawal = (
  { withdrawals }: Officers,
  chatIds: Iterable<string>,
  at: Temporal.Instant,
): Withdrawal[] => [...withdrawals.filter(isWithin(at)), { at: at.toString(), chatIds: [...chatIds] }]

type Grant = { byName: string; secondByName?: string; isByOne?: true; at: Temporal.Instant }

function settled(now: Officers, application: Application, { at, ...by }: Grant): ConsentOutcome {
  const { number, senderId, name, role, link } = application
  const isHere = (one: { senderId: string; role: OfficerRole }) =>
    one.senderId === senderId && one.role === role
  const isByOne = by.isByOne === true
  // By a link the role stays where it is held, and the chats share it.
  if (link)
    return {
      kind: 'settled',
      isByOne,
      officers: { ...now, applications: now.applications.filter(one => one.number !== number) },
    }
  return {
    kind: 'settled',
    isByOne,
    officers: {
      ...now,
      applications: now.applications.filter(one => one.link !== undefined || !isHere(one)),
      holders: [
        ...now.holders.filter(one => !isHere(one)),
        { senderId, name, role, since: at.toString(), ...by },
      ],
    },
  }
}

/**
 * The roles without those of an erased person, and without what waits for or through them.
 * @returns `now` where none is
 */
export function withoutPerson(
  now: Officers,
  { memberId, chatIds }: { memberId: string; chatIds: readonly string[] },
  at: Temporal.Instant,
): Officers {
  const isTheirs = ({ senderId }: { senderId: string }) => chatIds.includes(senderId)
  const isOfThem = (one: Application) => isTheirs(one) || one.link?.memberId === memberId
  const agreed = now.applications.flatMap(one => one.agreed ?? [])
  const noted = [...now.withdrawals, ...agreed].flatMap(one => one.chatIds)
  const isKept = [...now.holders, ...agreed].some(isTheirs) || now.applications.some(isOfThem)
  if (!isKept && !noted.some(id => chatIds.includes(id))) return now
  const without = <T extends { chatIds: string[] }>(one: T): T => ({
    ...one,
    chatIds: one.chatIds.filter(id => !chatIds.includes(id)),
  })
  const withdrawals = now.withdrawals.map(without)
  const lost = now.holders.some(one => needsTwo(one.role) && isTheirs(one))
  return {
    ...now,
    withdrawals: lost ? withWithdrawal({ ...now, withdrawals }, [], at) : withdrawals,
    holders: now.holders.filter(holder => !isTheirs(holder)),
    applications: now.applications
      .filter(one => !isOfThem(one))
      .map(one => {
        if (!one.agreed) return one
        const senderId = isTheirs(one.agreed) ? '' : one.agreed.senderId
        return { ...one, agreed: { ...without(one.agreed), senderId } }
      }),
  }
}
