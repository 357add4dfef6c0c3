import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { Message, SentFile } from '../../ports/chat.ts'
import type { Clock } from '../../ports/clock.ts'
import { readMentions } from '../../text/names/mentions.ts'
import { download } from '../line/download.ts'

const Mention = z.object({ is_you: z.boolean().optional(), username: z.string().optional() })

const Attachment = z.object({ url: z.string(), filename: z.string().default('') })

const QqMessage = z.object({
  id: z.string(),
  content: z.string().default(''),
  timestamp: z.string(),
  group_openid: z.string().optional(),
  author: z.object({
    member_openid: z.string().optional(),
    user_openid: z.string().optional(),
    username: z.string().optional(),
    bot: z.boolean().optional(),
  }),
  mentions: z.array(Mention).default([]),
  attachments: z.array(Attachment).default([]),
})

/** An event that carries a message, and whether it is told of because the bot was mentioned. */
export const messageEvents: Record<string, { isMention: boolean }> = {
  GROUP_AT_MESSAGE_CREATE: { isMention: true },
  GROUP_MESSAGE_CREATE: { isMention: false },
  C2C_MESSAGE_CREATE: { isMention: false },
}

const mentionTag = /<qqbot-at-user id="[^"]*"\s*\/>|<@!?[^>]*>/gu

/**
 * @returns the message as the bot reads it; undefined for what a bot said
 * @throws where it has another form
 */
export function messageOf(event: string, data: unknown, clock: Clock): Message | undefined {
  const message = QqMessage.parse(data)
  const { id, content, timestamp, group_openid, author, mentions } = message
  if (author.bot) return undefined
  const file = group_openid === undefined && content.trim() === '' ? fileOf(message) : undefined
  const senderId = group_openid === undefined ? author.user_openid : author.member_openid
  if (senderId === undefined) return undefined
  const isMention = messageEvents[event]?.isMention || mentions.some(({ is_you }) => is_you)
  const names = (mine: boolean) =>
    mentions.flatMap(({ is_you, username }) => (username && (is_you ?? false) === mine ? [username] : []))
  const setting = { botNames: names(true), otherNames: names(false), isMentionedById: isMention === true }
  const { text } = file
    ? { text: `[文件] ${file.name}` }
    : readMentions(content.replace(mentionTag, ' '), setting)
  const receivedAt = clock.now()
  return {
    id,
    ...(group_openid === undefined ? {} : { groupId: group_openid }),
    senderId,
    senderName: author.username ?? '',
    text,
    mentionsBot: isMention === true,
    ...(file ? { file } : {}),
    sentAt: timeOf(timestamp) ?? receivedAt,
    receivedAt,
  }
}

/** As large as documents that we read; QQ itself takes more. */
const mostFileBytes = 20 * 1024 * 1024

function fileOf({ attachments: [first] }: z.infer<typeof QqMessage>): SentFile | undefined {
  if (!first) return undefined
  const url = /^https?:/u.test(first.url) ? first.url : `https://${first.url.replace(/^\/\//u, '')}`
  return { name: first.filename || '文件', read: () => download(url, mostFileBytes) }
}

function timeOf(timestamp: string): Temporal.Instant | undefined {
  try {
    return Temporal.Instant.from(timestamp)
  } catch {
    return undefined
  }
}
