import type { Temporal } from 'temporal-polyfill'
import { type payloads, types } from 'wechaty-puppet'
import type { PuppetInterface } from 'wechaty-puppet/impls'
import { type MaybePromise, withAll } from '../../../lib/promises.ts'
import type { Message, Target } from '../../../ports/chat.ts'
import type { Clock } from '../../../ports/clock.ts'
import { instantAt } from '../../../text/dates/time.ts'
import { isChainXml, isQuoteXml, readMentions } from '../../../text/names/mentions.ts'
import type { LastName } from '../../line/handlers.ts'
import type { Names } from './names.ts'

/** Mentions of more people than this are not looked up one by one: it is a list, not an address. */
const maxMentions = 8

type Parts = { puppet: PuppetInterface; names: Names; clock: Clock; lastName?: LastName | undefined }

/** A message as the bot reads it, from the puppet's: names, times, and what is left without mentions. */
export function translate(payload: payloads.Message, parts: Parts): MaybePromise<Message> {
  const { names, clock, lastName } = parts
  const lastSeen = async () => (await lastName?.(payload.talkerId, payload.roomId || undefined)) ?? ''
  const orLastSeen = (name: MaybePromise<string | undefined>) =>
    name instanceof Promise ? name.then(found => found ?? lastSeen()) : (name ?? lastSeen())
  const receivedAt = clock.now()
  const shared = {
    id: payload.id,
    senderId: payload.talkerId,
    // A message without a time keeps none: one that is delivered again must not pass for one of this moment.
    sentAt: instantOf(payload.timestamp || 0),
    receivedAt,
  }
  if (!payload.roomId) {
    const people = [
      orLastSeen(names.person(payload.talkerId)),
      names.person(parts.puppet.currentUserId),
    ] as const
    return withAll(people, (senderName, botName) => {
      const setting = { botNames: botName ? [botName] : [], otherNames: [], isMentionedById: false }
      return { ...shared, senderName, ...readMentions(payload.text ?? '', setting) }
    })
  }
  const groupId = payload.roomId
  const inGroup = [
    names.group(groupId),
    orLastSeen(names.member(groupId, payload.talkerId)),
    readInGroup(payload, groupId, parts),
  ] as const
  return withAll(inGroup, (groupName, senderName, heard) => {
    const group = { groupId, ...(groupName ? { groupName } : {}) }
    return { ...shared, ...group, senderName, ...heard }
  })
}

function readInGroup(payload: payloads.Message, groupId: string, { puppet, names }: Parts) {
  const botId = puppet.currentUserId
  const mentioned = 'mentionIdList' in payload ? (payload.mentionIdList ?? []) : []
  const others = mentioned.filter(id => id !== botId)
  const known = [
    names.person(botId),
    names.member(groupId, botId),
    ...others.slice(0, maxMentions).map(id => names.member(groupId, id)),
  ]
  return withAll(known, (nickname, alias) => {
    const botNames = [nickname, alias].filter(name => name !== undefined)
    const hasMention = /[@＠]/.test(payload.text ?? '')
    const otherNames = hasMention ? names.seenIn(groupId).filter(name => !botNames.includes(name)) : []
    const setting = { botNames, otherNames, isMentionedById: mentioned.includes(botId) }
    return readMentions(payload.text ?? '', setting)
  })
}

/** The conversation of a message: the group, or the private chat with the other person. */
export function targetOf(payload: payloads.Message, botId: string): Target {
  if (payload.roomId) return { groupId: payload.roomId }
  return { personId: payload.talkerId === botId ? (payload.listenerId ?? '') : payload.talkerId }
}

/** Gateways give seconds or milliseconds: a number of seconds this large would be after the year 5000. */
export function instantOf(timestamp: number): Temporal.Instant {
  const ms = timestamp > 1e11 ? timestamp : timestamp * 1000
  return instantAt(Math.floor(ms))
}

const noticeTypes = new Set([types.Message.Unknown, types.Message.GroupNote])

/**
 * Whether the platform says this, and no member: it has a type that people cannot send. Some gateways name our own
 * account as its sender.
 * @see https://github.com/wechaty/friday/issues/89
 */
export function isPlatformNotice({ type, text = '' }: payloads.Message): boolean {
  return noticeTypes.has(type) && !/<appmsg\b/.test(text) && !isQuoteXml(text) && !isChainXml(text)
}

/** Some gateways give a quoting message, and a 接龙, another type than text. */
export function isText(payload: payloads.Message): boolean {
  const { type, text = '' } = payload
  return type === types.Message.Text || isQuoteXml(text) || isChainXml(text)
}

/**
 * The id of a message that its sender took back; undefined where this is no recall. Wechaty's contract is the bare id,
 * some gateways hand WeChat's XML through.
 */
export function recalledId({ type, text = '' }: payloads.Message): string | undefined {
  if (type !== types.Message.Recalled) return undefined
  const id = text.includes('<') ? /<newmsgid>([^<]+)<\/newmsgid>/u.exec(text)?.[1] : text
  return id?.trim() || undefined
}

export const isPrivateFile = ({ type, roomId }: payloads.Message) =>
  !roomId && (type === types.Message.Attachment || type === types.Message.Image)
