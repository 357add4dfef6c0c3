import type { Listener } from '../../../feature.ts'
import type { Message } from '../../../ports/chat.ts'
import { numberAskedAbout } from '../../../text/asides/number-questions.ts'
import type { BroadcastActions } from '../actions.ts'
import { sayProgress } from '../broadcast/progress.ts'
import type { DigestParts } from '../context.ts'

/** Answers 「2通过了吗」 in private from those who approve pushes; other people are told nothing of what is not sent. */
export function numberQuestions(
  { clock, directory }: Pick<DigestParts, 'clock' | 'directory'>,
  actions: Pick<BroadcastActions, 'all' | 'progress'>,
): Listener {
  async function tell({ senderId }: Message, number: number): Promise<string | undefined> {
    const roles = await directory.rolesOf(senderId)
    if (!roles.includes('organizer') && !roles.includes('reviewer')) return undefined
    const isKnown = (await actions.all()).some(one => one.number === number)
    if (!isKnown) return `没有推送 ${number}，也没有还没定的 ${number} 号申请。发「推送列表」看看都有哪些。`
    return sayProgress(await actions.progress(number), clock.now())
  }

  return message => {
    const asked = message.groupId === undefined ? numberAskedAbout(message.text) : undefined
    return asked && tell(message, asked.number)
  }
}
