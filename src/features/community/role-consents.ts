import { Temporal } from 'temporal-polyfill'
import { Refusal } from '../../feature.ts'
import { roleWords } from '../../ports/directory.ts'
import { inShanghai, sayDate } from '../../text/dates/time.ts'
import type { Application, OfficerRole, Officers } from './records/records.ts'
import { ownRoleMayNot } from './role-words.ts'

/** Days after a withdrawal in which an only organizer appoints no other alone: those who lost a role may object. */
const daysAfterWithdrawal = 7

type ChatIds = ReadonlySet<string>
type Consent = {
  /** The person who says yes now, with every chat id. */
  by: { senderId: string; name: string; ids: ChatIds }
  /** Every chat id of the organizer who said yes first; empty where none did. */
  firstIds: ChatIds
  at: Temporal.Instant
  /** One person may write and approve, as in the sandbox. */
  isOnePerson: boolean
}
/** `waits`: a second person must say yes; `others` are the chats to ask, none where the organizer is the only one. */
export type ConsentOutcome =
  | { kind: 'settled'; officers: Officers; isByOne: boolean }
  | { kind: 'waits'; officers: Officers; application: Application; others: string[] }

/** A reviewer approves, and an organizer agrees to reviewers: neither comes by one person alone. */
export const needsTwo = (role: OfficerRole): boolean => role !== 'auditor'

/** Chats of organizers and reviewers other than the person of these ids. */
export const approversBeside = ({ holders }: Officers, own: ChatIds): string[] => [
  ...new Set(holders.flatMap(one => (needsTwo(one.role) && !own.has(one.senderId) ? [one.senderId] : []))),
]

/**
 * Takes the yes of one person. An organizer or reviewer comes by the yes of two who are one already; who applies as an
 * organizer or reviewer counts as one of them. An only organizer appoints the first colleague alone: there is no one to ask.
 * @throws {@link Refusal} for a yes to oneself, a second yes of the same person, or one that this person may not give
 */
export function agree(now: Officers, application: Application, consent: Consent): ConsentOutcome {
  const { by, at, isOnePerson } = consent
  const first = standingConsent(now, application, consent)
  if (first && by.ids.has(first.senderId))
    throw new Refusal(`你已经同意过了。${sayWaits(now, by.ids, application)}`)
  if (first) return settled(now, application, { byName: first.byName, secondByName: by.name, at })
  if (by.ids.has(application.senderId)) throw new Refusal(ownRoleMayNot)
  if (isOnePerson || !needsTwo(application.role)) return settled(now, application, { byName: by.name, at })
  const isOwnWish = !application.isOffered && !application.agreed && !application.link
  if (isOwnWish && isApprover(now, application.senderId))
    return settled(now, application, { byName: by.name, at })
  return waitForSecond(now, application, consent)
}

function waitForSecond(now: Officers, asked: Application, { by, at }: Consent): ConsentOutcome {
  const others = approversBeside(now, by.ids)
  if (others.length === 0 && !asked.link) {
    refuseTooSoon(now, at)
    return settled(now, asked, { byName: by.name, isByOne: true, at })
  }
  const application = { ...asked, agreed: { senderId: by.senderId, byName: by.name } }
  const applications = now.applications.map(one => (one.number === asked.number ? application : one))
  return { kind: 'waits', application, others, officers: { ...now, applications } }
}

/** The next step, in Chinese: the second person is asked, or an only organizer finds one. */
export function sayWaits(officers: Officers, own: ChatIds, { number, role, link }: Application): string {
  const what = link ? `${roleWords[role]}身份多一个账号` : `做${roleWords[role]}`
  if (approversBeside(officers, own).length > 0)
    return `${what}要两个人点头，已经私聊问了别的组织者和审核人，谁先回「同意 ${number}」就生效。`
  return `${what}要两个人点头，现在只有你一位：请让一位同事私聊我发「申请组织者」，你同意以后，请他回「同意 ${number}」。`
}

/** The first yes, unless that person is no organizer any more. */
function standingConsent(now: Officers, { agreed }: Application, { firstIds }: Consent) {
  const isOrganizer = now.holders.some(one => one.role === 'organizer' && firstIds.has(one.senderId))
  return isOrganizer ? agreed : undefined
}

/** By this very chat: one that is linked by its name alone may be another person's. */
const isApprover = ({ holders }: Officers, senderId: string) =>
  holders.some(one => needsTwo(one.role) && one.senderId === senderId)

function refuseTooSoon({ withdrawnAt }: Officers, at: Temporal.Instant): void {
  if (withdrawnAt === undefined) return
  const from = Temporal.Instant.from(withdrawnAt).add({ hours: 24 * daysAfterWithdrawal })
  if (Temporal.Instant.compare(at, from) >= 0) return
  throw new Refusal(
    `刚收回过别人的身份，现在只剩你一位，要到${sayDate(inShanghai(from).toPlainDate())}才能一个人请新的同事。下次请先请好接手的同事，再收回。`,
  )
}

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

/** The roles without those of an erased person, and without what waits for or through them. @returns `now` where none is */
export function withoutPerson(now: Officers, memberId: string, chatIds: readonly string[]): Officers {
  const isTheirs = ({ senderId }: { senderId: string }) => chatIds.includes(senderId)
  const isOfThem = (one: Application) => isTheirs(one) || one.link?.memberId === memberId
  const agreed = now.applications.flatMap(one => one.agreed ?? [])
  if (![...now.holders, ...agreed].some(isTheirs) && !now.applications.some(isOfThem)) return now
  return {
    ...now,
    holders: now.holders.filter(holder => !isTheirs(holder)),
    applications: now.applications
      .filter(one => !isOfThem(one))
      .map(one =>
        one.agreed && isTheirs(one.agreed) ? { ...one, agreed: { ...one.agreed, senderId: '' } } : one,
      ),
  }
}
