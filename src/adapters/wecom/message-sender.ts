import { randomUUID } from 'node:crypto'
import { expiring } from '../../lib/recently-used.ts'
import type { Chat, Target } from '../../ports/chat.ts'
import { targetKey } from '../../ports/conversation-keys.ts'
import { wecomTraits } from '../../ports/line-traits.ts'
import { sayInOrder, textParts } from '../line/parts.ts'
import type { Callback } from './protocol/frames.ts'
import { toMarkdown } from './protocol/markdown.ts'
import { isReplyOver, refusalOf } from './protocol/refusals.ts'
import type { Requests } from './protocol/requests.ts'
import { upload } from './protocol/uploads.ts'

/** The first text within this time after a message is an answer to it; later texts are messages of their own. */
const answerMs = 5 * 60_000
/** Conversations whose last message may still be answered; of more, the oldest are forgotten. */
const mostConversations = 1000

export type WecomSender = Chat & {
  /** Notes that this message may be answered under its id. */
  heard(callback: Callback): void
}

/** Says things over one connection: answers as a finished stream, all else as a message of its own. */
export function createMessageSender(requests: Requests): WecomSender {
  const answerable = expiring<string>(mostConversations, { ttlMs: answerMs })

  async function push(target: Target, content: object, timeoutMs: number) {
    const [chatid, chat_type] = 'groupId' in target ? [target.groupId, 2] : [target.personId, 1]
    const body = { chatid, chat_type, ...content }
    const ack = await requests.ask({ cmd: 'aibot_send_msg', body, timeoutMs })
    if (ack.errcode !== 0) throw refusalOf(ack)
  }

  /** @returns whether the platform takes answers under this id */
  async function answer(reqId: string, content: string, timeoutMs: number): Promise<boolean> {
    const stream = { id: randomUUID(), finish: true, content }
    const body = { msgtype: 'stream', stream }
    const ack = await requests.ask({ cmd: 'aibot_respond_msg', reqId, body, timeoutMs })
    if (isReplyOver(ack)) return false
    if (ack.errcode !== 0) throw refusalOf(ack)
    return true
  }

  /**
   * The id of the last message here, each only once: the platform could take a second
   * answer for a change of the first.
   */
  function takeReqId(key: string): string | undefined {
    const reqId = answerable.get(key)
    answerable.delete(key)
    return reqId
  }

  async function sayText(target: Target, content: string, timeoutMs: number) {
    const reqId = takeReqId(targetKey(target))
    if (reqId !== undefined && (await answer(reqId, content, timeoutMs))) return
    await push(target, { msgtype: 'markdown', markdown: { content } }, timeoutMs)
  }

  return {
    heard({ headers, body }) {
      const { chatid, from } = body
      if (body.chattype === 'group' && chatid) answerable.set(targetKey({ groupId: chatid }), headers.req_id)
      else if (from) answerable.set(targetKey({ personId: from.userid }), headers.req_id)
    },
    async say(target, { text, file }, timeoutMs) {
      // The upload comes first: where it fails, nothing has been sent.
      const media = file && (await upload(file, requests, timeoutMs))
      const parts = text === undefined ? [] : textParts(toMarkdown(text), wecomTraits.text.maxBytes)
      const steps = parts.map(part => () => sayText(target, part, timeoutMs))
      if (media) {
        const { type, mediaId } = media
        steps.push(() => push(target, { msgtype: type, [type]: { media_id: mediaId } }, timeoutMs))
      }
      await sayInOrder(steps)
      return ''
    },
  }
}
