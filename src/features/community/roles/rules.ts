import type { Temporal } from 'temporal-polyfill'
import { Refusal } from '../../../feature.ts'
import { roleWords } from '../../../ports/directory.ts'
import { calledBy } from '../../../text/names/names.ts'
import type { Application, OfficerRole, Officers } from '../records/records.ts'
import { needsTwo, withWithdrawal } from '../role-consents.ts'

export type Applicant = { senderId: string; name: string }

export const noOfficers: Officers = { holders: [], applications: [], lastNumber: 0, withdrawals: [] }
export const titleOf: Readonly<Record<OfficerRole, string>> = roleWords

/** Whether one person may not hold both: an auditor looks at what the others do, and changes nothing. */
export const excludesRole = (a: OfficerRole, b: OfficerRole): boolean =>
  (a === 'auditor') !== (b === 'auditor')

/** @throws {@link Refusal} where the person of these ids is no organizer any more: another one may have been quicker */
export function refuseFormer({ holders }: Officers, own: ReadonlySet<string>): void {
  if (!holders.some(({ role, senderId }) => role === 'organizer' && own.has(senderId)))
    throw new Refusal('你现在不是组织者了，这件事请一位组织者来办。')
}

/** @throws {@link Refusal} where the person of these ids is neither organizer nor reviewer any more */
export function refuseNoApprover({ holders }: Officers, own: ReadonlySet<string>): void {
  if (!holders.some(({ role, senderId }) => needsTwo(role) && own.has(senderId)))
    throw new Refusal('你现在不是组织者或审核人了，这件事请别的组织者或审核人来办。')
}

/** @throws {@link Refusal} where the person of these ids holds a role that excludes this one */
export function refuseMixed({ holders }: Officers, own: ReadonlySet<string>, role: OfficerRole): void {
  if (holders.some(holder => own.has(holder.senderId) && excludesRole(role, holder.role)))
    throw new Refusal('审计员只看不改，不能同时是组织者或审核人。请先收回另一个身份。')
}

export function hasOrganizer(officers: Officers): boolean {
  return officers.holders.some(holder => holder.role === 'organizer')
}

/**
 * Makes this person the first organizer.
 * @throws {@link Refusal} when there is one already: a code is worth nothing from then on
 */
export function claimFirst(officers: Officers, person: Applicant, at: Temporal.Instant): Officers {
  if (hasOrganizer(officers)) {
    throw new Refusal('已经有组织者了，认领码不再有效。想一起管事，请私聊我发「申请组织者」。')
  }
  return {
    ...officers,
    holders: [...officers.holders, { ...person, role: 'organizer', since: at.toString() }],
  }
}

/** Organizers who may decide on what this person, under any of these ids, applies for: not the person. */
export const organizersBeside = ({ holders }: Officers, own: ReadonlySet<string>): string[] =>
  holders.flatMap(({ senderId, role }) => (role === 'organizer' && !own.has(senderId) ? [senderId] : []))

/**
 * @param own every chat id of the person
 * @throws {@link Refusal} when the person has that role, waits for it, or when there is no one else to agree
 */
export function applyForRole(
  officers: Officers,
  person: Applicant,
  { role, at, own }: { role: OfficerRole; at: Temporal.Instant; own: ReadonlySet<string> },
): Officers {
  if (!hasOrganizer(officers)) throw new Refusal('现在还没有组织者。请看机器人启动时的屏幕，用认领码认领。')
  if (officers.holders.some(holder => holder.senderId === person.senderId && holder.role === role)) {
    throw new Refusal(`你已经是${titleOf[role]}了。`)
  }
  if (organizersBeside(officers, own).length === 0)
    throw new Refusal(
      '现在只有你一位组织者，你的申请没有别人可以同意。请先让一位同事发「申请组织者」，你同意以后，再请这位同事同意你的申请。想让别人来做，请对方自己申请。',
    )
  const waiting = officers.applications.find(
    ({ senderId, link, ...one }) => !link && senderId === person.senderId && one.role === role,
  )
  if (waiting) throw new Refusal(`你的申请（${waiting.number} 号）已经在等组织者同意，请稍等。`)
  const number = officers.lastNumber + 1
  return {
    ...officers,
    applications: [...officers.applications, { number, ...person, role, at: at.toString(), isUntold: true }],
    lastNumber: number,
  }
}

/**
 * The application that a person means by a number, a name or, where only one waits, nothing.
 * @throws {@link Refusal} when it is none or not clear which
 */
export function pickApplication(officers: Officers, said: string): Application {
  const { applications } = officers
  const found =
    said === ''
      ? applications
      : applications.filter(application => String(application.number) === said.replace(/号$/u, ''))
  const named = found.length > 0 ? found : calledBy(applications, said)
  const [only, ...more] = named
  if (!only) throw new Refusal(`没有「${said}」的申请。在等的有：\n${listApplications(applications)}`)
  if (more.length > 0) throw new Refusal(`有几个申请，请带上号码再发一次：\n${listApplications(named)}`)
  return only
}

/**
 * Notes that an organizer offers this person the role; one that is applied for already is the same.
 * @throws {@link Refusal} when the person has the role
 */
export function offerRole(
  officers: Officers,
  person: Applicant,
  { role, at }: { role: OfficerRole; at: Temporal.Instant },
): Officers {
  const isSame = (one: { senderId: string; role: OfficerRole }) =>
    one.senderId === person.senderId && one.role === role
  if (officers.holders.some(isSame)) throw new Refusal(`${person.name}已经是${titleOf[role]}了。`)
  if (officers.applications.some(one => one.link === undefined && isSame(one))) return officers
  const number = officers.lastNumber + 1
  const offered = { number, ...person, role, at: at.toString(), isOffered: true as const }
  return { ...officers, applications: [...officers.applications, offered], lastNumber: number }
}

/**
 * @param chatIds every chat that has the role by this one
 * @throws {@link Refusal} when this person does not hold the role, or is the last one who can appoint others
 */
export function withdrawApplication(
  officers: Officers,
  { senderId, role, at }: { senderId: string; role: OfficerRole; at: Temporal.Instant },
  chatIds: ReadonlySet<string>,
): Officers {
  const ofRole = officers.holders.filter(holder => holder.role === role)
  const found = ofRole.find(holder => holder.senderId === senderId)
  if (!found) throw new Refusal(`这一位现在不是${titleOf[role]}，请刷新页面。`)
  if (role === 'organizer' && ofRole.length === 1) throw new Refusal('至少要留一位组织者。')
  const holders = officers.holders.filter(holder => holder !== found)
  return {
    ...officers,
    holders,
    ...(needsTwo(role) ? { withdrawals: withWithdrawal(officers, chatIds, at) } : {}),
  }
}

/** @throws {@link Refusal} when no person, or more than one, has this name */
export function holderCalled(
  officers: Officers,
  said: string,
  role: OfficerRole,
): Officers['holders'][number] {
  const ofRole = officers.holders.filter(holder => holder.role === role)
  const [found, ...more] = calledBy(ofRole, said)
  const names = ofRole.map(holder => holder.name).join('、') || '（还没有）'
  if (!found) throw new Refusal(`${titleOf[role]}里没有「${said}」。现在有：${names}`)
  if (more.length > 0)
    throw new Refusal(
      `有几位都叫「${said}」，请发全名；全名也一样的，到控制台「谁管什么」里收回。现在有：${names}`,
    )
  return found
}

/** 「3 号 张三 申请组织者」, a line each. */
export function listApplications(applications: readonly Application[]): string {
  return applications.map(sayApplication).join('\n') || '（没有）'
}

function sayApplication({ number, name, role, isOffered, link, agreed }: Application): string {
  const what = link
    ? `「${name}」算${link.name}的另一个账号`
    : `${name} ${isOffered ? '做' : '申请'}${titleOf[role]}`
  return `${number} 号 ${what}${agreed ? `，${agreed.byName} 同意了，还差一位` : ''}`
}

type Consented = Pick<Officers['holders'][number], 'byName' | 'secondByName' | 'isByOne'>

/** Names of the organizers and reviewers who agreed to a role, in Chinese. */
export function sayConsent({ byName, secondByName, isByOne }: Consented): string {
  if (byName === undefined) return '首位认领'
  const both = [byName, ...(secondByName === undefined ? [] : [secondByName])].join('、')
  return `${both} 同意${isByOne ? '，当时只有一位组织者' : ''}`
}
