import { Refusal } from '../../feature.ts'
import type { Outbox } from '../../outbox/index.ts'
import type { Message } from '../../ports/chat.ts'
import type { Clock } from '../../ports/clock.ts'
import { cleanName } from '../../text/names.ts'
import { createCodeCheck } from './claim.ts'
import {
  type Application,
  type CommunityRecords,
  type OfficerRole,
  type Officers,
  officersKey,
} from './records.ts'
import {
  type Applicant,
  apply,
  claimFirst,
  dismiss,
  noOfficers,
  pickApplication,
  settle,
  titleOf,
} from './rules.ts'
import type { SecretAttempts } from './secret-attempts.ts'

/** Word to organizers and applicants that is older than this is of no use any more. */
const noticeHours = 72

type Parts = {
  records: CommunityRecords
  outbox: Outbox
  clock: Clock
  claimCode: string
  attempts: SecretAttempts
}
export type OfficersDesk = ReturnType<typeof createOfficersDesk>

/** Claims, applications and their answers: the acts behind the commands. */
export function createOfficersDesk({ records, outbox, clock, claimCode, attempts }: Parts) {
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

  async function answerApplication(message: Message, said: string, isAgreed: boolean): Promise<string> {
    let application: Application | undefined
    await decide(now => {
      application = pickApplication(now, said)
      return settle(now, application, { by: applicantOf(message), at: clock.now(), isAgreed })
    })
    if (!application) throw new Error('an application was settled without being picked')
    const { number, name, role, senderId } = application
    const outcome = isAgreed ? '同意了' : '没有同意'
    await tell(`application-${number}-settled`, [senderId], `组织者${outcome}你做${titleOf[role]}的申请。`)
    return isAgreed
      ? `好的，${name} 现在是${titleOf[role]}了。`
      : `好的，${name} 的申请没有通过，已经告诉对方。`
  }

  return {
    officers,

    /** Without a code. @throws {@link Refusal} where there is an organizer already */
    appointFirst: (person: Applicant) => decide(now => claimFirst(now, person, clock.now())),

    async claim(message: Message, said: string): Promise<string> {
      const person = applicantOf(message)
      // Before the code is looked at, so that nobody can try codes for their own sake.
      claimFirst(await officers(), person, clock.now())
      if (said === '') throw new Refusal('请把启动时屏幕上的六位数字一起发给我：「认领 六位数字」。')
      await checkCode(said, message.senderId)
      await decide(now => claimFirst(now, person, clock.now()))
      return `认领好了，${person.name}，你是第一位组织者。\n接下来请到要服务的群里发「绑定本群」；发「帮助」看看能做什么。`
    },

    async apply(message: Message, role: OfficerRole): Promise<string> {
      const person = applicantOf(message)
      const now = await decide(before => apply(before, person, { role, at: clock.now() }))
      const number = now.lastNumber
      const organizers = now.holders.filter(holder => holder.role === 'organizer')
      const ask = `${person.name} 申请做${titleOf[role]}。\n同意请回「同意 ${number}」，不同意请回「不同意 ${number}」。`
      await tell(
        `application-${number}`,
        organizers.map(holder => holder.senderId),
        ask,
      )
      return `收到，申请是 ${number} 号，已经告诉组织者。有结果我会私聊告诉你。`
    },

    async dismiss(said: string, role: OfficerRole): Promise<string> {
      if (said === '') throw new Refusal(`请带上名字，例如「取消${titleOf[role]} 张三」。`)
      await decide(now => dismiss(now, said, role))
      return `好的，「${said}」不再是${titleOf[role]}。`
    },

    /** 「同意 张三」 is too common a word for a command: it is heard only from an organizer who was asked. */
    async hear(message: Message): Promise<string | undefined> {
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
      return answerApplication(
        message,
        (words.groups?.number ?? words.groups?.name ?? '').trim(),
        words.groups?.no === undefined,
      )
    },
  }
}

const applicantOf = (message: Message): Applicant => ({
  senderId: message.senderId,
  name: cleanName(message.senderName),
})
