import { Hono } from 'hono'
import { type MovableClock, systemClock } from './adapters/clock.ts'
import { measuredStore } from './adapters/measured-store.ts'
import { createPictures } from './adapters/pictures.ts'
import { createPrometheus, type Vitals } from './adapters/prometheus.ts'
import { openLine } from './adapters/wechaty/line.ts'
import { lineWriterOf, meaningOf, modelOf, rewordingOf, wordsOf } from './app/models.ts'
import { checkCron, habitsOf, isCron, openConsoleWarning, paceOf } from './app/settings.ts'
import { alertsOver, createOuterWorld, openJournal, openStore, webOf } from './app/surroundings.ts'
import { createBot } from './bot.ts'
import { createClockWatch } from './clock-watch.ts'
import { type Config, ConfigFault } from './config.ts'
import { calendarPage } from './console/calendar.ts'
import { choresOf } from './console/chores.ts'
import { alertsPage, healthRoutes } from './console/health.ts'
import { homePage } from './console/home.ts'
import { officePerson } from './console/office.ts'
import { createConsole } from './console/server.ts'
import type { Feature } from './feature.ts'
import { attendance } from './features/attendance/index.ts'
import { community, newClaimCode } from './features/community/index.ts'
import { openDesk, readDesks } from './features/desk/index.ts'
import { digest } from './features/digest/index.ts'
import { openKnowledge, readQuestionSet } from './features/faq/editing/index.ts'
import { faq } from './features/faq/index.ts'
import { readKnowledge } from './features/faq/knowledge.ts'
import { help } from './features/help/index.ts'
import { openItems, readSources, readTopics } from './features/items/index.ts'
import { line as lineWatch } from './features/line/index.ts'
import { loginFeature } from './features/login/index.ts'
import { matching } from './features/matching/index.ts'
import { questions } from './features/questions/index.ts'
import { tally } from './features/tally/index.ts'
import { createJobRunner, cronDue } from './jobs.ts'
import { type Log, reasonOf } from './log.ts'
import { readMatching } from './matching/load.ts'
import { createOutbox, isThrottleNotice } from './outbox/index.ts'
import { outboxPrivacy } from './outbox/privacy.ts'
import type { Store } from './ports/store.ts'
import { sandboxRoom } from './sandbox/index.ts'
import { keepTime } from './sandbox/kept-time.ts'
import { createWorld, type World } from './sandbox/world.ts'
import { firstRunOf, instructorsIn, readCommunity } from './sandbox/world-community.ts'
import { Seen } from './seen.ts'

const files = {
  community: 'data/community.yaml',
  desks: 'data/desks.yaml',
  digestItems: 'data/digest/items.yaml',
  topics: 'data/topics.yaml',
  faqQuestions: 'data/faq-questions.yaml',
}
const folders = { knowledge: 'data' }

/** Handlers that a message received before the stop waits for; well within the four seconds of a stop. */
const drainLimitMs = 1500

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
  if (config.OPENAI_API_KEY && !config.OPENAI_MODEL) {
    throw new ConfigFault('设置有误：填了 OPENAI_API_KEY，就要在 OPENAI_MODEL 写上模型的名字。')
  }
  const knowledge = readKnowledge(folders.knowledge)
  const faqQuestions = readQuestionSet(files.faqQuestions)
  const { rules: matchingRules } = readMatching(folders.knowledge)
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
      lastName: (senderId, groupId) => people.lastName(senderId, groupId),
      onLateName: message =>
        void people.learnName(message).catch(cause => log.warn({ reason: reasonOf(cause) }, 'a name')),
      onEcho: echo => void outbox.echo({ messageId: echo.id, target: echo.target, text: echo.text }),
      onDeaf: (from, how) => watch.onDeaf(from, how),
      onHearing: at => watch.onHearing(at),
      onLost(from) {
        metrics.lost()
        watch.onLost(from)
      },
      onUnsaid(target, cause) {
        watch.onUnsaid(target)
        void outbox.replyFailed(cause)
      },
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
      upSince: () => (line.status().state === 'up' ? line.status().since : undefined),
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
      directory,
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
    const offices = new Map(knowledge.programmes.map(({ id, offices }) => [id, offices]))
    const matchingFeature = matching({
      ...shared,
      roster: people.roster,
      scheduler,
      rules: matchingRules,
      aliases: new Map(Object.entries(knowledge.aliases.aliases)),
      async instructs(chatId, space) {
        const groups = await helpDesk.groupsOfInstructor(chatId)
        if (!groups || groups.length === 0 || space === '') return groups !== undefined
        const cards = await people.groups.cards.all()
        return cards.some(card => groups.includes(card.id) && card.space === space)
      },
      officesOf: id => offices.get(id) ?? [],
    })
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
      companiesFor: matchingFeature.companiesFor,
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
      matchingFeature.feature,
      faq({
        answerer: base.answerer,
        clock,
        reword: rewordingOf(config, knowledge, model, { clock, log }),
        handOver: helpDesk.handOver,
        asked: asked.noteAsked,
        offerAfter: matchingFeature.offerAfter,
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
    const seen = store.collection('taken', Seen, [], { isHistory: true })
    const journal = openJournal(config)
    const habits = habitsOf(config)
    const bot = createBot({ features, directory, seen, journal, clock, log, habits, metrics })
    const jobs = createJobRunner({ ...partsOf([...features, bot]), store, scheduler, clock, log })
    const clockWatch = createClockWatch({ alarms, lookingSinceMs: jobs.lookingSinceMs })
    const web = await openConsole()

    const consoleUrl = await web.listen({ host: config.HOST, port: config.PORT })
    const warning = openConsoleWarning(config)
    if (warning) print(warning)
    const first = players && firstRunOf(players)
    if (first) await people.setUpFirst(first)
    await outbox.start()
    await watch.start()
    await line.start()
    const stopJobs = jobs.start()
    const stopClockWatch = clockWatch.start()
    const stopAlerts = alerts?.start()
    const { note } = line.status()
    return {
      consoleUrl,
      loginLink: await web.createLoginLink(officePerson('terminal', '本机')),
      claimCode: await people.openClaimCode(),
      line: sandbox ? `模拟群（sandbox）：${note}` : `${config.WECHATY_PUPPET}：${note}`,
      async stop() {
        stopAlerts?.()
        stopClockWatch()
        await stopJobs()
        // A look that waits for a site ends when the site is let go.
        await publicWeb.close()
        await Promise.all([line.stop(), web.close(), outbox.stop(), toTell.stop()])
        await bot.drain(drainLimitMs)
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
        jobs: () => clockWatch.jobs(),
        metrics: readMetrics,
        token: config.METRICS_TOKEN,
      })
      const play = sandbox && world.sandboxClock && playground(sandbox, world.sandboxClock)
      return createConsole({
        pages: [
          home,
          ...features.flatMap(feature => feature.pages ?? []),
          calendarPage({ features: () => features, clock, log }),
          alertsPage({ alerts, clock }),
          ...(play ? [play.page] : []),
        ],
        open: [health, lessons.open, matchingFeature.open, ...(play ? [play.open] : [])].reduce(
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

function partsOf(features: readonly Pick<Feature, 'jobs' | 'sweeps'>[]) {
  return {
    jobs: features.flatMap(feature => feature.jobs ?? []),
    sweeps: features.flatMap(feature => feature.sweeps ?? []),
  }
}
