import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { openPendingFiles } from '../../src/adapters/lowdb/pending-actions.ts'
import { createMemoryStore } from '../../src/adapters/memory.ts'
import { auditPolicy } from '../../src/app/platform/audit-policy.ts'
import { fieldsOf } from '../../src/audit/changes.ts'
import { openAudit } from '../../src/audit/trail.ts'
import { createBot } from '../../src/bot.ts'
import { runSite } from '../../src/cli/site.ts'
import { createAccounts } from '../../src/console/account/accounts.ts'
import { accountPage } from '../../src/console/account/page.ts'
import { createClientAddress } from '../../src/console/client-address.ts'
import { homePage } from '../../src/console/home.ts'
import { alertsPage } from '../../src/console/overview/alerts.ts'
import { calendarPage } from '../../src/console/overview/calendar.ts'
import { licencesPage } from '../../src/console/overview/licences.ts'
import { reportPage } from '../../src/console/overview/report.ts'
import { searchPage } from '../../src/console/overview/search.ts'
import { createConsole } from '../../src/console/server.ts'
import type { ConsoleEnv, Feature, Page } from '../../src/feature.ts'
import { sayChange, sayWhat } from '../../src/features/audit/words/words.ts'
import type { Role } from '../../src/ports/directory.ts'
import type { Store } from '../../src/ports/store.ts'
import { ProcessedMessage } from '../../src/processed-messages.ts'
import { openAllFeatures } from '../app/features.ts'
import { sampleOf } from '../console/sample-address.ts'
import { visitor } from '../console/visitor.ts'
import { createFixedDirectory, createWorld } from '../conversation.ts'

const Thing = z.object({ title: z.string() })
const everyRole: Role[] = ['maker', 'organizer', 'reviewer', 'auditor']

/** An audit log, and a deed that changes a record each time. */
function openWatched() {
  const world = createWorld()
  const store = createMemoryStore()
  const audit = openAudit({ ...world, store, policy: auditPolicy })
  const things = audit.watching(store).collection('things', Thing)
  let count = 0
  const change = () => things.update(`all/${++count}`, () => ({ title: 'x' }))
  const linesOf = async () => (await audit.log.read()).map(({ line }) => line)
  return { ...world, store, audit, change, linesOf }
}

describe('every way to change something', () => {
  let opened: Awaited<ReturnType<typeof openAllFeatures>>
  beforeAll(async () => {
    opened = await openAllFeatures()
  })
  afterAll(() => opened?.platform.store.close())

  test('each command that changes a record leaves a line under its word', async () => {
    const { clock, log, store, audit, change, linesOf } = openWatched()
    const commands = opened.all.flatMap(({ commands = [] }) => commands)
    expect(commands.length).toBeGreaterThan(80)
    for (const [at, command] of commands.entries()) {
      const feature: Feature = {
        name: 'one',
        commands: [
          {
            ...command,
            ...(command.words.length === 0 ? { matches: () => '' } : {}),
            run: async () => (await change())?.title,
          },
        ],
      }
      const bot = createBot({
        features: [feature],
        directory: createFixedDirectory(['g'], { chenjing: everyRole }),
        seen: store.collection('taken', ProcessedMessage),
        clock,
        log,
        audit: audit.trail,
      })
      // A command that is recognized otherwise goes by the name of its feature.
      // The same words at one moment are one message, delivered twice.
      clock.forward({ minutes: 1 })
      const [word = feature.name] = command.words
      await bot.answer({
        id: `m-${at}`,
        ...(command.where === 'private' ? {} : { groupId: 'g' }),
        senderId: 'chenjing',
        senderName: '陈静',
        text: { nothing: word, text: `${word} 一`, number: `${word} 1` }[command.takes],
        mentionsBot: true,
        sentAt: clock.now(),
        receivedAt: clock.now(),
      })
      const last = (await linesOf()).at(-1)
      expect([at + 1, word, 'chat'], word).toEqual([last?.number, last?.what, last?.road])
    }
  })

  test('each route that changes a record, or merely is carried out, leaves a line under its pattern', async () => {
    const { clock, log, store, audit, change, linesOf } = openWatched()
    const pages = [...opened.all.flatMap(feature => feature.pages ?? []), ...consolePages]
    const stubs = pages.map(page => stubOf(page, change))
    const town = await createConsole({
      pages: stubs,
      audit: audit.trail,
      frame: () => ({ line: { state: 'up', note: '' }, alarms: [] }),
      directory: createFixedDirectory([], { chenjing: everyRole }),
      store,
      clock,
      log,
      password: '',
      publicUrl: '',
      clientAddress: createClientAddress(''),
    })
    const person = visitor(town as never)
    await person.login()
    const csrf = await csrfOf(person)
    let walked = 0
    for (const { path, routes } of stubs)
      for (const { method, path: pattern } of routes.routes) {
        const what = `${method} ${`/${path}${pattern}`.replace(/(.)\/$/, '$1')}`
        const words = sayWhat({ road: 'console', what }, new Map())
        if (method === 'POST') expect(words, what).not.toMatch(/「|[a-z/]/u)
        const before = (await linesOf()).length
        const address = `/${path}${sampleOf(pattern)}`.replace(/(.)\/$/, '$1')
        await person.send(method, address, {
          headers: { Origin: 'http://127.0.0.1:3000', 'X-CSRF-Token': csrf },
        })
        const added = (await linesOf()).slice(before)
        expect(
          added.map(({ road, what }) => [road, what]),
          `${method} ${path} ${pattern}`,
        ).toEqual([['console', what]])
        walked += 1
      }
    expect(walked).toBeGreaterThan(150)
  })

  test('each page without a log-in that takes a form has words for its line, but for ballots and for what keeps nothing', () => {
    const keepNothing = ['POST /open/match', 'POST /open/vote/:number/:token']
    const taking = opened.open.flatMap(({ routes }) => routes).filter(({ method }) => method !== 'GET')
    const unknown = taking.flatMap(({ method, path }) => {
      const what = `${method} ${path}`
      return sayWhat({ road: 'link', what }, new Map()) === '在链接的网页上填写' ? [what] : []
    })
    expect(unknown.map(what => what.replaceAll(/\{(?:[^{}]|\{[^}]*\})*\}/gu, '')).sort()).toEqual(keepNothing)
  })

  test('the command that writes the public pages as files leaves a line', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'chuangke-site-'))
    vi.stubEnv('STATE_DIR', join(folder, 'state'))
    vi.spyOn(process.stdout, 'write').mockReturnValue(true)
    expect(await runSite(['--out', join(folder, 'site')])).toBe(0)
    const noted = await openPendingFiles(join(folder, 'state')).list()
    expect(noted.map(([, { kind, what }]) => [kind, what])).toEqual([['export', 'site']])
    vi.unstubAllEnvs()
    vi.restoreAllMocks()
    rmSync(folder, { recursive: true })
  })

  test('records are named in words, and ballots are none of them', async () => {
    const named = new Map<string, z.ZodType>()
    const spying: Store = {
      ...opened.platform.store,
      collection(name, schema, ...more) {
        named.set(name, schema)
        return opened.platform.store.collection(name, schema, ...more)
      },
    }
    await openAllFeatures(spying)
    createAccounts({ store: spying, clock: opened.platform.clock })
    const recorded = [...new Set(named.keys())].filter(name => !auditPolicy.ignored.has(name)).sort()
    for (const record of recorded) {
      const fields = fieldsOf(named.get(record) ?? z.unknown())
      const words = sayChange({ record, change: 'changed', fields, count: 1 })
      expect(words, `${record}: ${fields.join(' ')}`).not.toMatch(/别的(?:记录|内容)|[A-Za-z]/u)
    }
    expect(recorded).not.toContain('vote-batches')
  })
})

/** The pages beside the features', for their routes alone. */
const consolePages: Page[] = [
  homePage,
  accountPage,
  alertsPage,
  calendarPage,
  licencesPage,
  reportPage,
  searchPage,
].map(build => (build as (parts: object) => Page)({ features: () => [], pages: () => [] }))

/** The same routes, each of which changes a record and says no more. */
function stubOf(page: Page, change: () => Promise<unknown>): Page {
  const routes = new Hono<ConsoleEnv>()
  for (const { method, path } of page.routes.routes)
    routes.on(method === 'ALL' ? 'POST' : method, path, async c => {
      await change()
      return c.text('')
    })
  return { ...page, path: page.path || 'home', read: everyRole, write: everyRole, writeAt: {}, routes }
}

async function csrfOf(person: ReturnType<typeof visitor>): Promise<string> {
  const page = await (await person.get('/nowhere')).text()
  return /name="csrf" value="([\w-]+)"/.exec(page)?.[1] ?? ''
}
