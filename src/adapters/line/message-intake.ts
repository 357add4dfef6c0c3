import { expiring } from '../../lib/recently-used.ts'
import { type Log, reasonOf } from '../../log.ts'
import type { Message, Reply, Target } from '../../ports/chat.ts'
import type { KnownSkew, MessageHandlers } from './handlers.ts'
import { createMessageTimes } from './message-times.ts'

const unreadText = '我只看得懂文字，文件、图片和视频看不了：请把想问的打成一句话发给我。'
const mostRemembered = 1000
const tellAgainMs = 24 * 60 * 60_000

type IntakeParts = {
  knownSkew: KnownSkew
  onSkew(known: KnownSkew): void
  log: Log
  handlers(): Pick<MessageHandlers, 'answer' | 'reply'>
}

/** Corrects the times of messages, passes them to the handlers and sends the replies. */
export function createMessageIntake({ knownSkew, onSkew, log, handlers }: IntakeParts) {
  const withOurTime = createMessageTimes({ known: knownSkew, onChange: onSkew })
  const toldUnread = expiring<true>(mostRemembered, { ttlMs: tellAgainMs })
  let isClosed = false

  /** Reply to a file that no feature takes: once per conversation in 24 hours. */
  function unread(target: Target): Reply[] {
    const id = 'personId' in target ? target.personId : target.groupId
    if (toldUnread.has(id)) return []
    toldUnread.set(id, true)
    return [{ text: unreadText }]
  }

  return {
    /** @param mayBeReplay the platform may have kept it for us while there was no session */
    take(message: Message, mayBeReplay: boolean) {
      if (isClosed) return
      const { answer, reply } = handlers()
      const { groupId, senderId, file } = message
      const target = groupId === undefined ? { personId: senderId } : { groupId }
      void answer(withOurTime(message, mayBeReplay)).then(
        replies => reply(target, file && replies.length === 0 ? unread(target) : replies),
        cause => log.error({ reason: reasonOf(cause) }, 'a message could not be answered'),
      )
    },
    /** Drops every further message. */
    close() {
      isClosed = true
    },
  }
}
