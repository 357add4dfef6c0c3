import { Hono } from 'hono'
import { Temporal } from 'temporal-polyfill'
import { createMovableClock, type MovableClock, systemClock } from './adapters/clock.ts'
import { openLowdbStore } from './adapters/lowdb/index.ts'
import { measuredStore } from './adapters/measured-store.ts'
import { createMemoryStore } from './adapters/memory.ts'
import { createNodeCron } from './adapters/node-cron.ts'
import { createPrometheus, type Vitals } from './adapters/prometheus.ts'
import { createWebhook } from './adapters/webhook.ts'
import { openLine } from './adapters/wechaty/line.ts'
import { createAlarms } from './alarms.ts'
import { createAlerts } from './alerts/index.ts'
import { createBot } from './bot.ts'
import { type Config, ConfigFault } from './config.ts'
import { alertsPage, healthRoutes } from './console/health.ts'
import { homePage } from './console/home.ts'
import { officePerson } from './console/office.ts'
import { createConsole } from './console/server.ts'
import type { Feature } from './feature.ts'
import { attendance } from './features/attendance/index.ts'
import { community, newClaimCode } from './features/community/index.ts'
import { digest } from './features/digest/index.ts'
import { createAnswerer } from './features/faq/answers.ts'
import { faq } from './features/faq/index.ts'
import { loadKnowledge } from './features/faq/knowledge.ts'
import { finderOver } from './features/faq/shelf.ts'
import { help } from './features/help/index.ts'
import { line as lineWatch } from './features/line/index.ts'
import { loginFeature } from './features/login/index.ts'
import type { Habits } from './inbound/habits.ts'
import { burstWaits } from './inbound/questions.ts'
import { createJobRunner } from './jobs.ts'
import type { Log } from './log.ts'
import { createOutbox } from './outbox/index.ts'
import type { Alarms } from './ports/alarms.ts'
import type { Clock } from './ports/clock.ts'
import type { Scheduler } from './ports/schedule.ts'
import type { Store } from './ports/store.ts'
import { sandboxRoom } from './sandbox/index.ts'
import { keepTime } from './sandbox/kept-time.ts'
import { createWorld, type World } from './sandbox/world.ts'
import { readCommunity } from './sandbox/world-community.ts'
import { Seen } from './seen.ts'

const files = { community: 'data/community.yaml', digestItems: 'data/digest/items.yaml' }
const folders = { knowledge: 'data' }

const tips = ['想问政策、补贴、项目申报：@我，直接打字问（私聊不用 @）']

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
 * @throws an error named …Fault with one Chinese sentence that says what to do.
 */
export async function startApp(config: Config, { log, print }: Host): Promise<App> {
  const world = createOuterWorld(config, log)
  const { clock, scheduler, alarms } = world
  checkCron(scheduler, config.DIGEST_CRON)
  const knowledge = loadKnowledge(folders.knowledge)
  const store = await openStore(config, world)
  try {
    return await startOn(store)
  } catch (cause) {
    await store.close()
    throw cause
  }

  async function startOn(plainStore: Store): Promise<App> {
    const startedAt = clock.now()
    const { metrics, read: readMetrics } = createPrometheus(vitals)
    const store = measuredStore(plainStore, metrics)
    const alerts = config.ALERT_WEBHOOK_URL ? alertsOver(config, world) : undefined
    const saveTime =
      world.sandboxClock && (await keepTime({ store, clock, move: world.sandboxClock.forward }))
    const sandbox =
      world.sandboxClock && (await createWorld({ store, clock, community: readCommunity(files.community) }))
    const line = openLine({
      settings: config,
      world: sandbox,
      async answer(message) {
        metrics.received()
        const heardAt = performance.now()
        const replies = await bot.answer(message)
        if (replies.length > 0) metrics.answered((performance.now() - heardAt) / 1000)
        return replies
      },
      onEcho: echo => void outbox.echo({ messageId: echo.id, target: echo.target, text: echo.text }),
      onDeaf: (from, how) => watch.onDeaf(from, how),
      onHearing: at => watch.onHearing(at),
      onLost: metrics.lost,
      onUnsaid: target => watch.onUnsaid(target),
      clock,
      log,
      alarms,
      print,
    })
    const outbox = createOutbox({ store, chat: line.chat, clock, log, alarms, pace: paceOf(config), metrics })
    const watch = lineWatch({ store, clock, outbox, status: line.status, features: () => features })
    const people = community({ store, clock, outbox, claimCode: newClaimCode() })
    const { directory } = people
    const shared = { store, clock, outbox, directory }
    const features: readonly Feature[] = [
      people.feature,
      attendance({ ...shared, roster: people.roster }),
      digest({
        ...shared,
        scheduler,
        cron: config.DIGEST_CRON,
        shelfLifeMinutes: config.DIGEST_SHELF_LIFE_MINUTES,
        itemsFile: files.digestItems,
      }),
      loginFeature({ directory, createLoginLink: person => web.createLoginLink(person) }),
      help({ features: () => features, directory, tips }),
      faq({ answerer: createAnswerer(knowledge, finderOver(knowledge)), clock }),
      watch.feature,
    ]
    const seen = store.collection('taken', Seen)
    const bot = createBot({ features, directory, seen, clock, log, habits: habitsOf(config), metrics })
    const jobs = createJobRunner({ ...partsOf([...features, bot]), store, scheduler, clock, log })
    const web = await openConsole()

    const consoleUrl = await web.listen({ host: config.HOST, port: config.PORT })
    await outbox.start()
    await watch.start()
    await line.start()
    const stopJobs = jobs.start()
    const stopAlerts = alerts?.start()
    const { note } = line.status()
    return {
      consoleUrl,
      loginLink: await web.createLoginLink(officePerson('terminal', '本机')),
      claimCode: await people.openClaimCode(),
      line: sandbox ? `模拟群（sandbox）：${note}` : `${config.WECHATY_PUPPET}：${note}`,
      async stop() {
        stopAlerts?.()
        await stopJobs()
        await Promise.all([line.stop(), web.close(), outbox.stop()])
        await watch.stop()
        await store.close()
      },
    }

    function openConsole() {
      const home = homePage({
        lineStatus: () => line.status(),
        alarms,
        jobs,
        directory,
        clock,
        claimCode: () => people.openClaimCode(),
      })
      const health = healthRoutes({
        line: () => line.status(),
        metrics: readMetrics,
        token: config.METRICS_TOKEN,
      })
      const play = sandbox && world.sandboxClock && playground(sandbox, world.sandboxClock)
      return createConsole({
        pages: [
          home,
          ...features.flatMap(feature => feature.page ?? []),
          alertsPage({ alerts, clock }),
          ...(play ? [play.page] : []),
        ],
        open: play ? new Hono().route('/', health).route('/', play.open) : health,
        ...(play ? { assets: play.assets } : {}),
        frame: () => ({ line: line.status(), alarms: alarms.list() }),
        directory,
        store,
        clock: systemClock,
        log,
        password: config.CONSOLE_PASSWORD,
        publicUrl: config.CONSOLE_URL,
      })
    }

    async function vitals(): Promise<Vitals> {
      const now = clock.now()
      const { state, heardAt } = line.status()
      const { waiting, pause } = outbox.standing()
      const gaps = await watch.gaps.between(startedAt, now)
      return {
        isLineUp: state === 'up',
        heardAt,
        gaps: gaps.length,
        waiting,
        isPaused: pause !== undefined,
        alarms: alarms.list().length,
        now,
      }
    }

    function playground(groups: World, movable: MovableClock) {
      return sandboxRoom({
        world: groups,
        clock: movable,
        jobs,
        isSending: () => outbox.standing().pause === undefined && outbox.standing().waiting > 0,
        onMoved: async () => saveTime?.(),
        directory,
        claimCode: () => people.openClaimCode(),
      })
    }
  }
}

type OuterWorld = ReturnType<typeof createOuterWorld>

/** The sandbox's clock can be moved; any other line has the world's. */
function createOuterWorld(config: Config, log: Log) {
  const isSandbox = config.WECHATY_PUPPET === 'sandbox'
  const sandboxClock = isSandbox
    ? createMovableClock({ startAt: Temporal.Now.instant(), isRunning: true })
    : undefined
  const clock: Clock = sandboxClock ?? systemClock
  return { sandboxClock, clock, log, scheduler: createNodeCron(log), alarms: createAlarms({ clock, log }) }
}

function alertsOver(config: Config, { alarms, clock, log }: Pick<OuterWorld, 'alarms' | 'clock' | 'log'>) {
  const road = createWebhook({
    kind: config.ALERT_WEBHOOK_KIND,
    url: config.ALERT_WEBHOOK_URL,
    secret: config.ALERT_WEBHOOK_SECRET,
    template: config.ALERT_WEBHOOK_TEMPLATE,
  })
  const patience = { settleSeconds: config.ALERT_AFTER_SECONDS, againMinutes: config.ALERT_AGAIN_MINUTES }
  return createAlerts({ alarms, road, clock, log, patience })
}

function checkCron(scheduler: Scheduler, cron: string) {
  const now = Temporal.Now.instant()
  try {
    scheduler.slots(cron, now, now)
  } catch (cause) {
    throw new ConfigFault('设置有误：DIGEST_CRON 不是 cron 写法，例如每周五 16:30 写成 30 16 * * 5。', {
      cause,
    })
  }
}

async function openStore(config: Config, parts: { alarms: Alarms; log: Log; clock: Clock }): Promise<Store> {
  return config.STORE === 'memory'
    ? createMemoryStore()
    : openLowdbStore({ folder: config.STATE_DIR, ...parts })
}

function paceOf(config: Config) {
  return {
    sameGroupGapMs: config.SAME_GROUP_GAP_MS,
    nextGroupGapMinMs: config.NEXT_GROUP_GAP_MIN_MS,
    nextGroupGapMaxMs: config.NEXT_GROUP_GAP_MAX_MS,
    sayDeadlineMs: config.SAY_DEADLINE_MS,
    random: Math.random,
    perMinute: config.SENDS_PER_MINUTE,
    perDay: config.SENDS_PER_DAY,
    firstWeekDivisor: config.FIRST_WEEK_DIVISOR,
    failuresToPause: config.FAILURES_TO_PAUSE,
    pauseMinutes: config.FAILURE_PAUSE_MINUTES,
  }
}

function habitsOf(config: Config): Habits {
  return {
    staleMinutes: config.STALE_MINUTES,
    limits: {
      perPersonPerMinute: config.ANSWERS_PER_PERSON_PER_MINUTE,
      perGroupPerMinute: config.ANSWERS_PER_GROUP_PER_MINUTE,
    },
    waits: burstWaits,
  }
}

function partsOf(features: readonly Pick<Feature, 'jobs' | 'sweeps'>[]) {
  return {
    jobs: features.flatMap(feature => feature.jobs ?? []),
    sweeps: features.flatMap(feature => feature.sweeps ?? []),
  }
}
