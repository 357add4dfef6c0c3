import { z } from 'zod'
import { recentlyUsed } from '../../lib/recently-used.ts'
import { targetKey } from '../../ports/conversation-keys.ts'
import { qqTraits } from '../../ports/line-traits.ts'
import type { Line } from '../line/line.ts'
import type { SessionHandlers } from '../line/session.ts'
import { openSessionLine, type SessionLineOptions } from '../line/session-line.ts'
import { createQqApi, type QqSettings } from './api.ts'
import { createMessageSender } from './message-sender.ts'
import { messageEvents, messageOf } from './messages.ts'
import { createReplyBudget } from './replies.ts'
import { openQqSession, type Resumption } from './session.ts'
import { createTakeOverWatch } from './take-over.ts'

type QqOptions = Omit<SessionLineOptions, 'name' | 'traits' | 'open'> & {
  settings: QqSettings
  connectMs?: number
}

const mostGroups = 10_000
const InGroup = z.object({ group_openid: z.string() })

/** The line of an official QQ bot, API v2 over its WebSocket gateway. */
export function openQqLine({ settings, connectMs = 10_000, ...options }: QqOptions): Line {
  const api = createQqApi(settings)
  const budget = createReplyBudget()
  const chat = createMessageSender({ api, budget })
  const takeOvers = createTakeOverWatch()
  const alarm = `line-${options.title}-shared`
  const kept: { resumption: Resumption | undefined } = { resumption: undefined }
  /** Groups whose owner lets the bot hear everything: learnt from what comes in. */
  const receivingAll = recentlyUsed<true>(mostGroups)

  function handleEvent(name: string, data: unknown, handlers: SessionHandlers) {
    if (!(name in messageEvents)) return forget(name, data)
    const message = messageOf(name, data, options.clock)
    if (!message) return
    const { groupId, senderId, id, mentionsBot } = message
    if (groupId !== undefined && !mentionsBot) receivingAll.set(groupId, true)
    budget.noteReceived(targetKey(groupId === undefined ? { personId: senderId } : { groupId }), id)
    handlers.onMessage(message)
  }

  function onShared(isShared: boolean) {
    if (isShared) options.alarms.raise(alarm, sharedText(options.title))
    else options.alarms.clear(alarm)
  }

  function forget(name: string, data: unknown) {
    const group = InGroup.safeParse(data)
    if (group.success && name === 'GROUP_DEL_ROBOT') receivingAll.delete(group.data.group_openid)
  }

  return openSessionLine({
    ...options,
    name: 'qq',
    traits: target =>
      'groupId' in target && receivingAll.has(target.groupId) ? { ...qqTraits, receives: 'all' } : qqTraits,
    open: handlers =>
      openQqSession(
        {
          api,
          chat,
          connectMs,
          kept,
          takeOvers,
          onShared,
          onEvent: (name, data) => handleEvent(name, data, handlers),
        },
        handlers,
      ),
  })
}

const sharedText = (title: string) =>
  `聊天线路「${title}」：有别的程序也用这个 QQ 机器人连上了，群里的话可能有一半到不了这里。请停掉另一个程序，或者在 QQ 开放平台重置 AppSecret。`
