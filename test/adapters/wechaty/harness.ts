import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import { onTestFinished } from 'vitest'
import { createMovableClock } from '../../../src/adapters/clock.ts'
import type { ChatEcho, LineHandlers } from '../../../src/adapters/line/handlers.ts'
import { createMemoryStore } from '../../../src/adapters/memory.ts'
import { type LineOptions, openLine } from '../../../src/adapters/wechaty/line.ts'
import { createAlarms } from '../../../src/alarms.ts'
import { createKeyedQueue } from '../../../src/lib/queue.ts'
import type { Message, Reply, Target } from '../../../src/ports/chat.ts'
import { readCommunity } from '../../../src/sandbox/world/community.ts'
import { createWorld, type World } from '../../../src/sandbox/world/index.ts'
import { createQuietLog } from '../../conversation.ts'

export const group = 'youkongjian'
export const otherGroup = 'hengfeng'

export const settings = {
  WECHATY_PUPPET: 'sandbox',
  WECHATY_PUPPET_SERVICE_ENDPOINT: '',
  WECHATY_PUPPET_SERVICE_TOKEN: '',
  WECHATY_PUPPET_SERVICE_TLS_CA_CERT: '',
  WECHATY_PUPPET_SERVICE_NO_TLS_INSECURE_CLIENT: 'false' as const,
  STATE_DIR: join(tmpdir(), 'chuangke-line-test'),
  LINE_DING_MS: 5000,
  LINE_SILENCE_MS: 12_000,
  LINE_BACKOFF_FIRST_MS: 5000,
  LINE_BACKOFF_LAST_MS: 300_000,
}

/** Short ones, so that a dead line is noticed while a test waits for it. */
export const quickTimes = {
  startMs: 5000,
  slowMs: 4000,
  dingMs: 40,
  silenceMs: 400,
  firstBackOffMs: 20,
  lastBackOffMs: 200,
}

/** Resolves when it has come true; a test that waits in vain ends with Vitest's own timeout. */
export async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await new Promise(resolve => setTimeout(resolve, 5))
}

export function createTestClock() {
  const startAt = Temporal.Instant.from('2026-11-28T13:00:00+08:00')
  return createMovableClock({ startAt, isRunning: false })
}

/**
 * A line in this process, on a sandbox world of its own unless `more` says otherwise; stopped after the test.
 * @param onEnd the hook of a concurrent test, which is in its context. Default: that of the only test that runs.
 */
export async function openTestLine(
  answer: (message: Message) => Promise<Reply[]>,
  more: Partial<LineOptions & LineHandlers> = {},
  onEnd: typeof onTestFinished = onTestFinished,
) {
  const clock = createTestClock()
  const log = createQuietLog()
  const alarms = createAlarms({ clock, log })
  const world = await createWorld({
    store: createMemoryStore(),
    clock,
    community: readCommunity('data/community.yaml'),
  })
  const heard: Message[] = []
  const echoes: ChatEcho[] = []
  const hearing: { deafFrom?: string; how?: string; hearingFrom?: string }[] = []
  const unsaid: Target[] = []
  const conversations = createKeyedQueue()
  const notices: string[] = []
  const recalled: string[] = []
  const printed: string[] = []
  const line = openLine({
    settings,
    world,
    clock,
    log,
    alarms,
    print: text => void printed.push(text),
    ...more,
  })
  line.on({
    async answer(message) {
      heard.push(message)
      return answer(message)
    },
    onNotice: text => void notices.push(text),
    onRecalled: id => void recalled.push(id),
    onEcho: echo => void echoes.push(echo),
    onDisconnected: (from, how) => void hearing.push({ deafFrom: from.toString(), how }),
    onReconnected: at => void hearing.push({ hearingFrom: at.toString() }),
    onMessageLost: () => {},
    reply: (target, replies) =>
      void conversations.run(JSON.stringify(target), async () => {
        for (const one of replies) await line.chat.say(target, one, 20_000).catch(() => unsaid.push(target))
      }),
    ...more,
  })
  onEnd(() => line.stop())
  await line.start()
  return { line, world, clock, log, alarms, heard, notices, recalled, echoes, hearing, unsaid, printed }
}

/** The bot's messages in a group, oldest first. */
export async function botSaid(world: World, groupId: string): Promise<string[]> {
  const messages = await world.groupMessages(groupId)
  return messages.filter(({ from }) => from === world.botId).map(({ text, file }) => file?.name ?? text)
}
