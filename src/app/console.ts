import { Hono } from 'hono'
import { systemClock } from '../adapters/clock.ts'
import type { ClockWatch } from '../clock-watch.ts'
import type { Config } from '../config.ts'
import { choresOf } from '../console/chores.ts'
import { createClientAddress } from '../console/client-address.ts'
import { healthRoutes } from '../console/health.ts'
import { homePage } from '../console/home.ts'
import { mayTrustLoopback } from '../console/local-scripts.ts'
import { alertsPage } from '../console/overview/alerts.ts'
import { calendarPage } from '../console/overview/calendar.ts'
import { licencesPage } from '../console/overview/licences.ts'
import { reportPage } from '../console/overview/report.ts'
import { searchPage } from '../console/overview/search.ts'
import { settingsPage } from '../console/overview/settings.ts'
import { createConsole } from '../console/server.ts'
import type { JobRunner } from '../jobs.ts'
import { sandboxRoutes } from '../sandbox/index.ts'
import type { Features } from './features.ts'
import type { ChatLines } from './lines/index.ts'
import { overallStatus } from './lines/status.ts'
import { readProcessMetrics } from './lines/vitals.ts'
import type { Platform } from './platform/platform.ts'

type Parts = {
  config: Config
  platform: Platform
  lines: ChatLines
  features: Features
  jobs: JobRunner
  clockWatch: ClockWatch
}

/** The console over all features; in the sandbox, with the page of the simulated groups. */
export function openConsole(parts: Parts) {
  const { config, platform, lines, features } = parts
  const { alarms, clock, log, store } = platform
  const sandbox = openSandboxPage(parts)
  const open = [healthOf(parts), lines.pages.open, ...features.open, ...(sandbox ? [sandbox.open] : [])]
  const pagesOfFeatures = features.all.flatMap(feature => feature.pages ?? [])
  return createConsole({
    pages: [
      homeOf(parts),
      ...pagesOfFeatures,
      calendarPage({ features: () => features.all, clock, log }),
      reportPage({ features: () => features.all, clock, log }),
      searchPage({ features: () => features.all, pages: () => pagesOfFeatures, log }),
      alertsPage({ settings: platform.alerts, clock }),
      settingsPage({ settings: platform.settings, clock }),
      licencesPage(),
      ...(sandbox ? [sandbox.page] : []),
    ],
    open: open.reduce((all, one) => all.route('/', one), new Hono()),
    ...(sandbox ? { assets: sandbox.assets } : {}),
    frame: () => ({ line: overallStatus(lines.router), alarms: alarms.list() }),
    directory: features.people.directory,
    audit: platform.audit.trail,
    store,
    clock: systemClock,
    log,
    password: config.CONSOLE_PASSWORD,
    publicUrl: config.CONSOLE_URL,
    siteUrl: config.PUBLIC_URL,
    clientAddress: createClientAddress(config.TRUSTED_PROXIES),
  })
}

function homeOf({ platform: { alarms, clock, log }, lines, features, jobs }: Parts) {
  const { people, all } = features
  return homePage({
    lineStatus: () => overallStatus(lines.router),
    lines: () => lines.router.lines.map(({ title, line }) => ({ title, ...line.status() })),
    alarms,
    jobs,
    directory: people.directory,
    chores: () => choresOf(all, log),
    clock,
    claimCode: people.openClaimCode,
  })
}

function healthOf({ config, platform, lines, features, clockWatch }: Parts) {
  return healthRoutes({
    line: () => overallStatus(lines.router),
    lines: () =>
      lines.router.lines.map(({ title, line }) => {
        const { state, isFinal = false, isRefused = false } = line.status()
        return { title, state, isRefused: isFinal || isRefused }
      }),
    jobs: clockWatch.jobs,
    metrics: async () => platform.readMetrics(await readProcessMetrics(platform, lines, features.watch)),
    token: config.METRICS_TOKEN,
    trustsLoopback: mayTrustLoopback(config),
  })
}

function openSandboxPage({ config, lines: { sandbox, outbox }, features: { people }, jobs }: Parts) {
  if (!sandbox) return undefined
  return sandboxRoutes({
    ...sandbox,
    jobs,
    isSending: () =>
      outbox
        .status()
        .lines.some(
          ({ delay, pause, waitingReplies }) => delay?.reason === 'pace' || (waitingReplies > 0 && !pause),
        ),
    onMoved: sandbox.saveTime,
    trustsLoopback: mayTrustLoopback(config),
    directory: people.directory,
    claimCode: people.openClaimCode,
  })
}
