import { readdirSync, readFileSync } from 'node:fs'
import { join, normalize } from 'node:path'
import { expect, test } from 'vitest'

/** Top-level folders and files of `src`, and which others each may import. `lib` is open to all. */
const allowed: Record<string, string[]> = {
  lib: [],
  ports: [],
  text: [],
  config: ['text'],
  guard: ['text'],
  matching: ['text'],
  log: [],
  'processed-messages': [],
  alarms: ['log', 'ports'],
  audit: ['ports', 'text'],
  'clock-watch': ['ports'],
  alerts: ['log', 'ports', 'text'],
  settings: ['ports'],
  feature: ['ports'],
  listeners: ['feature', 'ports'],
  bot: ['feature', 'inbound', 'listeners', 'log', 'ports', 'processed-messages'],
  inbound: ['feature', 'log', 'ports', 'processed-messages', 'text'],
  'job-records': [],
  watermark: ['job-records', 'log', 'ports'],
  jobs: ['feature', 'job-records', 'log', 'ports', 'watermark'],
  prompts: ['ports'],
  tables: ['feature', 'text'],
  documents: ['feature', 'tables', 'text'],
  parsing: ['documents', 'feature', 'tables', 'text'],
  'language-limits': ['log', 'ports', 'text'],
  outbox: ['feature', 'jobs', 'log', 'ports', 'text'],
  charts: ['ports'],
  ledger: ['ports', 'text'],
  forms: ['feature', 'ports', 'text'],
  site: ['text'],
  votes: ['feature', 'text'],
  approval: ['ports'],
  erased: [],
  backup: ['erased', 'ports'],
  console: ['alerts', 'approval', 'feature', 'job-records', 'jobs', 'log', 'ports', 'settings', 'text'],
  sandbox: ['console', 'feature', 'jobs', 'log', 'ports', 'text'],
  adapters: ['log', 'ports', 'sandbox', 'text'],
  features: [
    'approval',
    'audit',
    'charts',
    'console',
    'erased',
    'feature',
    'forms',
    'guard',
    'jobs',
    'ledger',
    'listeners',
    'log',
    'matching',
    'outbox',
    'parsing',
    'ports',
    'site',
    'tables',
    'text',
    'votes',
  ],
}

/** A package is imported in one place only, so that it can be replaced there. */
const onlyIn: Record<string, RegExp> = {
  wechaty: /^src\/adapters\/wechaty\//,
  'wechaty-puppet': /^src\/adapters\/wechaty\//,
  'wechaty-puppet-service': /^src\/adapters\/wechaty\//,
  'node-cron': /^src\/adapters\/node-cron\.ts$/,
  lowdb: /^src\/adapters\/(lowdb|shards)\//,
  pg: /^src\/adapters\/postgres\//,
  openai: /^src\/adapters\/openai\.ts$/,
  '@resvg/resvg-js': /^src\/adapters\/picture-renderer\.ts$/,
  echarts: /^src\/charts\//,
  'echarts/dist/echarts.esm.min.mjs': /^src\/charts\/draw\.ts$/,
  'prom-client': /^src\/adapters\/prometheus\.ts$/,
  'pdfjs-dist/legacy/build/pdf.mjs': /^src\/documents\//,
  'word-extractor': /^src\/documents\/doc\.ts$/,
  esbuild: /^src\/adapters\/esbuild\.ts$/,
  pino: /^src\/log\.ts$/,
  'opencc-js': /^src\/text\//,
  'chinese-days/dist/chinese-days.json': /^src\/text\//,
}

const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts'))
const imports = files.flatMap(file =>
  [...readFileSync(join('src', file), 'utf8').matchAll(/(?:from|import\()\s*'([^']+)'/g)].map(
    ([, to = '']) => ({
      file,
      to,
    }),
  ),
)

const knowsEveryone = new Set(['main', 'app', 'cli'])
const partOf = (file: string) => file.split('/')[0]?.replace(/\.ts$/, '') ?? ''
const featureOf = (file: string) => (partOf(file) === 'features' ? file.split('/')[1] : undefined)

const isAllowed = (from: string, to: string) =>
  knowsEveryone.has(partOf(from)) ||
  partOf(from) === partOf(to) ||
  partOf(to) === 'lib' ||
  (allowed[partOf(from)] ?? []).includes(partOf(to))

const within = imports
  .filter(({ to }) => to.startsWith('.'))
  .map(({ file, to }) => ({ file, target: normalize(join(file, '..', to)) }))

test('a folder imports only what its line allows', () => {
  const broken = within.filter(({ file, target }) => !isAllowed(file, target))
  expect(broken).toEqual([])
})

test('no feature imports another', () => {
  const broken = within.filter(
    ({ file, target }) => featureOf(file) && featureOf(target) && featureOf(file) !== featureOf(target),
  )
  expect(broken).toEqual([])
})

/** A room is a folder right below its feature, with its own folders; undefined for the files that all rooms share. */
const roomOf = (file: string) => {
  const [, feature, room, ...inside] = file.split('/')
  return partOf(file) === 'features' && inside.length > 0 ? `${feature}/${room}` : undefined
}

/** The longest chain of rooms, each of which imports the next. */
function longestChain(imported: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const longestFrom = (room: string, before: readonly string[]): string[] => {
    const chain = [...before, room]
    const next = [...(imported.get(room) ?? [])].filter(one => !chain.includes(one))
    return next.map(one => longestFrom(one, chain)).reduce((a, b) => (b.length > a.length ? b : a), chain)
  }
  return [...imported.keys()]
    .map(room => longestFrom(room, []))
    .reduce((a, b) => (b.length > a.length ? b : a), [])
}

test('a chain of rooms is counted once round a circle', () => {
  const circle = new Map([
    ['a', new Set(['b'])],
    ['b', new Set(['a', 'c'])],
  ])
  expect(longestChain(circle)).toEqual(['a', 'b', 'c'])
})

test('within a feature imports cross at most four floors, a room on each', () => {
  const imported = new Map<string, Set<string>>()
  for (const { file, target } of within) {
    const [from, to] = [roomOf(file), roomOf(target)]
    if (from && to && from !== to) imported.set(from, (imported.get(from) ?? new Set()).add(to))
  }
  expect(imported.size).toBeGreaterThan(10)
  expect(longestChain(imported).slice(4)).toEqual([])
})

test('a package is imported where it is wrapped and nowhere else', () => {
  const broken = imports.filter(({ file, to }) => to in onlyIn && !onlyIn[to]?.test(`src/${file}`))
  expect(broken).toEqual([])
})

/** Texts that start a whole bot, in this process or in one of its own. */
const startsBot =
  /import \{[^}]*\b(startApp|startTenants)\b[^}]*\} from '[./]+src\/app(\/tenants\/index)?\.ts'|resolve\('src\/main\.ts'\)/u

test('tests start whole bots where what these send is checked', () => {
  const starters = readdirSync('test', { recursive: true, encoding: 'utf8' }).filter(
    file => file.endsWith('.ts') && startsBot.test(readFileSync(join('test', file), 'utf8')),
  )
  const unchecked = starters.filter(
    file => !readFileSync(join('test', file), 'utf8').includes('sent-texts.ts'),
  )
  // The gateway's side checks what its bots sent, as they are killed; the failover test, what its machines sent. The
  // bench of hostile messages is no test: it runs outside of vitest and measures answers that tests check. A bot
  // that is stopped during its start has sent nothing.
  const excepted = ['app/stop-during-start.test.ts', 'bench/hostile.ts', 'failover/machine.ts']
  expect(unchecked.sort()).toEqual([...excepted, 'gateway/bot-process.ts'])
  expect(starters).toContain('started-app.ts')
})

test('only config reads the environment', () => {
  const readers = files.filter(file => readFileSync(join('src', file), 'utf8').includes('process.env'))
  expect(readers).toEqual(['config.ts'])
})
