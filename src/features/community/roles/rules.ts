import type { Temporal } from 'temporal-polyfill'
import { Refusal } from '../../../feature.ts'
import { roleWords } from '../../../ports/directory.ts'
import { calledBy } from '../../../text/names/names.ts'
import type { Application, OfficerRole, Officers } from '../records/records.ts'

export type Applicant = { senderId: string; name: string }

export const noOfficers: Officers = { holders: [], applications: [], lastNumber: 0 }
export const titleOf: Readonly<Record<OfficerRole, string>> = roleWords

/** Whether one person may not hold both: an auditor looks at what the others do, and changes nothing. */
export const excludesRole = (a: OfficerRole, b: OfficerRole): boolean =>
  (a === 'auditor') !== (b === 'auditor')

/** @throws {@link Refusal} where the person of these ids is no organizer any more: another one may have been quicker */
export function refuseFormer({ holders }: Officers, own: ReadonlySet<string>): void {
  if (!holders.some(({ role, senderId }) => role === 'organizer' && own.has(senderId)))
    throw new Refusal('你现在不是组织者了，这件事请一位组织者来办。')
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
export function apply(
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
    application => application.senderId === person.senderId && application.role === role,
  )
  if (waiting) throw new Refusal(`你的申请（${waiting.number} 号）已经在等组织者同意，请稍等。`)
  const number = officers.lastNumber + 1
  return {
    ...officers,
    applications: [...officers.applications, { number, ...person, role, at: at.toString() }],
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
 * Ends an application; with agreement the applicant holds the role.
 * @throws {@link Refusal} when it is the organizer's own: a second person must look
 */
export function settle(
  officers: Officers,
  application: Application,
  { by, at, isAgreed }: { by: Applicant; at: Temporal.Instant; isAgreed: boolean },
): Officers {
  if (isAgreed && application.senderId === by.senderId) {
    throw new Refusal('自己的申请要由另一位组织者来同意。')
  }
  const applications = officers.applications.filter(other => other.number !== application.number)
  if (!isAgreed) return { ...officers, applications }
  const { senderId, name, role } = application
  const holder = { senderId, name, role, since: at.toString(), byName: by.name }
  return { ...officers, applications, holders: [...officers.holders, holder] }
}

/**
 * Gives this person the role without an application; one that waits is settled by it.
 * @throws {@link Refusal} when the person has the role
 */
export function grant(
  officers: Officers,
  person: Applicant,
  { role, at, byName }: { role: OfficerRole; at: Temporal.Instant; byName: string },
): Officers {
  const isSame = (one: { senderId: string; role: OfficerRole }) =>
    one.senderId === person.senderId && one.role === role
  if (officers.holders.some(isSame)) throw new Refusal(`${person.name}已经是${titleOf[role]}了。`)
  return {
    ...officers,
    applications: officers.applications.filter(application => !isSame(application)),
    holders: [...officers.holders, { ...person, role, since: at.toString(), byName }],
  }
}

/** @throws {@link Refusal} when this person does not hold the role, or is the last one who can appoint others */
export function withdraw(officers: Officers, senderId: string, role: OfficerRole): Officers {
  const ofRole = officers.holders.filter(holder => holder.role === role)
  const found = ofRole.find(holder => holder.senderId === senderId)
  if (!found) throw new Refusal(`这一位现在不是${titleOf[role]}，请刷新页面。`)
  if (role === 'organizer' && ofRole.length === 1) throw new Refusal('至少要留一位组织者。')
  return { ...officers, holders: officers.holders.filter(holder => holder !== found) }
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
  const lines = applications.map(({ number, name, role }) => `${number} 号 ${name} 申请${titleOf[role]}`)
  return lines.join('\n') || '（没有）'
}
