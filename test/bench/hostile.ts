/**
 * The event loop's delay while hostile inputs are read: `npm run bench:hostile`. Node's monitor samples the main thread
 * every millisecond; its own resolution is taken off. The promise is 50 ms. Messages go to a whole bot, through the
 * sandbox; since other processes take the processor too, the thread's own time between two turns stands beside it.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { zipSync } from 'fflate'
import { startApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { createLog } from '../../src/log.ts'
import { articleOf, feedEntries, listedEntries, readTables } from '../../src/parsing/index.ts'
import { withoutIdentifiers } from '../../src/text/identifiers.ts'

const promiseMs = 50
const resolutionMs = 1
const bytesOf = (text: string) => new TextEncoder().encode(text)
const many = (count: number, made: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => made(at)).join('')

/** A workbook with one sheet of these rows. */
function workbook(sheetData: string, more = ''): Uint8Array {
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const packaged = 'http://schemas.openxmlformats.org/package/2006'
  return zipSync({
    '[Content_Types].xml': bytesOf(
      `<Types xmlns="${packaged}/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
    ),
    '_rels/.rels': bytesOf(
      `<Relationships xmlns="${packaged}/relationships"><Relationship Id="r1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ),
    'xl/workbook.xml': bytesOf(
      `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="名单" sheetId="1" r:id="r1"/></sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': bytesOf(
      `<Relationships xmlns="${packaged}/relationships"><Relationship Id="r1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    ),
    'xl/worksheets/sheet1.xml': bytesOf(
      `<worksheet xmlns="${main}"><sheetData>${sheetData}</sheetData>${more}</worksheet>`,
    ),
  })
}

const cell = (at: string) => `<c r="${at}" t="inlineStr"><is><t>张三</t></is></c>`

/** Each is made before the clock runs: only what the bot does with it is measured. */
const inputs: readonly [name: string, make: () => () => unknown][] = [
  ['2,000 nested tags', page(() => `<p>${'<b><i>'.repeat(2000)}x${'</i></b>'.repeat(2000)}</p>`)],
  ['200,000 attributes', page(() => `<p ${many(200_000, at => `a${at}=1 `)}>x</p>`)],
  ['a page of one line, 5 MB', page(() => `<p>${'申报'.repeat(833_000)}</p>`)],
  ['400,000 paragraphs', page(() => '<p>申报</p>'.repeat(400_000))],
  ['30,000 paragraphs', page(() => '<p>申报</p>'.repeat(30_000))],
  [
    'a list of 20,000 links',
    () => {
      const links = `<ul>${many(20_000, at => `<li><a href="/${at}">关于申报</a></li>`)}</ul>`
      return () => listedEntries(links, { item: 'li', title: 'a', link: 'a' }, 'https://example.org/')
    },
  ],
  [
    'a feed of 50,000 items',
    () => {
      const items = many(50_000, at => `<item><title>${at}</title><link>/${at}</link></item>`)
      const feed = `<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>${items}</channel></rss>`
      return () => feedEntries(feed, 'https://example.org/')
    },
  ],
  ['a far cell', table(() => workbook(`<row r="1048576">${cell('XFD1048576')}</row>`))],
  [
    'a merge over a million rows',
    table(() =>
      workbook(`<row r="1">${cell('A1')}</row>`, '<mergeCells><mergeCell ref="A1:Z1048576"/></mergeCells>'),
    ),
  ],
  ['a bomb of 100 MB', table(() => workbook(' '.repeat(100_000_000)))],
  ['a sheet of 300,000 rows', table(() => bytesOf(`姓名,空间\n${many(300_000, at => `张${at},优空间\n`)}`))],
  ['a line of 5 MB', table(() => bytesOf('张'.repeat(1_700_000)))],
  ['5 MB of line breaks', table(() => bytesOf('\n'.repeat(5_000_000)))],
  [
    'a message of digits',
    () => {
      const message = '1 3 8、'.repeat(700)
      return () => withoutIdentifiers(message)
    },
  ],
]

function page(make: () => string): () => () => unknown {
  return () => {
    const markup = make()
    return () => articleOf(markup)
  }
}

function table(make: () => Uint8Array): () => () => unknown {
  return () => {
    const bytes = make()
    return () => readTables(bytes)
  }
}

const rows: Record<string, string | number>[] = []
for (const [name, make] of inputs) {
  const read = make()
  await wait(50)
  const delay = monitorEventLoopDelay({ resolution: resolutionMs })
  delay.enable()
  await wait(20)
  const startedAt = performance.now()
  const outcome = await Promise.resolve()
    .then(read)
    .then(
      () => 'read',
      (cause: Error) => cause.name,
    )
  const tookMs = performance.now() - startedAt
  await wait(20)
  delay.disable()
  const ms = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - resolutionMs).toFixed(1)
  rows.push({
    input: name,
    outcome,
    'took ms': Math.round(tookMs),
    p50: ms(delay.percentile(50)),
    p99: ms(delay.percentile(99)),
    max: ms(delay.max),
  })
}

/** The most that the sandbox takes in one message. */
const mostCharacters = 5000
const filled = (piece: string) => piece.repeat(mostCharacters).slice(0, mostCharacters)
const messages: readonly [name: string, text: string][] = [
  ['an ordinary question', '高企怎么报'],
  ['a question over and over', filled('高企补贴多少钱，')],
  [
    'a situation of 150 sentences',
    many(150, at => `我们公司${at}年营收${at * 3}万元，研发费用怎么加计扣除。`),
  ],
  ['400 amounts', `高企能补${many(400, at => `${at + 1}万元、`)}吗`],
  ['400 dates', `${many(400, at => `2026年${1 + (at % 12)}月${1 + (at % 28)}日、`)}高企截止了吗`],
  ['300 names on a list', `参加名单\n${many(300, at => `${at + 1}. 张三${at} 优空间\n`)}`],
  [
    'characters at random',
    Array.from({ length: mostCharacters }, (_, at) =>
      String.fromCharCode(0x4e00 + ((at * 7919) % 20_000)),
    ).join(''),
  ],
  ['traditional characters', filled('申請高新技術企業認定獎勵，')],
  ['brackets', filled('（（【「')],
  ['leave with 5,000 characters', filled('请假，家里有事，')],
]

/** The longest that the main thread worked between two turns of its loop, in ms of its own processor time. */
function watchThread(): () => number {
  const now = () => {
    const { user, system } = process.threadCpuUsage()
    return (user + system) / 1000
  }
  let [longestMs, lastMs, isOn] = [0, now(), true]
  function look() {
    const atMs = now()
    longestMs = Math.max(longestMs, atMs - lastMs)
    lastMs = atMs
    if (isOn) setTimeout(look, 1)
  }
  look()
  return () => {
    isOn = false
    return longestMs
  }
}

async function measureMessages(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-hostile-'))
  const settings = { ANSWERS_PER_PERSON_PER_MINUTE: '1000', ANSWERS_PER_GROUP_PER_MINUTE: '1000' }
  const config = readConfig({ ...settings, STATE_DIR: folder, CONSOLE_PORT: '0', SENDS_PER_DAY: '5000' })
  const app = await startApp(config, { log: createLog('fatal'), print: () => {} })
  const say = (text: string) =>
    fetch(`${app.consoleUrl}/sandbox/api/members/linxiaomei/messages`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ text }),
    })
  await say('高企怎么报')
  await wait(answeredMs)
  for (const [name, text] of messages) {
    const longest = watchThread()
    const delay = monitorEventLoopDelay({ resolution: resolutionMs })
    delay.enable()
    const { ok } = await say(text)
    await wait(answeredMs)
    delay.disable()
    const max = Math.max(0, delay.max / 1e6 - resolutionMs).toFixed(1)
    rows.push({
      message: name,
      taken: ok ? 'yes' : 'no',
      characters: text.length,
      'own ms': longest().toFixed(1),
      max,
    })
  }
  await app.stop()
  rmSync(folder, { recursive: true })
}

/** Time in which a message is answered, the wait for its rest included. */
const answeredMs = 3000
await measureMessages()

process.stdout.write(
  `The main thread's delay in ms while hostile inputs come in; promised: below ${promiseMs}\n`,
)
for (const row of rows)
  process.stdout.write(
    `${Object.entries(row)
      .map(([key, value]) => `${key} ${value}`)
      .join(' · ')}\n`,
  )
process.exit(0)
