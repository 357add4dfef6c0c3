import { Refusal } from '../../../feature.ts'
import { createMutex } from '../../../lib/queue.ts'
import type { Clock } from '../../../ports/clock.ts'
import { type Application, type CommunityRecords, type Officers, officersKey } from '../records/records.ts'
import { agreeToRole, type ConsentOutcome, needsTwo, sayWaits } from '../role-consents.ts'
import type { LinkApplication, RoleNotices } from '../role-notices.ts'
import { type Applicant, noOfficers, refuseFormer, refuseMixed, refuseNoApprover, titleOf } from './rules.ts'

export type RoleConsentParts = {
  records: Pick<CommunityRecords, 'officers'>
  roleNotices: RoleNotices
  clock: Clock
  /** The chat ids of the same person, this one included. */
  identitiesOf(senderId: string): Promise<ReadonlySet<string>>
  /** The chat ids that have the roles of this one, itself included. */
  provenIdsOf(senderId: string): Promise<ReadonlySet<string>>
  /** Makes a link to which two persons have said yes. */
  completeLink(application: LinkApplication): Promise<void>
  /** One person may write and approve, as in the sandbox. */
  isOnePerson: boolean
}
/** An application, offer or link, to be answered. */
export type Picker = {
  /** Finds it among what waits at that moment. */
  pick(now: Officers): Application
  /** Writes it down in the same change; nothing of it is kept where the answer is refused. */
  add?(now: Officers): Officers
}

/** Answers to applications, offers and links: a role of an approver takes the yes of two persons. */
export function createRoleConsents(parts: RoleConsentParts) {
  const { records, roleNotices, clock, identitiesOf, provenIdsOf, isOnePerson } = parts
  /** One answer after the other: a link is made outside of the record, and must not be declined meanwhile. */
  const runExclusive = createMutex()

  async function decide(change: (now: Officers) => Officers): Promise<Officers> {
    return (await records.officers.update(officersKey, now => change(now ?? noOfficers))) ?? noOfficers
  }

  async function consentOf(by: Applicant, { senderId, agreed }: Application) {
    const [ids, applicantIds, givenIds, firstIds] = await Promise.all([
      identitiesOf(by.senderId),
      identitiesOf(senderId),
      provenIdsOf(senderId),
      agreed ? identitiesOf(agreed.senderId) : new Set<string>(),
    ])
    return { applicantIds, consent: { by: { ...by, ids }, firstIds, givenIds, at: clock.now(), isOnePerson } }
  }

  /** Says in Chinese what became of it. @throws {@link Refusal} where this person may not, or has done so before */
  async function sayYes(by: Applicant, picker: Picker): Promise<string> {
    const { pick, add = (now: Officers) => now } = picker
    const seen = pick(add((await records.officers.get(officersKey)) ?? noOfficers))
    const { applicantIds, consent } = await consentOf(by, seen)
    let made: { application: Application; outcome: ConsentOutcome } | undefined
    const now = await decide(before => {
      const ready = add(before)
      const application = pick(ready)
      made = undefined
      // Another one has asked for the same link meanwhile: whether it is the same person must be looked up.
      if (application.agreed?.senderId !== seen.agreed?.senderId) return before
      if (application.agreed) refuseNoApprover(ready, consent.by.ids)
      else refuseFormer(ready, consent.by.ids)
      if (!application.link) refuseMixed(ready, applicantIds, application.role)
      made = { application, outcome: agreeToRole(ready, application, consent) }
      // A link waits until it is made.
      return application.link ? before : made.outcome.officers
    })
    if (!made) return sayYes(by, picker)
    const { application, outcome } = made
    if (outcome.kind === 'settled') return finish(by, application, outcome.isByOne)
    await roleNotices.askForRole(outcome.application, outcome.others)
    if (outcome.isAgain) throw new Refusal(askedAgain)
    return `记下了。${sayWaits(now, consent.by.ids, outcome.application)}`
  }

  const without = (number: number) =>
    decide(now => ({ ...now, applications: now.applications.filter(one => one.number !== number) }))

  async function makeLink(application: LinkApplication): Promise<void> {
    const { number, name, link, agreed } = application
    try {
      await parts.completeLink(application)
    } catch (cause) {
      if (!(cause instanceof Refusal)) throw cause
      await without(number)
      const text = `${number} 号「${name}」算${link.name}的另一个账号：${cause.message}`
      await roleNotices.tell(`application-${number}-settled`, agreed ? [agreed.senderId] : [], text)
      throw cause
    }
    await without(number)
  }

  async function finish(by: Applicant, application: Application, isByOne: boolean): Promise<string> {
    const { number, name, senderId, role, isOffered, agreed, link } = application
    if (link) await makeLink({ ...application, link })
    const done = link ? `「${name}」算${link.name}的另一个账号` : `${name} 做${titleOf[role]}`
    await tellOthers(
      `application-${number}-done`,
      [by.senderId, senderId],
      `${number} 号申请办好了：${by.name} 同意了 ${done}，不用再回。`,
    )
    if (link) return `好的，「${name}」和${link.name}的账号算一个人了。`
    if (by.senderId === senderId) return `好的，你现在是${titleOf[role]}了。私聊我发「帮助」，看看能做什么。`
    const offered = `组织者${agreed?.byName ?? by.name}请你做${titleOf[role]}，现在就生效。私聊我发「帮助」，看看能做什么。`
    const key = `application-${number}-settled`
    await roleNotices.tell(key, [senderId], isOffered ? offered : `组织者同意了你做${titleOf[role]}的申请。`)
    return `好的，${name} 现在是${titleOf[role]}了。${isByOne ? byOneWords : ''}`
  }

  async function sayNo(by: Applicant, { pick }: Picker): Promise<string> {
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

  /**
   * The other organizers and reviewers hear at once what one has decided: no one passes the others unseen.
   * @param concerned chats of people who hear of it otherwise
   * @param next what each of them can do about it: a reviewer may change no roles. Default: nothing
   */
  async function tellOthers(
    key: string,
    concerned: readonly string[],
    text: string,
    next = { organizer: '', reviewer: '' },
  ): Promise<void> {
    const { holders } = (await records.officers.get(officersKey)) ?? noOfficers
    const own = new Set((await Promise.all(concerned.map(provenIdsOf))).flatMap(ids => [...ids]))
    const others = holders.filter(one => needsTwo(one.role) && !own.has(one.senderId))
    const organizers = new Set(others.flatMap(one => (one.role === 'organizer' ? [one.senderId] : [])))
    const reviewers = new Set(others.map(one => one.senderId)).difference(organizers)
    await roleNotices.tell(key, [...organizers], text + next.organizer)
    await roleNotices.tell(key, [...reviewers], text + next.reviewer)
  }

  return {
    decide,
    tellOthers,
    sayYes: (by: Applicant, picker: Picker) => runExclusive(() => sayYes(by, picker)),
    sayNo: (by: Applicant, picker: Picker) => runExclusive(() => sayNo(by, picker)),
  }
}

const byOneWords = '现在只有你们两位管事，这一次是你一个人定的；以后请组织者和审核人，要两个人点头才生效。'
const askedAgain =
  '还没有生效：问过以后，他又多了聊天账号，那边也会有这个身份。刚又私聊问了一次，请看清楚再回。'
