import { Temporal } from 'temporal-polyfill'
import { createMovableClock, type MovableClock, systemClock } from './adapters/clock.ts'
import { openLowdbStore } from './adapters/lowdb/index.ts'
import { createMemoryStore } from './adapters/memory.ts'
import { createNodeCron } from './adapters/node-cron.ts'
import { type Line, openLine } from './adapters/wechaty/line.ts'
import { createAlarms } from './alarms.ts'
import { type Bot, createBot } from './bot.ts'
import { type Config, ConfigFault } from './config.ts'
import type { Feature } from './feature.ts'
import { attendance } from './features/attendance/index.ts'
import { community, newClaimCode } from './features/community/index.ts'
import { digest } from './features/digest/index.ts'
import { faq } from './features/faq/index.ts'
import { help } from './features/help/index.ts'
import { login } from './features/login/index.ts'
import { createJobRunner, type JobRunner } from './jobs.ts'
import type { Log } from './log.ts'
import { createOutbox, type RunningOutbox } from './outbox/index.ts'
import type { Alarms } from './ports/alarms.ts'
import type { Clock } from './ports/clock.ts'
import type { Scheduler } from './ports/schedule.ts'
import type { Store } from './ports/store.ts'
import { createWorld, type World } from './sandbox/world.ts'
import { readCommunity } from './sandbox/world-community.ts'
import { Seen } from './seen.ts'

/** How long one message may be on its way before its outcome counts as unknown (field notes 4: say 20 s). */
const sayDeadlineMs = 20_000

const files = { community: 'data/community.yaml', digestItems: 'data/digest/items.yaml' }

/** A bot that runs, as the process that holds it sees it. */
export type App = {
  consoleUrl: string
  /** Works once, for whoever sits at the terminal. */
  loginLink: string
  /** What the first organizer types; undefined where there is one already. */
  claimCode: string | undefined
  /** Which line it is on and how that stands, one sentence. */
  line: string
  /** Ends everything in order, within four seconds whatever the line does. */
  stop(): Promise<void>
}

type Host = { log: Log; print(text: string): void }

/**
 * Puts the parts together and starts them: the store first, the line last, so that nothing is heard before it can
 * be kept.
 * @throws ConfigFault, StoreFault or LineFault with one Chinese sentence that says what to do.
 */
export async function startApp(config: Config, { log, print }: Host): Promise<App> {
  const isSandbox = config.WECHATY_PUPPET === 'sandbox'
  const sandboxClock = isSandbox ? createMovableClock({ startAt: Temporal.Now.instant(), isRunning: true }) : undefined
  const clock: Clock = sandboxClock ?? systemClock
  const scheduler = createNodeCron(log)
  checkCron(scheduler, config.DIGEST_CRON)
  const alarms = createAlarms({ clock, log })
  const store = await openStore(config, { alarms, log, clock })
  const world = isSandbox
    ? await createWorld({ store, clock, community: readCommunity(files.community) })
    : undefined

  const line = openLine({
    settings: config,
    world,
    answer: message => bot.answer(message),
    onEcho: echo => void outbox.echo({ messageId: echo.id, target: echo.target, text: echo.text }),
    clock,
    log,
    alarms,
    print,
  })
  const outbox = createOutbox({ store, chat: line.chat, clock, log, alarms, pace: paceOf(config) })
  const people = community({ store, clock, outbox, claimCode: newClaimCode() })
  const { directory, roster } = people

  const features: Feature[] = [
    people.feature,
    attendance({ store, clock, outbox, directory, roster }),
    digest({
      store,
      clock,
      outbox,
      directory,
      scheduler,
      cron: config.DIGEST_CRON,
      shelfLifeMinutes: config.DIGEST_SHELF_LIFE_MINUTES,
      itemsFile: files.digestItems,
    }),
    help({ features: () => features, directory }),
    faq({ answerer: await openAnswerer(), clock }),
  ]
  const bot = createBot({ features, directory, seen: store.collection('seen', Seen), clock, log })
  const jobs = createJobRunner({
    jobs: features.flatMap(feature => feature.jobs ?? []),
    sweeps: features.flatMap(feature => feature.sweeps ?? []),
    store,
    scheduler,
    clock,
    log,
  })
  await outbox.start()
  await line.start()
  const stopJobs = jobs.start()
