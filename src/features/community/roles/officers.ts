import { Refusal } from '../../../feature.ts'
import type { Outbox } from '../../../outbox/index.ts'
import type { Actor } from '../../../ports/actor.ts'
import type { Message } from '../../../ports/chat.ts'
import type { Clock } from '../../../ports/clock.ts'
import { cleanName } from '../../../text/names/names.ts'
import {
  type Application,
  type CommunityRecords,
  handleOf,
  type OfficerRole,
  type Officers,
  officersKey,
} from '../records/records.ts'
import { officeMayNot, ownRoleMayNot } from '../role-words.ts'
import type { SecretAttempts } from '../secret-attempts.ts'
import { createCodeCheck } from './claim.ts'
import {
  type Applicant,
  apply,
  claimFirst,
  grant,
  holderCalled,
  listApplications,
  noOfficers,
  organizersBeside,
  pickApplication,
  refuseFormer,
  refuseMixed,
  settle,
  titleOf,
  withdraw,
} from './rules.ts'

/** Word to organizers and applicants that is older than this is of no use any more. */
const noticeHours = 72

type Parts = {
  records: CommunityRecords
  outbox: Outbox
  clock: Clock
  claimCode: string
  attempts: SecretAttempts
  /** The chat ids of the same person, this one included. */
  identitiesOf(senderId: string): Promise<ReadonlySet<string>>
}
export type OfficerActions = ReturnType<typeof createOfficerActions>

/** Claims, applications and their answers: the acts behind the commands. */
export function createOfficerActions({ records, outbox, clock, claimCode, attempts, identitiesOf }: Parts) {
  const checkCode = createCodeCheck(claimCode, attempts)
  const officers = async () => (await records.officers.get(officersKey)) ?? noOfficers

  async function decide(change: (now: Officers) => Officers): Promise<Officers> {
    return (await records.officers.update(officersKey, now => change(now ?? noOfficers))) ?? noOfficers
  }

  async function tell(key: string, personIds: string[], text: string) {
    const notAfter = clock.now().add({ hours: noticeHours })
    await outbox.post(
      personIds.map(personId => ({
        key: `${key}/${personId}`,
        target: { personId },
        kind: 'prompt' as const,
        reply: { text },
        notAfter,
      })),
    )
  }

  async function answerApplication(by: Applicant, said: string, isAgreed: boolean): Promise<string> {
    let application: Application | undefined
    const asked = pickApplication(await officers(), said)
    await checkIsOther(by.senderId, asked.senderId)
    const [decider, theirs] = await Promise.all([by.senderId, asked.senderId].map(identitiesOf))
    await decide(now => {
      refuseFormer(now, decider ?? new Set())
      application = pickApplication(now, said)
      if (isAgreed) refuseMixed(now, theirs ?? new Set(), application.role)
      return settle(now, application, { by, at: clock.now(), isAgreed })
    })
    if (!application) throw new Error('an application was settled without being picked')
    const { number, name, role, senderId } = application
    const outcome = isAgreed ? '同意了' : '没有同意'
    await tell(`application-${number}-settled`, [senderId], `组织者${outcome}你做${titleOf[role]}的申请。`)
    await tellOthers(
      `application-${number}-done`,
      [by.senderId, senderId],
      `${number} 号申请办好了：${by.name} ${outcome} ${name} 做${titleOf[role]}，不用再回。`,
    )
    return isAgreed
      ? `好的，${name} 现在是${titleOf[role]}了。`
      : `好的，${name} 的申请没有通过，已经告诉对方。`
  }

  /** One organizer alone decides; the others see it at once. */
  async function tellOthers(key: string, concerned: readonly string[], text: string): Promise<void> {
    const { holders } = await officers()
    const others = holders.filter(one => one.role === 'organizer' && !concerned.includes(one.senderId))
    await tell(key, [...new Set(others.map(one => one.senderId))], text)
  }

  async function takeAway(by: Applicant, senderId: string, role: OfficerRole): Promise<void> {
    const decider = await identitiesOf(by.senderId)
    let name = ''
    await decide(now => {
      refuseFormer(now, decider)
      name = now.holders.find(one => one.senderId === senderId)?.name ?? ''
      return withdraw(now, senderId, role)
    })
    await tellOthers(
      `role-withdrawal-${clock.now().epochMilliseconds}`,
      [by.senderId, senderId],
      `${by.name} 收回了 ${name} 的${titleOf[role]}身份。${sayWhereToMend}`,
    )
    await tell(
      `role-withdrawn-${clock.now().epochMilliseconds}`,
      [senderId],
      `组织者${by.name}收回了你的${titleOf[role]}身份。有疑问请直接问他。`,
    )
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

    /** @throws {@link Refusal} for the office's log-in and for oneself */
    async grant(by: Actor, { senderId, name }: Applicant, role: OfficerRole): Promise<void> {
      await checkMayDecide(by, senderId)
      const [decider, theirs] = await Promise.all([identitiesOf(by.id), identitiesOf(senderId)])
      const at = clock.now()
      await decide(now => {
        refuseFormer(now, decider)
        refuseMixed(now, theirs, role)
        return grant(now, { senderId, name }, { role, at, byName: by.name })
      })
      await tell(
        `role-granted-${at.epochMilliseconds}`,
        [senderId],
        `组织者${by.name}请你做${titleOf[role]}，现在就生效。私聊我发「帮助」，看看能做什么。`,
      )
      await tellOthers(
        `role-grant-${at.epochMilliseconds}`,
        [by.id, senderId],
        `${by.name} 请 ${name} 做${titleOf[role]}，已经生效。${sayWhereToMend}`,
      )
    },

    /** @param handle of the chat identity that holds the role. @throws {@link Refusal} for the office's log-in and for oneself */
    async withdraw(by: Actor, handle: string, role: OfficerRole): Promise<void> {
      const found = (await officers()).holders.find(({ senderId }) => handleOf(senderId) === handle)
      if (!found) throw new Refusal(`这一位现在不是${titleOf[role]}，请刷新页面。`)
      await checkMayDecide(by, found.senderId)
      await takeAway({ senderId: by.id, name: by.name }, found.senderId, role)
    },

    /** Agrees to an application, or declines it. @throws {@link Refusal} for the office's log-in and for oneself */
    async answer(by: Actor, number: number, isAgreed: boolean): Promise<void> {
      const found = (await officers()).applications.find(application => application.number === number)
      if (!found) throw new Refusal('这个申请已经有结果了，请刷新页面。')
      await checkMayDecide(by, found.senderId)
      await answerApplication({ senderId: by.id, name: by.name }, String(number), isAgreed)
    },

    /** Without a code. @throws {@link Refusal} where there is an organizer already */
    appointFirst: (person: Applicant) => decide(now => claimFirst(now, person, clock.now())),

    async claim(message: Message, said: string): Promise<string> {
      const person = applicantOf(message)
      // Before the code is compared, so that codes cannot be tried for their own sake.
      claimFirst(await officers(), person, clock.now())
      if (said === '') throw new Refusal('请把启动时屏幕上的六位数字一起发给我：「认领 六位数字」。')
      await checkCode(said, message.senderId)
      await decide(now => claimFirst(now, person, clock.now()))
      return `认领好了，${person.name}，你是第一位组织者。\n接下来请到要服务的群里发「绑定本群」；发「帮助」看看能做什么。`
    },

    async apply(message: Message, role: OfficerRole): Promise<string> {
      const person = applicantOf(message)
      const own = await identitiesOf(person.senderId)
      const now = await decide(before => {
        refuseMixed(before, own, role)
        return apply(before, person, { role, at: clock.now(), own })
      })
      const number = now.lastNumber
      const ask = `${person.name} 申请做${titleOf[role]}。\n同意请回「同意 ${number}」，不同意请回「不同意 ${number}」。`
      await tell(`application-${number}`, organizersBeside(now, own), ask)
      return `收到，申请是 ${number} 号，已经告诉组织者。有结果我会私聊告诉你。`
    },

    async dismiss(message: Message, said: string, role: OfficerRole): Promise<string> {
      if (said === '') throw new Refusal(`请带上名字，例如「取消${titleOf[role]} 张三」。`)
      const now = await officers()
      const { senderId } = holderCalled(now, said, role)
      // Refuses first where the last organizer is meant: no other one could be asked.
      withdraw(now, senderId, role)
      await checkIsOther(message.senderId, senderId)
      await takeAway(applicantOf(message), senderId, role)
      return `好的，「${said}」不再是${titleOf[role]}。`
    },

    /** 「同意 张三」 is too common a word for a command: it is heard only from an organizer who was asked. */
    async listen(message: Message): Promise<string | undefined> {
      // 「同意2」「同意 2号」「不同意：张三」; a name only behind a space or a colon, as 「同意他的看法」 is talk.
      const pattern =
        /^(?<no>不)?同意(?:\s*第?#?(?<number>\d+)\s*[号个]?|[\s:：]+(?<name>\S.*))?[!！。.\s]*$/u
      const words = pattern.exec(message.text.trim())
      if (!words) return undefined
      const { holders, applications } = await officers()
      const isOrganizer = holders.some(
        holder => holder.senderId === message.senderId && holder.role === 'organizer',
      )
      if (!isOrganizer || applications.length === 0) return undefined
      const said = (words.groups?.number ?? words.groups?.name ?? '').trim()
      if (said === '') await checkIsMeant(message)
      return answerApplication(applicantOf(message), said, words.groups?.no === undefined)
    },
  }
}

const sayWhereToMend = '不对的话，请到控制台「谁管什么」里改。'

const applicantOf = (message: Message): Applicant => ({
  senderId: message.senderId,
  name: cleanName(message.senderName),
})
