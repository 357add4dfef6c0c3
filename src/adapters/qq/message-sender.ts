import { type Chat, type ChatFile, DeadlineError, LineDownError, type Target } from '../../ports/chat.ts'
import { targetKey } from '../../ports/conversation-keys.ts'
import { qqTraits } from '../../ports/line-traits.ts'
import type { Line } from '../line/line.ts'
import { sayInOrder, textParts } from '../line/parts.ts'
import type { ApiAnswer, QqApi } from './api.ts'
import { isRefused, isReplyOver, isSentAlready, refusalOf } from './refusals.ts'
import type { createReplyBudget, Passive } from './replies.ts'

/** Begins a mention; taken out of the text, which may quote people. */
const mentionStart = /<(?=@|qqbot-)/gu

/** Between the ids of the parts of one message. */
const idSeparator = ' '

type Parts = { api: QqApi; budget: ReturnType<typeof createReplyBudget> }

/** Says things over the HTTP interface: as replies where a received message allows one, else on our own. */
export function createMessageSender({ api, budget }: Parts): Chat & Pick<Line, 'recall'> {
  const post = (path: string, body: unknown, timeoutMs: number): Promise<ApiAnswer> =>
    api.call({ method: 'POST', path, body, timeoutMs })

  /**
   * A reply that got no answer is sent once more: the platform tells a repeated one by its number. A no to the second
   * says nothing about the first.
   */
  async function reply(
    path: string,
    body: object,
    { passive, timeoutMs }: { passive: Passive; timeoutMs: number },
  ): Promise<{ answer: ApiAnswer; isSecond: boolean }> {
    const send = () => post(path, { ...body, ...passive }, timeoutMs / 2)
    try {
      return { answer: await send(), isSecond: false }
    } catch (unanswered) {
      if (!(unanswered instanceof DeadlineError)) throw unanswered
      const second = await send().catch(() => undefined)
      if (second && (isSentAlready(second) || !isRefused(second))) return { answer: second, isSecond: true }
      throw unanswered
    }
  }

  /** @returns the platform's answer; undefined where no received message allows a reply any more */
  async function replyOnce(target: Target, body: object, timeoutMs: number): Promise<ApiAnswer | undefined> {
    const [key, path] = [targetKey(target), messagesOf(target)]
    for (let passive = budget.take(key); passive; passive = budget.take(key)) {
      const { answer, isSecond } = await reply(path, body, { passive, timeoutMs })
      if (isReplyOver(answer)) budget.close(key, passive.msg_id)
      // At the first try the number was used up by another reply, for example before a restart.
      else if (isSecond || !isSentAlready(answer)) return answer
    }
    return undefined
  }

  async function sendOne(target: Target, body: object, timeoutMs: number): Promise<string> {
    const answer =
      (await replyOnce(target, body, timeoutMs)) ?? (await post(messagesOf(target), body, timeoutMs))
    if (isSentAlready(answer)) return ''
    if (isRefused(answer)) throw refusalOf(answer)
    if (typeof answer.id !== 'string') throw new DeadlineError('the answer names no message')
    return answer.id
  }

  async function upload(target: Target, file: ChatFile, timeoutMs: number): Promise<string> {
    const body = {
      file_type: file.mimeType.startsWith('image/') ? 1 : 4,
      file_data: Buffer.from(file.bytes).toString('base64'),
      file_name: file.name,
      srv_send_msg: false,
    }
    const answer = await post(`${rootOf(target)}/files`, body, timeoutMs).catch(cause => {
      throw new LineDownError('the upload broke off: nothing was said', { cause })
    })
    if (isRefused(answer)) throw refusalOf(answer)
    if (typeof answer.file_info !== 'string')
      throw new LineDownError('the answer to an upload has no file_info')
    return answer.file_info
  }

  return {
    async say(target, { text, mention = [], file }, timeoutMs) {
      // The upload comes first: where it fails, nothing has been sent.
      const media = file && (await upload(target, file, timeoutMs))
      const mentions = 'groupId' in target ? mention.map(id => `<qqbot-at-user id="${id}" />`).join('') : ''
      const parts = textParts(
        `${mentions}${(text ?? '').replace(mentionStart, '＜')}`,
        qqTraits.text.maxBytes,
      )
      const bodies: object[] = parts.map(content => ({ msg_type: 0, content }))
      if (media) bodies.push({ msg_type: 7, media: { file_info: media }, content: ' ' })
      const ids = await sayInOrder(bodies.map(body => () => sendOne(target, body, timeoutMs)))
      return ids.filter(id => id !== '').join(idSeparator)
    },
    async recall(target, messageId, timeoutMs) {
      const answers = await Promise.all(
        messageId.split(idSeparator).map(id => {
          const path = `${rootOf(target)}/messages/${encodeURIComponent(id)}`
          return api.call({ method: 'DELETE', path, timeoutMs }).catch(() => undefined)
        }),
      )
      return answers.every(answer => answer !== undefined && !isRefused(answer))
    },
  }
}

const messagesOf = (target: Target) => `${rootOf(target)}/messages`

const rootOf = (target: Target) =>
  'groupId' in target
    ? `/v2/groups/${encodeURIComponent(target.groupId)}`
    : `/v2/users/${encodeURIComponent(target.personId)}`
