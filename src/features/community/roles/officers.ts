import { Refusal } from '../../../feature.ts'
import type { Actor } from '../../../ports/actor.ts'
import type { Message } from '../../../ports/chat.ts'
import { cleanName } from '../../../text/names/names.ts'
import {
  type Application,
  type CommunityRecords,
  handleOf,
  type OfficerRole,
  type Officers,
  officersKey,
} from '../records/records.ts'
import { lastColleague, leftAlone, sayWaits } from '../role-consents.ts'
import { officeMayNot, ownRoleMayNot } from '../role-words.ts'
import type { SecretAttempts } from '../secret-attempts.ts'
import { createApplicationNotices } from './application-notices.ts'
import { createCodeCheck } from './claim.ts'
import { createRoleConsents, type Picker, type RoleConsentParts } from './consents.ts'
import {
  type Applicant,
  applyForRole,
  claimFirst,
  holderCalled,
  listApplications,
  noOfficers,
  offerRole,
  organizersBeside,
  pickApplication,
  refuseFormer,
  refuseMixed,
  titleOf,
  withdrawApplication,
} from './rules.ts'

type Parts = RoleConsentParts & {
  records: CommunityRecords
  claimCode: string
  attempts: SecretAttempts
}
export type OfficerActions = ReturnType<typeof createOfficerActions>

/** Claims, applications and their answers: the acts behind the commands. */
export function createOfficerActions(parts: Parts) {
  const { records, roleNotices, clock, claimCode, attempts, identitiesOf, provenIdsOf } = parts
  const { tell } = roleNotices
  const { decide, sayYes, sayNo, tellOthers } = createRoleConsents(parts)
  const applicationNotices = createApplicationNotices(parts)
  const checkCode = createCodeCheck(claimCode, attempts)
  const officers = async () => (await records.officers.get(officersKey)) ?? noOfficers

  async function takeAway(by: Applicant, senderId: string, role: OfficerRole): Promise<void> {
    const [decider, chatIds] = await Promise.all([identitiesOf(by.senderId), provenIdsOf(senderId)])
    let name = ''
    await decide(now => {
      refuseFormer(now, decider)
      name = now.holders.find(one => one.senderId === senderId)?.name ?? ''
      return withdrawApplication(now, { senderId, role, at: clock.now() }, chatIds)
    })
    await tellOthers(
      `role-withdrawal-${clock.now().epochMilliseconds}`,
      [by.senderId, senderId],
      `${by.name} 收回了 ${name} 的${titleOf[role]}身份。`,
      { organizer: sayWhereToMend, reviewer: `有疑问请直接问${by.name}。` },
    )
    await tell(
      `role-withdrawn-${clock.now().epochMilliseconds}`,
      [senderId],
      `组织者${by.name}收回了你的${titleOf[role]}身份。有疑问请直接问他。`,
    )
  }

  /** A person decides about the own role only where another one has asked for it. */
  async function answerPicked(by: Applicant, picker: Picker, isAgreed: boolean): Promise<string> {
    const { senderId, agreed } = picker.pick(await officers())
    if (!agreed) await checkIsOther(by.senderId, senderId)
    return isAgreed ? sayYes(by, picker) : sayNo(by, picker)
  }

  /** Roles decide who may approve, so one person must answer for giving and withdrawing them. */
  async function checkMayDecide({ id, isOffice }: Actor, senderId: string): Promise<void> {
    if (isOffice) throw new Refusal(officeMayNot)
    await checkIsOther(id, senderId)
  }

  async function checkIsOther(id: string, senderId: string): Promise<void> {
    if ((await identitiesOf(id)).has(senderId)) throw new Refusal(ownRoleMayNot)
  }

  /**
   * A bare 「同意」 may be meant for an application that another organizer settled meanwhile.
   * @throws {@link Refusal} where there is another organizer
   */
  async function checkIsMeant({ senderId }: Message): Promise<void> {
    const now = await officers()
    if (organizersBeside(now, await identitiesOf(senderId)).length === 0) return
    const { number } = pickApplication(now, '')
    throw new Refusal(
      `组织者不止一位，怕弄混，请带上号码，例如「同意 ${number}」。在等的有：\n${listApplications(now.applications)}`,
    )
  }

  return {
    officers,
    sweep: applicationNotices.sweep,

    /**
     * Offers a role. @returns in Chinese whether it holds at once, or who must agree first
     * @throws {@link Refusal} for the office's log-in and for oneself
     */
    async grant(by: Actor, person: Applicant, role: OfficerRole): Promise<string> {
      await checkMayDecide(by, person.senderId)
      const isTheirs = (one: Application) =>
        !one.link && one.senderId === person.senderId && one.role === role
      return sayYes(
        { senderId: by.id, name: by.name },
        {
          add: now => offerRole(now, person, { role, at: clock.now() }),
          pick: now => found(now.applications.find(isTheirs)),
        },
      )
    },

    /**
     * @param handle of the chat identity that holds the role.
     * @throws {@link Refusal} for the office's log-in and for oneself
     */
    async withdraw(by: Actor, handle: string, role: OfficerRole): Promise<void> {
      const holder = (await officers()).holders.find(({ senderId }) => handleOf(senderId) === handle)
      if (!holder) throw new Refusal(`这一位现在不是${titleOf[role]}，请刷新页面。`)
      await checkMayDecide(by, holder.senderId)
      await takeAway({ senderId: by.id, name: by.name }, holder.senderId, role)
    },

    /**
     * Agrees to what waits, or declines it. @returns what became of it, in Chinese
     * @throws {@link Refusal} for the office's log-in and for oneself
     */
    async answer(by: Actor, number: number, isAgreed: boolean): Promise<string> {
      const pick = (now: Officers) => found(now.applications.find(one => one.number === number))
      if (by.isOffice) throw new Refusal(officeMayNot)
      return answerPicked({ senderId: by.id, name: by.name }, { pick }, isAgreed)
    },

    /** The next step of an application, in Chinese; empty where it is answered. */
    async sayWaitsFor(id: string, number: number): Promise<string> {
      const now = await officers()
      const waiting = now.applications.find(application => application.number === number)
      return waiting ? `记下了。${sayWaits(now, await identitiesOf(id), waiting)}` : ''
    },

    /** Without a code. @throws {@link Refusal} where there is an organizer already */
    appointFirst: (person: Applicant) => decide(now => claimFirst(now, person, clock.now())),

    async claim(message: Message, said: string): Promise<string> {
      const person = applicantOf(message)
      // Before the code is compared, so that codes cannot be tried for their own sake.
      claimFirst(await officers(), person, clock.now())
      if (said === '') throw new Refusal('请带上启动时屏幕上的六位数字，发「认领 六位数字」。')
      await checkCode(said, message.senderId)
      await decide(now => claimFirst(now, person, clock.now()))
      return `认领好了，${person.name}，你是第一位组织者。\n接下来请到要服务的群里发「绑定本群」；发「帮助」看看能做什么。`
    },

    async apply(message: Message, role: OfficerRole): Promise<string> {
      const person = applicantOf(message)
      const own = await identitiesOf(person.senderId)
      const withOne = (now: Officers) => {
        refuseMixed(now, own, role)
        return applyForRole(now, person, { role, at: clock.now(), own })
      }
      // An application that is refused anyhow is not counted.
      withOne(await officers())
      const limits = [...own].map(id => ({ subject: `application of ${id}`, most: applicationsPerDay }))
      if (!(await attempts.take(limits))) throw new Refusal(appliedTooOften)
      const { lastNumber } = await decide(withOne)
      await applicationNotices.tell()
      return `收到，申请是 ${lastNumber} 号，会告诉组织者。有结果我会私聊告诉你。`
    },

    async dismiss(message: Message, said: string, role: OfficerRole): Promise<string> {
      if (said === '') throw new Refusal(`请带上名字，例如「取消${titleOf[role]} 张三」。`)
      const now = await officers()
      const { senderId } = holderCalled(now, said, role)
      // Refuses first where the last organizer is meant: no other one could be asked.
      withdrawApplication(now, { senderId, role, at: clock.now() }, new Set())
      await checkIsOther(message.senderId, senderId)
      const last = lastColleague(now, await identitiesOf(message.senderId))
      await takeAway(applicantOf(message), senderId, role)
      const isAlone = last?.senderId === senderId && last.role === role
      return `好的，「${said}」不再是${titleOf[role]}。${isAlone ? `现在${leftAlone}。` : ''}`
    },

    /** 「同意 张三」 is too common a word for a command: it is heard only from an organizer who was asked. */
    listen(message: Message): Promise<string | undefined> | undefined {
      // 「同意2」「同意 2号」「不同意：张三」; a name only behind a space or a colon, as 「同意他的看法」 is talk.
      const pattern =
        /^(?<no>不)?同意(?:\s*第?#?(?<number>\d+)\s*[号个]?|[\s:：]+(?<name>\S.*))?[!！。.\s]*$/u
      const words = pattern.exec(message.text.trim())?.groups
      return words && answerAgreement(message, words)
    },
  }

  async function answerAgreement(
    message: Message,
    words: Record<string, string>,
  ): Promise<string | undefined> {
    const { holders, applications } = await officers()
    const ids = await provenIdsOf(message.senderId)
    const own = holders.filter(holder => ids.has(holder.senderId))
    const isOrganizer = own.some(({ role }) => role === 'organizer')
    const said = (words.number ?? words.name ?? '').trim()
    // A reviewer is asked only for the second yes, by its number.
    const isSecond = ({ number, agreed }: Application) => agreed !== undefined && said === String(number)
    const isAsked = isOrganizer
      ? applications.length > 0
      : own.some(({ role }) => role === 'reviewer') && applications.some(isSecond)
    const isOfOne = applications.some(({ number }) => String(number) === words.number)
    if (!isAsked) return isOfOne ? undefined : sayNoneWaits(message, words.number, own.length > 0)
    if (said === '') await checkIsMeant(message)
    const pick = (now: Officers) => pickApplication(now, said)
    return answerPicked(applicantOf(message), { pick }, words.no === undefined)
  }
}

/** A number says that an application is meant; without one it is talk, as every word in a group. */
function sayNoneWaits({ groupId }: Message, number: string | undefined, isApprover: boolean) {
  if (groupId !== undefined || number === undefined) return undefined
  const push = isApprover ? `要放行推送，发「通过 ${number}」。` : ''
  return `没有等你点头的 ${number} 号申请。${push}`
}

function found(application: Application | undefined): Application {
  if (!application) throw new Refusal('这个申请已经有结果了，请刷新页面。')
  return application
}
/** Applications of one person in a day: one for each role. */
const applicationsPerDay = 3
const appliedTooOften = '今天已经申请过三次了，请明天再申请；着急的话，直接找一位组织者说一声。'
const sayWhereToMend = '不对的话，请到控制台「谁管什么」里改。'

const applicantOf = (message: Message): Applicant => ({
  senderId: message.senderId,
  name: cleanName(message.senderName),
})
