import { z } from 'zod'
import type { Vitals } from '../adapters/prometheus.ts'
import type { LineHandlers } from '../adapters/wechaty/handlers.ts'
import { type Line, openLine } from '../adapters/wechaty/line.ts'
import type { Bot } from '../bot.ts'
import type { Config } from '../config.ts'
import { type Community, groupNames } from '../features/community/index.ts'
import type { LineWatch } from '../features/line/index.ts'
import { reasonOf } from '../log.ts'
import { createOutbox, isThrottleNotice, type RunningOutbox } from '../outbox/index.ts'
import type { Store } from '../ports/store.ts'
import type { DataFiles } from './files.ts'
import type { Platform } from './platform.ts'
import { openSandbox } from './sandbox.ts'
import { paceOf } from './settings.ts'

export type ChatLines = Awaited<ReturnType<typeof openLines>>

/** The line to the chat platform and the outbox that sends over it; neither runs yet. */
export async function openLines(
  config: Config,
  platform: Platform,
  { files, print }: { files: DataFiles; print(text: string): void },
) {
  const { store, clock, log, alarms, metrics } = platform
  const sandbox = await openSandbox(platform, files.simulatedCommunity)
  const clockSkew = openClockSkew(store)
  const knownSkew = await clockSkew.read()
  const line = openLine({ settings: config, world: sandbox?.world, knownSkew, clock, log, alarms, print })
  const isLineUp = () => line.status().state === 'up'
  const groupName = groupNames(store)
  const outbox = createOutbox({
    store,
    chat: line.chat,
    clock,
    log,
    alarms,
    pace: paceOf(config),
    metrics,
    isLineUp,
    upSince: () => (isLineUp() ? line.status().since : undefined),
    account: () => line.status().account ?? '',
    async nameOf(target) {
      if (!('groupId' in target)) return '一个私聊'
      return (await groupName(target.groupId)) ?? '已解绑的群'
    },
  })
  return { line, outbox, sandbox, clockSkew }
}

type HandlerParts = {
  platform: Platform
  lines: ChatLines
  bot: Bot
  people: Community
  watch: LineWatch
}

const SkewRecord = z.object({ skewMs: z.number(), isProven: z.boolean() })

/** How far the platform's clock was off; the one record `line/clock`. */
function openClockSkew(store: Store) {
  const records = store.collection('line-clock', SkewRecord)
  return {
    read: () => records.get('line/clock'),
    keep: (known: z.infer<typeof SkewRecord>) => records.update('line/clock', () => known),
  }
}

/** Where the line's events go. */
export function lineHandlers({ platform, lines, bot, people, watch }: HandlerParts): LineHandlers {
  const { metrics, log } = platform
  const { outbox } = lines
  return {
    async answer(message) {
      metrics.received()
      const startedAt = performance.now()
      const replies = await bot.answer(message)
      if (replies.length > 0) metrics.answered((performance.now() - startedAt) / 1000)
      return replies
    },
    onNotice: text => void (isThrottleNotice(text) && outbox.throttled()),
    lastName: people.lastName,
    onLateName: message =>
      void people.learnName(message).catch(cause => log.warn({ reason: reasonOf(cause) }, 'a name')),
    onJoined: (groupId, personIds) =>
      void people
        .newcomersJoined(groupId, personIds)
        .catch(cause => log.warn({ reason: reasonOf(cause) }, 'newcomers')),
    onEcho: echo => void outbox.echo({ messageId: echo.id, target: echo.target, text: echo.text }),
    onClockSkew: known =>
      void lines.clockSkew
        .keep(known)
        .catch(cause => log.warn({ reason: reasonOf(cause) }, 'the clock skew')),
    onDisconnected: watch.onDisconnected,
    onReconnected: watch.onReconnected,
    onMessageLost(from) {
      metrics.lost()
      watch.onMessageLost(from)
    },
    async reply(target, replies) {
      if (!(await outbox.reply(target, replies))) watch.onReplyFailed(target)
    },
  }
}

/** The figures that Prometheus reads. */
export async function readVitals(
  { clock, alarms, startedAt }: Platform,
  { line, outbox }: { line: Line; outbox: RunningOutbox },
  { gaps }: LineWatch,
): Promise<Vitals> {
  const now = clock.now()
  const { state, heardAt } = line.status()
  const { waiting, pause } = outbox.standing()
  return {
    isLineUp: state === 'up',
    heardAt,
    gaps: (await gaps.between(startedAt, now)).length,
    waiting,
    isPaused: pause !== undefined,
    alarms: alarms.list().length,
    now,
  }
}
