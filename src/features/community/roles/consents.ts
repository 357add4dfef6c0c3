import type { Clock } from '../../../ports/clock.ts'
import { type Application, type CommunityRecords, type Officers, officersKey } from '../records/records.ts'
import { agree, type ConsentOutcome, sayWaits } from '../role-consents.ts'
import type { LinkApplication, RoleNotices } from '../role-notices.ts'
import { type Applicant, noOfficers, refuseFormer, refuseMixed, refuseNoApprover, titleOf } from './rules.ts'

export type RoleConsentParts = {
  records: Pick<CommunityRecords, 'officers'>
  roleNotices: RoleNotices
  clock: Clock
  /** The chat ids of the same person, this one included. */
  identitiesOf(senderId: string): Promise<ReadonlySet<string>>
  /** Makes a link to which two persons have said yes. */
  completeLink(application: LinkApplication): Promise<void>
  /** One person may write and approve, as in the sandbox. */
  isOnePerson: boolean
}
/** Finds what is answered, among what waits at that moment. */
export type Picker = (now: Officers) => Application

/** Answers to applications, offers and links: a role of an approver takes the yes of two persons. */
export function createRoleConsents(parts: RoleConsentParts) {
  const { records, roleNotices, clock, identitiesOf, isOnePerson } = parts

  async function decide(change: (now: Officers) => Officers): Promise<Officers> {
    return (await records.officers.update(officersKey, now => change(now ?? noOfficers))) ?? noOfficers
  }

  async function consentOf(by: Applicant, { senderId, agreed }: Application) {
    const [ids, applicantIds, firstIds] = await Promise.all([
      identitiesOf(by.senderId),
      identitiesOf(senderId),
      agreed ? identitiesOf(agreed.senderId) : new Set<string>(),
    ])
    return { applicantIds, consent: { by: { ...by, ids }, firstIds, at: clock.now(), isOnePerson } }
  }

  /** Says in Chinese what became of it. @throws {@link Refusal} where this person may not, or has done so before */
  async function sayYes(by: Applicant, pick: Picker): Promise<string> {
    const seen = pick((await records.officers.get(officersKey)) ?? noOfficers)
    const { applicantIds, consent } = await consentOf(by, seen)
    let made: { application: Application; outcome: ConsentOutcome } | undefined
    const now = await decide(before => {
      const application = pick(before)
      made = undefined
      // Another one has said yes meanwhile: whether it is the same person must be looked up.
      if (application.agreed?.senderId !== seen.agreed?.senderId) return before
      if (application.agreed) refuseNoApprover(before, consent.by.ids)
      else refuseFormer(before, consent.by.ids)
      if (!application.link) refuseMixed(before, applicantIds, application.role)
      made = { application, outcome: agree(before, application, consent) }
      return made.outcome.officers
    })
    if (!made) return sayYes(by, pick)
    const { application, outcome } = made
    if (outcome.kind === 'settled') return finish(by, application, outcome.isByOne)
    await roleNotices.askForRole(outcome.application, outcome.others)
    return `记下了。${sayWaits(now, consent.by.ids, outcome.application)}`
  }

  async function finish(by: Applicant, application: Application, isByOne: boolean): Promise<string> {
    const { number, name, senderId, role, isOffered, agreed, link } = application
    if (link) await parts.completeLink({ ...application, link })
    const done = link ? `「${name}」算${link.name}的另一个账号` : `${name} 做${titleOf[role]}`
    await tellOthers(
      `application-${number}-done`,
      [by.senderId, senderId],
      `${number} 号申请办好了：${by.name} 同意了 ${done}，不用再回。`,
    )
    if (link) return `好的，「${name}」和${link.name}的账号算一个人了。`
    const offered = `组织者${agreed?.byName ?? by.name}请你做${titleOf[role]}，现在就生效。私聊我发「帮助」，看看能做什么。`
    const key = `application-${number}-settled`
    await roleNotices.tell(key, [senderId], isOffered ? offered : `组织者同意了你做${titleOf[role]}的申请。`)
    return `好的，${name} 现在是${titleOf[role]}了。${isByOne ? byOneWords : ''}`
  }

  async function sayNo(by: Applicant, pick: Picker): Promise<string> {
    const ids = await identitiesOf(by.senderId)
    let application: Application | undefined
    await decide(now => {
      application = pick(now)
      if (application.agreed) refuseNoApprover(now, ids)
      else refuseFormer(now, ids)
      const { number } = application
      return { ...now, applications: now.applications.filter(one => one.number !== number) }
    })
    if (!application) throw new Error('an application was settled without being picked')
    const { number, name, senderId, role, link, isOffered, agreed } = application
    const what = link ? `「${name}」算${link.name}的另一个账号` : `${name} 做${titleOf[role]}`
    if (!link && !isOffered)
      await roleNotices.tell(
        `application-${number}-settled`,
        [senderId],
        `组织者没有同意你做${titleOf[role]}的申请。`,
      )
    await tellOthers(
      `application-${number}-done`,
      [by.senderId, senderId],
      `${number} 号申请办好了：${by.name} 没有同意 ${what}，不用再回。`,
    )
    return link || isOffered || agreed
      ? `好的，没有办：${what}。已经告诉组织者。`
      : `好的，${name} 的申请没有通过，已经告诉对方。`
  }

  /** The other organizers see at once what one has decided. */
  async function tellOthers(key: string, concerned: readonly string[], text: string): Promise<void> {
    const { holders } = (await records.officers.get(officersKey)) ?? noOfficers
    const others = holders.filter(one => one.role === 'organizer' && !concerned.includes(one.senderId))
    await roleNotices.tell(key, [...new Set(others.map(one => one.senderId))], text)
  }

  return { decide, sayYes, sayNo, tellOthers }
}

const byOneWords = '现在只有你们两位管事，这一次是你一个人定的；以后请组织者和审核人，要两个人点头才生效。'
