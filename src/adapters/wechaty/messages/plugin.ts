import type { WechatyPlugin } from 'wechaty'
import { type payloads, types } from 'wechaty-puppet'
import type { PuppetInterface } from 'wechaty-puppet/impls'
import { type MaybePromise, withAll } from '../../../lib/promises.ts'
import { createKeyedQueue } from '../../../lib/queue.ts'
import { expiring } from '../../../lib/recently-used.ts'
import { type Log, reasonOf } from '../../../log.ts'
import type { Message, Target } from '../../../ports/chat.ts'
import type { Clock } from '../../../ports/clock.ts'
import { withDeadline } from '../../line/deadline.ts'
import type { MessageHandlers } from '../../line/handlers.ts'
import { createArrivals } from './arrivals.ts'
import type { ClockSkew } from './clock-skew.ts'
import type { Names } from './names.ts'
import type { OwnMessages, SentText } from './own-messages.ts'
import {
  instantOf,
  isPlatformNotice,
  isPrivateFile,
  isText,
  recalledId,
  targetOf,
  translate,
} from './translate.ts'
import { unreadWords } from './unread-words.ts'

type GroupBotParts = MessageHandlers & {
  puppet: PuppetInterface
  names: Names
  own: OwnMessages
  clock: Clock
  log: Log
  skew: ClockSkew
  /** Whether messages are dropped: the connection has ended, or the process is stopping. */
  isOver(): boolean
}

type GroupBot = {
  plugin: WechatyPlugin
  /** Resolves when every message that was announced so far is handed on, or lost. */
  drain(): Promise<void>
}

type ReadMessage = { isFromOffice: boolean; message: Message | undefined }

/** A message that the gateway cannot give holds up the others at most this long, ms. */
const readMs = 5000
/** An answer waits at most this long to learn whether its sender is a person, ms. */
const lookUpMs = 1000
/** Time limit for fetching a file, ms: 50 MB over a slow line. */
const fetchFileMs = 60_000
/** Unreadable messages within this time after the answer to one get none, ms: nine pictures in a row get one answer. */
const unreadableAgainMs = 10 * 60_000
const mostTold = 1000

/**
 * The whole bot as one Wechaty plugin. Wechaty does not wait for its listeners, and an exception in one ends the
 * process: so messages are put in order here, each conversation has a chain of its own, and every link of it ends
 * in a catch. A slow or throwing answer harms no other conversation.
 */
export function groupBot(parts: GroupBotParts): GroupBot {
  const { puppet, names, clock, log, answer } = parts
  const conversations = createKeyedQueue()
  const arrivals = createArrivals<payloads.Message>({
    waitMs: readMs,
    take: payload => void take(payload),
    lose,
  })
  /** Messages that were announced and are not handed on yet, by id. */
  const pending = new Map<string, PromiseWithResolvers<void>>()
  const toldUnreadable = expiring<true>(mostTold, { ttlMs: unreadableAgainMs })

  function handedOn(id: string) {
    pending.get(id)?.resolve()
    pending.delete(id)
  }

  function lose(id: string) {
    handedOn(id)
    log.warn({ message: id }, 'a message was announced and could not be read')
    parts.onMessageLost(clock.now().subtract({ milliseconds: readMs }))
  }

  /** Reads a message as soon as its id is announced: Wechaty looks up more of each message before it passes it on. */
  async function read(id: string) {
    // An echo that is to show the platform's time is read from the gateway.
    const text = parts.skew.isEchoTimeDue() ? undefined : await parts.own.find(id)
    // A puppet may also throw at once: the message would else hold the others up, and the process end.
    const payload = text
      ? echoOf(id, text, puppet.currentUserId)
      : await Promise.try(() => puppet.messagePayload(id)).catch(() => undefined)
    // A message read during the logout has no account to belong to, and counts as lost.
    if (payload && puppet.isLoggedIn) arrivals.read(id, payload)
    else arrivals.fail(id)
  }

  /** Never rejects. */
  async function take(payload: payloads.Message) {
    try {
      await route(payload)
    } catch (cause) {
      log.error({ reason: reasonOf(cause) }, 'a message could not be handed on')
    } finally {
      handedOn(payload.id)
    }
  }

  /** Resolves when it is handed on. */
  async function route(payload: payloads.Message) {
    const target = targetOf(payload, puppet.currentUserId)
    if (payload.text && isPlatformNotice(payload)) parts.onNotice(payload.text)
    if (payload.talkerId === puppet.currentUserId) return handleOwnMessage(payload, target)
    const recalled = recalledId(payload)
    if (recalled !== undefined) parts.onRecalled?.(recalled)
    // Looked up at once, handed on in order: slow names add up to one wait, not to one for each message.
    const read = readOne(payload, target)
    const at = clock.now()
    const sample = payload.timestamp
      ? parts.skew.note({
          sentAtMs: instantOf(payload.timestamp).epochMilliseconds,
          at,
          senderId: payload.talkerId,
        })
      : undefined
    return conversations.run(placeOf(target), async () => {
      const { isFromOffice, message } = read instanceof Promise ? await read : read
      if (isFromOffice) return
      const corrected = message && sample ? parts.skew.correct(message, sample) : message
      handle(payload, target, corrected instanceof Promise ? await corrected : corrected)
    })
  }

  function handleOwnMessage(payload: payloads.Message, target: Target) {
    const { id, text = '', timestamp } = payload
    parts.onEcho({ id, target, text, sentAt: instantOf(timestamp) })
  }

  /** @returns what its text says; undefined where it has none. */
  function readText(payload: payloads.Message): MaybePromise<Message | undefined> {
    if (isPrivateFile(payload)) return fileMessage(payload)
    if (!isText(payload)) return undefined
    const translated = translate(payload, { puppet, names, clock, lastName: parts.lastName })
    return withAll([translated], message => {
      const { groupId, senderId } = message
      const late = groupId === undefined ? undefined : names.late(groupId, senderId)
      void late?.then(senderName => senderName && parts.onLateName?.({ ...message, senderName }))
      return message
    })
  }

  async function fileMessage(payload: payloads.Message): Promise<Message> {
    const name = payload.filename || (payload.type === types.Message.Image ? '图片.jpg' : '文件')
    const message = await translate({ ...payload, text: '' }, { puppet, names, clock })
    const fetch = async () => {
      const box = await puppet.messageFile(payload.id)
      return new Uint8Array(await box.toBuffer())
    }
    const read = () => withDeadline(fetch(), fetchFileMs, 'fetching a file')
    return { ...message, text: `[文件] ${name}`, file: { name, read } }
  }

  /** Never rejects. */
  function readOne(payload: payloads.Message, target: Target): MaybePromise<ReadMessage> {
    function unreadable(cause: unknown) {
      log.error({ reason: reasonOf(cause) }, 'a message could not be read')
      return { isFromOffice: true, message: undefined }
    }
    try {
      const isFromOffice = 'groupId' in target ? false : isOfficial(payload.talkerId)
      const read = withAll([isFromOffice, readText(payload)], (is, message) => ({
        isFromOffice: is,
        message,
      }))
      return read instanceof Promise ? read.catch(unreadable) : read
    } catch (cause) {
      return unreadable(cause)
    }
  }

  /** Hands it on without waiting for the answer, which may itself wait for what comes next. */
  function handle(payload: payloads.Message, target: Target, message: Message | undefined) {
    if (!message) return tellUnreadable(payload, target)
    void answer(message).then(
      replies => {
        if (message.file && replies.length === 0) tellUnreadable(payload, target)
        else parts.reply(target, replies)
      },
      cause => log.error({ reason: reasonOf(cause) }, 'a message could not be answered'),
    )
  }

  function tellUnreadable(payload: payloads.Message, target: Target) {
    const text = unreadWords(payload.type)
    if ('groupId' in target || text === undefined || wasTold(target.personId, payload.type)) return
    parts.reply(target, [{ text }])
  }

  function wasTold(personId: string, type: payloads.Message['type']): boolean {
    const key = `${type}/${personId}`
    if (toldUnreadable.has(key)) return true
    toldUnreadable.set(key, true)
    return false
  }

  /**
   * News accounts and the like write in private too; they wait for no answer. Who cannot be looked up in
   * time is taken for a person.
   */
  async function isOfficial(personId: string): Promise<boolean> {
    try {
      const contact = await withDeadline(puppet.contactPayload(personId), lookUpMs, 'looking up a person')
      return contact.type === types.Contact.Official
    } catch (cause) {
      log.warn({ reason: reasonOf(cause) }, 'a person could not be looked up')
      return false
    }
  }

  const plugin: WechatyPlugin = () => {
    const onMessage = ({ messageId }: payloads.EventMessage) => {
      if (parts.isOver()) return
      if (!pending.has(messageId)) pending.set(messageId, Promise.withResolvers())
      arrivals.announce(messageId)
      void read(messageId)
    }
    const onRoomJoin = ({ roomId, inviteeIdList }: payloads.EventRoomJoin) => {
      const others = inviteeIdList.filter(id => id !== puppet.currentUserId)
      if (!parts.isOver() && others.length > 0) parts.onJoined?.(roomId, others)
    }
    puppet.on('message', onMessage)
    puppet.on('room-join', onRoomJoin)
    return () => {
      puppet.off('message', onMessage)
      puppet.off('room-join', onRoomJoin)
      arrivals.stop()
    }
  }
  return {
    plugin,
    drain: async () => void (await Promise.all([...pending.values()].map(one => one.promise))),
  }
}

/** Our own text as a gateway would give it, but for its time. */
function echoOf(id: string, { target, text }: SentText, botId: string): payloads.Message {
  const place = 'groupId' in target ? { roomId: target.groupId } : { listenerId: target.personId }
  return { id, ...place, talkerId: botId, text, type: types.Message.Text, timestamp: 0 } as payloads.Message
}

const placeOf = (target: Target) => ('groupId' in target ? target.groupId : target.personId)
