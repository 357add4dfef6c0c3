import { join } from 'node:path'
import { Hono } from 'hono'
import { Temporal } from 'temporal-polyfill'
import { createMovableClock, type MovableClock, systemClock } from './adapters/clock.ts'
import { createMemoryJournal, openFileJournal } from './adapters/journal.ts'
import { openLowdbStore } from './adapters/lowdb/index.ts'
import { measuredStore } from './adapters/measured-store.ts'
import { createMemoryStore } from './adapters/memory.ts'
import { createNodeCron } from './adapters/node-cron.ts'
import { createOpenAi, createOpenAiEmbeddings } from './adapters/openai.ts'
import { createPictures } from './adapters/pictures.ts'
import { createPrometheus, type Vitals } from './adapters/prometheus.ts'
import { createWeb, isNetwork } from './adapters/web/index.ts'
import { createWebhook } from './adapters/webhook.ts'
import { openLine } from './adapters/wechaty/line.ts'
import { createAlarms } from './alarms.ts'
import { createAlerts } from './alerts/index.ts'
import { createBot } from './bot.ts'
import { type Config, ConfigFault } from './config.ts'
import { choresOf } from './console/chores.ts'
import { alertsPage, healthRoutes } from './console/health.ts'
import { homePage } from './console/home.ts'
import { officePerson } from './console/office.ts'
import { createConsole } from './console/server.ts'
import type { Feature } from './feature.ts'
import { attendance } from './features/attendance/index.ts'
import { community, newClaimCode } from './features/community/index.ts'
import { openDesk, readDesks } from './features/desk/index.ts'
import { digest, ownSentences, writeLines } from './features/digest/index.ts'
import { openKnowledge, readQuestionSet } from './features/faq/editing/index.ts'
import { faq } from './features/faq/index.ts'
import { type KnowledgeFiles, readKnowledge } from './features/faq/knowledge.ts'
import { createMeaning, type Meaning } from './features/faq/meaning.ts'
import { rephrase } from './features/faq/rephrase.ts'
import { type Reword, rewordWith, verbatim } from './features/faq/situation.ts'
import { help } from './features/help/index.ts'
import { openItems, readSources, readTopics } from './features/items/index.ts'
import { line as lineWatch } from './features/line/index.ts'
import { loginFeature } from './features/login/index.ts'
import { questions } from './features/questions/index.ts'
import { tally } from './features/tally/index.ts'
import type { Habits } from './inbound/habits.ts'
import { burstWaits } from './inbound/questions.ts'
import { createJobRunner, cronDue } from './jobs.ts'
import { withLimits } from './language-limits.ts'
import type { Log } from './log.ts'
import { createOutbox, isThrottleNotice } from './outbox/index.ts'
import { outboxPrivacy } from './outbox/privacy.ts'
import type { Alarms } from './ports/alarms.ts'
import type { Clock } from './ports/clock.ts'
import type { LanguageModel } from './ports/language.ts'
import type { Scheduler } from './ports/schedule.ts'
import type { Store } from './ports/store.ts'
import { loadPrompt } from './prompts.ts'
import { sandboxRoom } from './sandbox/index.ts'
import { keepTime } from './sandbox/kept-time.ts'
import { createWorld, type World } from './sandbox/world.ts'
import { instructorsIn, readCommunity } from './sandbox/world-community.ts'
import { Seen } from './seen.ts'

const files = {
  community: 'data/community.yaml',
  desks: 'data/desks.yaml',
  digestItems: 'data/digest/items.yaml',
  topics: 'data/topics.yaml',
  faqQuestions: 'data/faq-questions.yaml',
}
const folders = { knowledge: 'data' }

/** Nobody waits for a digest that is composed a day before. */
const digestPatienceMs = 20_000

/** A question is answered in about a second; what vectors add is not worth more of it. */
const vectorPatienceMs = 800

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

type LimitParts = { store: Store; clock: Clock; log: Log; alarms: Alarms }

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
  if (config.OPENAI_API_KEY && !config.OPENAI_MODEL) {
    throw new ConfigFault('设置有误：填了 OPENAI_API_KEY，就要在 OPENAI_MODEL 写上模型的名字。')
  }
  const knowledge = readKnowledge(folders.knowledge)
  const faqQuestions = readQuestionSet(files.faqQuestions)
  const { desks } = readDesks(files.desks)
  const sources = readSources(config.SOURCES_FILE, cron => isCron(scheduler, cron))
  const topics = readTopics(files.topics)
  const publicWeb = webOf(config)
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
    const players = world.sandboxClock && readCommunity(files.community)
    const sandbox = players && (await createWorld({ store, clock, community: players }))
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
      onNotice: text => void (isThrottleNotice(text) && outbox.throttled()),
      onEcho: echo => void outbox.echo({ messageId: echo.id, target: echo.target, text: echo.text }),
      onDeaf: (from, how) => watch.onDeaf(from, how),
      onHearing: at => watch.onHearing(at),
      onLost(from) {
        metrics.lost()
        watch.onLost(from)
      },
      onUnsaid: target => watch.onUnsaid(target),
      clock,
      log,
      alarms,
      print,
    })
    const outbox = createOutbox({
      store,
      chat: line.chat,
      clock,
      log,
      alarms,
      pace: paceOf(config),
      metrics,
      isLineUp: () => line.status().state === 'up',
      account: () => line.status().account ?? '',
      nameOf: async target => {
        const group = 'groupId' in target ? await people.directory.group(target.groupId) : undefined
        return group?.name ?? ('groupId' in target ? '已解绑的群' : '一个私聊')
      },
    })
    const watch = lineWatch({ store, clock, outbox, status: line.status, features: () => features })
    const people = community({
      store,
      clock,
      outbox,
      scheduler,
      claimCode: newClaimCode(),
      line: () => ({ platform: config.WECHATY_PUPPET, account: line.account() }),
      features: () => features,
      keepsParty: config.KEEP_PARTY_MEMBERSHIP === 'yes',
      keepDays: {
        strangers: config.CHAT_PEOPLE_DAYS,
        attendance: config.ATTENDANCE_DAYS,
        exportLog: config.EXPORT_LOG_DAYS,
      },
    })
    const { directory } = people
    const shared = { store, clock, outbox, directory }
    const lessons = attendance({
      ...shared,
      roster: people.roster,
      gaps: watch.gaps,
      exports: people.exports,
      consoleUrl: config.CONSOLE_URL,
      scheduler,
      keepDays: { names: config.ATTENDANCE_DAYS, reasons: config.LEAVE_REASON_DAYS },
    })
    const programmes = new Map(knowledge.programmes.map(({ id, name }) => [id, name]))
    // One person plays all roles in the simulated groups, unless told otherwise.
    const isOnePerson =
      config.ONE_PERSON_REVIEW === 'true' || (sandbox !== undefined && config.ONE_PERSON_REVIEW === 'sandbox')
    const base = await openKnowledge({
      store,
      clock,
      alarms,
      scheduler,
      files: knowledge,
      questions: faqQuestions,
      meaning: meaningOf(config, { store, clock, log }),
      isGateOn: config.FAQ_RELEASE_GATE === 'true',
      isOnePerson,
      desks: desks.map(({ name }) => name),
      tellDesk: (desk, letter) => helpDesk.tellDesk(desk, letter),
    })
    const asked = questions({
      ...shared,
      roster: people.roster,
      scheduler,
      log,
      keepDays: config.QUESTION_LOG_DAYS,
      edits: base.edits,
      nameOfProgramme: id => programmes.get(id) ?? id,
    })
    const helpDesk = await openDesk({
      ...shared,
      roster: people.roster,
      alarms,
      desks,
      // The instructors of the file live in the simulated groups only; real ones are entered on the console.
      seed: players ? instructorsIn(players) : [],
      lastAsked: asked.lastAsked,
      keepDays: config.QUESTION_LOG_DAYS,
    })
    const model = modelOf(config, { store, clock, log, alarms })
    const toTell = await openItems({
      ...shared,
      scheduler,
      alarms,
      log,
      web: publicWeb,
      seedFile: files.digestItems,
      sources,
      tagWords: { programmes: wordsOf(knowledge), topics },
      nameOfProgramme: id => programmes.get(id) ?? id,
    })
    const sent = outboxPrivacy({ store, clock })
    const features: readonly Feature[] = [
      people.feature,
      people.groups.feature,
      lessons.feature,
      tally({
        book: lessons.book,
        roster: people.roster,
        directory,
        exports: people.exports,
        pictures: createPictures(),
        clock,
      }),
      digest({
        ...shared,
        scheduler,
        cron: config.DIGEST_CRON,
        shelfLifeMinutes: config.DIGEST_SHELF_LIFE_MINUTES,
        groups: people.groups.cards,
        items: toTell.items,
        pictures: createPictures(),
        writeLines: lineWriterOf(knowledge, model, { clock, log }),
        asked: asked.kept,
        mayAuthorApprove: isOnePerson,
      }),
      toTell.feature,
      loginFeature({ directory, createLoginLink: person => web.createLoginLink(person) }),
      help({ features: () => features, directory, tips }),
      helpDesk.feature,
      asked.feature,
      base.feature,
      faq({
        answerer: base.answerer,
        clock,
        reword: rewordingOf(config, knowledge, model, { clock, log }),
        handOver: helpDesk.handOver,
        asked: asked.noteAsked,
      }),
      watch.feature,
      {
        name: 'sent-messages',
        personal: sent,
        jobs: [
          {
            name: 'sent-retention',
            title: '',
            shelfLifeMinutes: 24 * 60,
            due: cronDue(scheduler, '10 4 * * *'),
            run: () => sent.forgetBefore(clock.now().subtract({ hours: 24 * config.SENT_TEXT_DAYS })),
          },
        ],
      },
    ]
    const seen = store.collection('taken', Seen)
    const journal = openJournal(config)
    const habits = habitsOf(config)
    const bot = createBot({ features, directory, seen, journal, clock, log, habits, metrics })
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
        // A look that waits for a site ends when the site is let go.
        await publicWeb.close()
        await Promise.all([line.stop(), web.close(), outbox.stop(), toTell.stop()])
        await watch.stop()
        await asked.settle()
        await store.close()
        journal.close()
      },
    }

    function openConsole() {
      const home = homePage({
        lineStatus: () => line.status(),
        alarms,
        jobs,
        directory,
        chores: () => choresOf(features, log),
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
          ...features.flatMap(feature => feature.pages ?? []),
          alertsPage({ alerts, clock }),
          ...(play ? [play.page] : []),
        ],
        open: [health, lessons.open, ...(play ? [play.open] : [])].reduce(
          (all, one) => all.route('/', one),
          new Hono(),
        ),
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
        isSending: () => outbox.standing().hold?.why === 'pace',
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
  if (isCron(scheduler, cron)) return
  throw new ConfigFault('设置有误：DIGEST_CRON 不是 cron 写法，例如每周五 16:30 写成 30 16 * * 5。')
}

function isCron(scheduler: Scheduler, cron: string): boolean {
  const now = Temporal.Now.instant()
  try {
    scheduler.slots(cron, now, now)
    return true
  } catch {
    return false
  }
}

/** A page of more than 5 MB is no notice, and who does not answer within 20 s will not be waited for. */
function webOf(config: Config) {
  const alsoAllowed = config.COLLECT_ALSO_ALLOWED.split(',')
    .map(each => each.trim())
    .filter(Boolean)
  if (!alsoAllowed.every(isNetwork)) {
    throw new ConfigFault('设置有误：COLLECT_ALSO_ALLOWED 要写成 10.1.2.0/24 这样的网段，用逗号隔开。')
  }
  const limits = { timeoutMs: 20_000, maxBytes: 5_000_000, maxRedirects: 5 }
  return createWeb({ ...limits, gapMs: config.COLLECT_GAP_MS, alsoAllowed })
}

/** What people call each programme. */
function wordsOf({ programmes, aliases }: Pick<KnowledgeFiles, 'programmes' | 'aliases'>) {
  const names = Object.entries(aliases.aliases)
  return programmes.map(({ id, name }) => ({
    id,
    words: [name, ...names.flatMap(([word, programme]) => (programme === id ? [word] : []))],
  }))
}

async function openStore(config: Config, parts: { alarms: Alarms; log: Log; clock: Clock }): Promise<Store> {
  return config.STORE === 'memory'
    ? createMemoryStore()
    : openLowdbStore({ folder: config.STATE_DIR, ...parts })
}

/** Claims of questions, for the seconds until the store has them. */
function openJournal(config: Config) {
  if (config.STORE === 'memory') return { ...createMemoryJournal(), close: () => {} }
  return openFileJournal(join(config.STATE_DIR, 'taken.journal'))
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
    throttleCodes: config.THROTTLE_CODES.split(/\s*,\s*/),
    quiet: {
      from: config.QUIET_FROM,
      until: config.QUIET_UNTIL,
      untilOnRestDays: config.QUIET_UNTIL_REST_DAYS,
    },
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

/** A language model where there is a key, under its daily limits. */
function modelOf(config: Config, parts: LimitParts): LanguageModel | undefined {
  if (!config.OPENAI_API_KEY) return undefined
  const endpoint = createOpenAi({
    apiKey: config.OPENAI_API_KEY,
    baseUrl: config.OPENAI_BASE_URL,
    model: config.OPENAI_MODEL,
  })
  return withLimits(endpoint, {
    ...parts,
    callsPerDay: config.MODEL_CALLS_PER_DAY,
    tokensPerDay: config.MODEL_TOKENS_PER_DAY,
  })
}

/** Compares questions by meaning, where a model for vectors is named. */
function meaningOf(config: Config, parts: Pick<LimitParts, 'store' | 'clock' | 'log'>): Meaning | undefined {
  if (!config.OPENAI_API_KEY || !config.OPENAI_EMBEDDING_MODEL) return undefined
  const embeddings = createOpenAiEmbeddings({
    apiKey: config.OPENAI_API_KEY,
    baseUrl: config.OPENAI_BASE_URL,
    model: config.OPENAI_EMBEDDING_MODEL,
  })
  return createMeaning({ embeddings, patienceMs: vectorPatienceMs, ...parts })
}

type ModelParts = Pick<LimitParts, 'clock' | 'log'>

/** Every name of every programme, by which the guard knows one from another. */
function namesIn({ aliases, programmes }: KnowledgeFiles): Map<string, string> {
  return new Map([
    ...Object.entries(aliases.aliases),
    ...programmes.map(({ name, id }): [string, string] => [name, id]),
  ])
}

/** A model's wording of the answers, where there is one; else the entries' own words. */
function rewordingOf(
  config: Config,
  knowledge: KnowledgeFiles,
  model: LanguageModel | undefined,
  parts: ModelParts,
): Reword {
  if (!model) return verbatim
  const prompt = loadPrompt('prompts/faq-answer.md')
  const patienceMs = config.FAQ_MODEL_PATIENCE_MS
  return rewordWith(rephrase({ model, prompt, names: namesIn(knowledge), patienceMs, ...parts }))
}

/** A model's lines for the items of a digest, where there is one; else the items' own sentences. */
function lineWriterOf(knowledge: KnowledgeFiles, model: LanguageModel | undefined, parts: ModelParts) {
  if (!model) return ownSentences
  const prompt = loadPrompt('prompts/digest-item.md')
  return writeLines({ model, prompt, names: namesIn(knowledge), patienceMs: digestPatienceMs, ...parts })
}

function partsOf(features: readonly Pick<Feature, 'jobs' | 'sweeps'>[]) {
  return {
    jobs: features.flatMap(feature => feature.jobs ?? []),
    sweeps: features.flatMap(feature => feature.sweeps ?? []),
  }
}
