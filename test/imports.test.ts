import { readdirSync, readFileSync } from 'node:fs'
import { join, normalize } from 'node:path'
import { expect, test } from 'vitest'

/** Which of our own rooms each room may look into; a room may always look into itself. */
const allowed: Record<string, string[]> = {
  lib: [],
  ports: [],
  text: [],
  config: ['text'],
  guard: ['text'],
  matching: ['text'],
  log: [],
  seen: [],
  alarms: ['log', 'ports'],
  'clock-watch': ['ports'],
  alerts: ['log', 'ports', 'text'],
  feature: ['ports'],
  bot: ['feature', 'inbound', 'log', 'ports', 'seen'],
  inbound: ['feature', 'log', 'ports', 'seen', 'text'],
  jobs: ['feature', 'log', 'ports'],
  prompts: ['ports'],
  tables: ['feature', 'text'],
  parsing: ['feature', 'tables', 'text'],
  'language-limits': ['log', 'ports', 'text'],
  outbox: ['log', 'ports', 'text'],
  charts: ['ports'],
  ledger: ['ports', 'text'],
  approval: [],
  console: ['approval', 'feature', 'jobs', 'log', 'ports', 'text'],
  sandbox: ['console', 'feature', 'jobs', 'log', 'ports', 'text'],
  adapters: ['log', 'ports', 'sandbox', 'text'],
  features: [
    'approval',
    'charts',
    'console',
    'feature',
    'guard',
    'jobs',
    'ledger',
    'log',
    'matching',
    'outbox',
    'parsing',
    'ports',
    'tables',
    'text',
  ],
}

/** A package is imported in one place only, so that it can be replaced there. */
const onlyIn: Record<string, RegExp> = {
  wechaty: /^src\/adapters\/wechaty\//,
  'wechaty-puppet': /^src\/adapters\/wechaty\//,
  'wechaty-puppet-service': /^src\/adapters\/wechaty\//,
  'node-cron': /^src\/adapters\/node-cron\.ts$/,
  lowdb: /^src\/adapters\/lowdb/,
  openai: /^src\/adapters\/openai\.ts$/,
  '@resvg/resvg-js': /^src\/adapters\/pictures\.ts$/,
  echarts: /^src\/charts\//,
  'echarts/dist/echarts.esm.min.mjs': /^src\/charts\/draw\.ts$/,
  'prom-client': /^src\/adapters\/prometheus\.ts$/,
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
const roomOf = (file: string) => file.split('/')[0]?.replace(/\.ts$/, '') ?? ''
const featureOf = (file: string) => (roomOf(file) === 'features' ? file.split('/')[1] : undefined)

test.each(imports.filter(({ to }) => to.startsWith('.')))('$file may import $to', ({ file, to }) => {
  const target = normalize(join(file, '..', to))
  if (knowsEveryone.has(roomOf(file))) return
  if (roomOf(file) === roomOf(target)) {
    expect(featureOf(file)).toBe(featureOf(target) ?? featureOf(file))
    return
  }
  if (roomOf(target) === 'lib') return
  expect(allowed[roomOf(file)] ?? []).toContain(roomOf(target))
})

test.each(imports.filter(({ to }) => to in onlyIn))('$file may import $to', ({ file, to }) => {
  expect(`src/${file}`).toMatch(onlyIn[to] ?? /^$/)
})

test('only config reads the environment', () => {
  const readers = files.filter(file => readFileSync(join('src', file), 'utf8').includes('process.env'))
  expect(readers).toEqual(['config.ts'])
})
