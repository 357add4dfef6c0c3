import { openConsole } from './app/console.ts'
import { openFeatures } from './app/features.ts'
import { type DataFiles, readDataFiles } from './app/files/files.ts'
import { checkSettings, inboundSettingsOf, openConsoleWarning } from './app/files/settings.ts'
import { lineHandlers } from './app/lines/handlers.ts'
import { openLines } from './app/lines/index.ts'
import { pushGroupsOf } from './app/lines/plan/settings.ts'
import { sayLines } from './app/lines/status.ts'
import { createBase, openPlatform, type Platform, type SharedStore } from './app/platform/platform.ts'
import { createStarts } from './app/platform/starts.ts'
import { createBot } from './bot.ts'
import { createClockWatch } from './clock-watch.ts'
import type { Config } from './config.ts'
import { localAdmin } from './console/login/office.ts'
import type { Console } from './console/server.ts'
import type { Feature } from './feature.ts'
import { createPersonTurns } from './inbound/person-turns.ts'
import { createJobRunner } from './jobs.ts'
import { type Log, reasonOf } from './log.ts'
import { ProcessedMessage } from './processed-messages.ts'

/** Handlers of messages received before the stop get this long; well within the four seconds of a stop. */
const drainLimitMs = 1500

/** A running bot, as its process sees it. */
export type App = {
  consoleUrl: string
  /** Where the console listens on this machine. */
  port: number
  /** Works once, for the person at the terminal. */
  loginLink: string
  /** The code that the first organizer types; undefined once there is one. */
  claimCode: string | undefined
  /** The line and its state, one sentence in Chinese. */
  line: string
  /** Ends everything in order, within four seconds whatever the line does. */
  stop(): Promise<void>
}

type Host = {
  log: Log
  print(text: string): void
  /** A store that this process has only for a time; without, the one of the settings. */
  shared?: SharedStore
  /** Read ahead, for this start alone; without, they are read now. */
  files?: DataFiles
  /** Called before the first message can arrive: from now on an end has to be in order. Default: no one asks. */
  stoppable?(stop: App['stop']): void
}

/**
 * Builds the parts and starts them: the store first, the line last, so that no message arrives before it can be
 * stored.
 * @throws an error named …Fault with one Chinese sentence that says what to do.
 */
export async function startApp(config: Config, host: Host): Promise<App> {
  const base = createBase(config, host.log)
  checkSettings(config, base.scheduler)
  const files = host.files ?? readDataFiles(config, base.scheduler)
  const platform = await openPlatform(config, base, host.shared)
  try {
    const parts = await openParts(config, platform, { files, print: host.print })
    return await start(parts, host)
  } catch (cause) {
    await platform.store.close()
    throw cause
  }
}

type Parts = Awaited<ReturnType<typeof openParts>>

async function openParts(config: Config, platform: Platform, sources: Parameters<typeof openLines>[2]) {
  const lines = await openLines(config, platform, sources)
  // The console shows the features' pages, and one feature makes log-in links to the console.
  let console: Console | undefined
  const turns = createPersonTurns()
  const features = await openFeatures({
    config,
    turns,
    platform,
    lines,
    files: sources.files,
    async createLoginLink(person) {
      if (!console) throw new Error('the console is not open yet')
      return console.createLoginLink(person)
    },
    endSessionsOf: async personIds => console?.endSessionsOf(personIds),
    hasAccount: async personIds => (await console?.hasAccount(personIds)) ?? false,
  })
  const bot = createBot({
    features: features.all,
    directory: features.people.directory,
    seen: platform.store.collection('taken', ProcessedMessage, [], { isHistory: true }),
    ...(platform.journal ? { journal: platform.journal } : {}),
    clock: platform.clock,
    log: platform.log,
    settings: inboundSettingsOf(config),
    metrics: platform.metrics,
    audit: platform.audit.trail,
    turns,
    onUnbound: features.people.groups.noteUnbound,
  })
  const { people, watch, all } = features
  const handled = { platform, lines, bot, people, watch, features: all }
  lines.router.on(line => lineHandlers(line, handled))
  const starts = createStarts(platform.log)
  const jobs = createJobRunner({ ...worksOf([...features.all, bot, starts]), ...platform })
  const clockWatch = createClockWatch({ alarms: platform.alarms, tickingSinceMs: jobs.tickingSinceMs })
  console = await openConsole({ config, platform, lines, features, jobs, clockWatch })
  return { config, platform, lines, features, bot, starts, jobs, clockWatch, console }
}

async function start(parts: Parts, { print, stoppable }: Host): Promise<App> {
  const { config, platform, lines, features, starts, jobs, clockWatch, console } = parts
  const { router, outbox, sandbox } = lines
  const consoleUrl = await console.listen({ host: config.HOST, port: config.PORT })
  const warning = openConsoleWarning(config)
  if (warning) print(warning)
  await starts.begin([
    async () => sandbox?.firstRun && features.people.setUpFirst(sandbox.firstRun),
    () => features.people.bindPushGroups(pushGroupsOf(config)),
    outbox.start,
    ...features.all.map(feature => async () => feature.start?.()),
  ])
  const stops: Stops = []
  let isEnding = false
  function end() {
    isEnding = true
    return stop(parts, stops)
  }
  stoppable?.(end)
  await router.start()
  if (!isEnding) stops.push(jobs.start(), clockWatch.start(), platform.alerts.start())
  return {
    consoleUrl,
    port: console.port(),
    loginLink: await console.createLoginLink(localAdmin('terminal', '本机')),
    claimCode: await features.people.openClaimCode(),
    line: sayLines(router, sandbox ? '模拟群（sandbox）' : config.WECHATY_PUPPET),
    stop: end,
  }
}

type Stops = ((() => unknown) | undefined)[]

async function stop({ platform, lines, features, bot, console }: Parts, stops: Readonly<Stops>) {
  const worksEnded = Promise.all(stops.toReversed().map(one => one?.()))
  // Received messages are still stored and answered.
  await lines.router.stopReceiving()
  await bot.drain(drainLimitMs)
  await worksEnded
  // A request under way ends when the web is closed.
  await platform.web.close()
  await Promise.all([lines.outbox.stop(), console.close()])
  await lines.router.stop()
  // One that cannot write must not keep the store from being closed.
  for (const ended of await Promise.allSettled(features.all.map(async feature => feature.stop?.())))
    if (ended.status === 'rejected')
      platform.log.error({ reason: reasonOf(ended.reason) }, 'a part did not stop in order')
  await platform.store.close()
  platform.journal?.close()
}

function worksOf(features: readonly Pick<Feature, 'jobs' | 'sweeps'>[]) {
  return {
    jobs: features.flatMap(feature => feature.jobs ?? []),
    sweeps: features.flatMap(feature => feature.sweeps ?? []),
  }
}
