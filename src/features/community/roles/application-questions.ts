import type { Listener } from '../../../feature.ts'
import type { Message } from '../../../ports/chat.ts'
import { numberAskedAbout } from '../../../text/asides/number-questions.ts'
import type { OfficerActions } from './officers.ts'
import { listApplications } from './rules.ts'

/**
 * Answers 「2通过了吗」 in private where an application of that number waits: to the organizers and reviewers who
 * are asked about it, and to the person who applied. Pushes have numbers of their own.
 */
export function applicationQuestions({
  officers,
  rolesOf,
}: Pick<OfficerActions, 'officers'> & { rolesOf(senderId: string): Promise<readonly string[]> }): Listener {
  async function tell({ senderId }: Message, number: number): Promise<string | undefined> {
    const waiting = (await officers()).applications.find(one => one.number === number)
    if (!waiting) return undefined
    const roles = await rolesOf(senderId)
    const isApprover = roles.includes('organizer') || roles.includes('reviewer')
    if (!isApprover) return waiting.senderId === senderId ? stillWaits([waiting]) : undefined
    return `${stillWaits([waiting])}\n问的是推送 ${number} 的话，发「推送情况 ${number}」。`
  }

  const stillWaits = (applications: Parameters<typeof listApplications>[0]) =>
    `身份申请还没有定：${listApplications(applications)}。`

  return message => {
    const asked = message.groupId === undefined ? numberAskedAbout(message.text) : undefined
    return asked && !asked.isPush ? tell(message, asked.number) : undefined
  }
}
