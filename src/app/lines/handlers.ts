import type { LineHandlers } from '../../adapters/line/handlers.ts'
import type { NamedLine } from '../../adapters/line/router.ts'
import type { Bot } from '../../bot.ts'
import type { Feature } from '../../feature.ts'
import type { Community } from '../../features/community/index.ts'
import type { LineWatch } from '../../features/line/index.ts'
import { reasonOf } from '../../log.ts'
import { isThrottleNotice } from '../../outbox/index.ts'
import type { Platform } from '../platform/platform.ts'
import type { ChatLines } from './index.ts'

type HandlerParts = {
  platform: Platform
  lines: ChatLines
  bot: Bot
  people: Community
  watch: LineWatch
  features: readonly Feature[]
}

/** Passes the events of one line on to the parts that handle them. */
export function lineHandlers({ name }: Pick<NamedLine, 'name'>, parts: HandlerParts): LineHandlers {
  const { platform, lines, bot, people, watch, features } = parts
  const { metrics, log } = platform
  const { outbox } = lines
  const warned = (what: string) => (cause: unknown) => log.warn({ reason: reasonOf(cause) }, what)
  return {
    async answer(message) {
      metrics.received()
      const startedAt = performance.now()
      const replies = await bot.answer(message)
      const seconds = (performance.now() - startedAt) / 1000
      // The answer goes out first.
      if (replies.length > 0) setImmediate(() => metrics.answered(seconds))
      // A new owner may answer by now.
      return platform.isOwner() ? replies : []
    },
    onNotice: text => void (isThrottleNotice(text) && outbox.throttled(name)),
    lastName: people.lastName,
    onLateName: message => void people.learnName(message).catch(warned('a name')),
    onJoined: (groupId, personIds) =>
      void people.newcomersJoined(groupId, personIds).catch(warned('newcomers')),
    onRecalled(messageId) {
      for (const feature of features) void feature.onRecalled?.(messageId).catch(warned('a recalled message'))
    },
    onEcho: echo => void outbox.echo({ messageId: echo.id, target: echo.target, text: echo.text }),
    onClockSkew: known => void lines.clockSkew.keep(name, known).catch(warned('the clock skew')),
    onDisconnected: (from, cause) => watch.onDisconnected(from, cause, name),
    onReconnected: at => watch.onReconnected(at, name),
    onMessageLost(from) {
      metrics.lost()
      watch.onMessageLost(from, name)
    },
    async reply(target, replies) {
      if (!(await outbox.reply(target, replies))) watch.onReplyFailed(target)
    },
  }
}
