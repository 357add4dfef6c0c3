import type { Temporal } from 'temporal-polyfill'
import type { Message, SentFile } from '../../../ports/chat.ts'
import type { Clock } from '../../../ports/clock.ts'
import { instantAt } from '../../../text/dates/time.ts'
import { readMentions } from '../../../text/names/mentions.ts'
import { readEncrypted } from '../encrypted-file.ts'
import type { CallbackBody } from './frames.ts'

/** The largest time that ECMAScript can hold, in seconds since 1970. */
const latestSeconds = 8_640_000_000_000

/** An account id that WeCom encrypted for this bot: people do not recognize it, so it is no name for them. */
const encryptedId = /^w[om][\w-]{20,}$/u

type Reading = { clock: Clock; botName: string }

/**
 * A message of the platform as the bot reads it. WeCom sends no names, so the account id stands for the sender's name.
 * WeCom passes on only those messages of a group that mention the bot.
 * @returns undefined for a message that has neither words nor, in private, a file
 */
export function messageOf(body: CallbackBody, { clock, botName }: Reading): Message | undefined {
  const isGroup = body.chattype === 'group' && body.chatid !== undefined
  const file = isGroup ? undefined : fileOf(body)
  const written = file ? `[文件] ${file.name}` : wordsOf(body)
  const senderId = body.from?.userid
  if (written === undefined || senderId === undefined || body.msgid === undefined) return undefined
  const receivedAt = clock.now()
  const setting = { botNames: botName ? [botName] : [], otherNames: [], isMentionedById: isGroup }
  const { text } = readMentions(written, setting)
  return {
    id: body.msgid,
    ...(isGroup && body.chatid ? { groupId: body.chatid } : {}),
    senderId,
    senderName: encryptedId.test(senderId) ? '' : senderId,
    text,
    mentionsBot: isGroup,
    ...(file ? { file } : {}),
    sentAt: timeOf(body.create_time) ?? receivedAt,
    receivedAt,
  }
}

/** @param seconds since 1970 */
function timeOf(seconds: number | undefined): Temporal.Instant | undefined {
  const isTime = seconds !== undefined && Number.isInteger(seconds) && Math.abs(seconds) < latestSeconds
  return isTime ? instantAt(seconds * 1000) : undefined
}

/** WeCom sends no file names. */
const fileNames = { image: '图片', file: '文件', video: '视频' } as const

function fileOf(body: CallbackBody): SentFile | undefined {
  const { msgtype } = body
  if (msgtype !== 'image' && msgtype !== 'file' && msgtype !== 'video') return undefined
  const encrypted = body[msgtype]
  return encrypted && { name: fileNames[msgtype], read: () => readEncrypted(encrypted) }
}

function wordsOf({ msgtype, text, voice, mixed }: CallbackBody): string | undefined {
  if (msgtype === 'text') return text?.content
  if (msgtype === 'voice') return voice?.content
  const words = mixed?.msg_item.flatMap(item => item.text?.content ?? []).join('\n')
  return words || undefined
}
