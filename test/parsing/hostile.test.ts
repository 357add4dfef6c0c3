import { expect, test } from 'vitest'
import { createTaskRunner } from '../../src/lib/worker-task.ts'
import { articleOf, feedEntries, noticeRecord, readTables } from '../../src/parsing/index.ts'

/** How often the main thread came round while work was under way. */
async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let turns = 0
  let isOver = false
  const turn = () => {
    turns += 1
    if (!isOver) setImmediate(turn)
  }
  setImmediate(turn)
  await work().catch(() => undefined)
  isOver = true
  return turns
}

const nested = `<p>${'<b><i>'.repeat(2000)}开始${'</i></b>'.repeat(2000)}</p>`
const attributes = `<p ${Array.from({ length: 200_000 }, (_, at) => `a${at}=1`).join(' ')}>x</p>`

test('hostile markup is read in a worker and ends at its limit', async () => {
  for (const markup of [nested, attributes]) {
    // Parsed on the main thread it would come round once or twice.
    expect(await turnsDuring(() => articleOf(markup))).toBeGreaterThan(20)
  }
})

test('ordinary pages, feeds and lists come out as before', async () => {
  const article = await articleOf(
    `<html><head><title>关于申报的通知_科技局</title></head><body><div class="content"><p>${'各有关单位，现将申报事项通知如下。'.repeat(5)}</p></div></body></html>`,
  )
  expect(article.title).toBe('关于申报的通知')
  expect(article.text).toContain('现将申报事项')
  await expect(feedEntries('no feed at all', 'https://example.org/')).rejects.toThrow()
  const csv = new TextEncoder().encode('姓名,空间\n张三,优空间\n')
  expect(await readTables(csv)).toEqual([
    {
      name: '',
      rows: [
        ['姓名', '空间'],
        ['张三', '优空间'],
      ],
    },
  ])
  await expect(readTables(new Uint8Array())).rejects.toMatchObject({ name: 'Refusal' })
})

test('a feed of 50,000 items gives its first ones, in the time that a page has', async () => {
  const items = Array.from(
    { length: 50_000 },
    (_, at) => `<item><title>${at}</title><link>/${at}</link></item>`,
  )
  const read = await feedEntries(
    `<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>${items.join('')}</channel></rss>`,
    'https://example.org/',
  )
  expect(read.entries).toHaveLength(500)
  expect(read.entries[0]?.link).toBe('https://example.org/0')
})

test('a page of very many tags is refused before it takes the memory of a thread', async () => {
  for (const markup of ['<p>申报</p>'.repeat(833_000), '<br>'.repeat(100_000)])
    await expect(articleOf(markup)).rejects.toMatchObject({ name: 'Refusal' })
})

test.each(['\n', '\r', ',', ';', '\t', 'a,\n'])('5 MB of %j are refused', async sign => {
  const bytes = new TextEncoder().encode(sign.repeat(5_000_000 / sign.length))
  await expect(readTables(bytes)).rejects.toMatchObject({ name: 'Refusal' })
})

const days = { publishedOn: '2026-11-29', readOn: '2026-11-29', isGuess: false }

test('the dates of a text are read in a worker, and a text of nothing but dates ends at the limit', async () => {
  const notice = { title: '关于申报的通知', ...days }
  // A short text may be read before a busy main thread comes round even once.
  const long = { ...notice, text: '12月12日'.repeat(8000) }
  expect(await turnsDuring(() => noticeRecord(long))).toBeGreaterThan(20)
  expect(await noticeRecord(long)).toBeUndefined()
  const record = await noticeRecord({ ...notice, text: '请于2026年12月12日前申报。' })
  expect(record?.dates.map(({ value }) => value)).toEqual(['2026-12-12'])
})

const runner = createTaskRunner({ threads: 1, memoryMb: 128 })
const source = (path: string) => new URL(`../../src/${path}`, import.meta.url)

test.each([
  ['text/identifiers.ts', 'withoutIdentifiers'],
  ['forms/lists/pasted-list.ts', 'readPasted'],
  ['features/community/roster/file/person-cells.ts', 'readPerson'],
  ['features/digest/content/line-breaks.ts', 'wrapLines'],
])('%s: %s ends on 20,000 blanks, line breaks, letters and signs', async (path, name) => {
  for (const sign of [' ', '\n', '\u3000', 'a', '、']) {
    const args = [`签到${sign.repeat(20_000)}张三`, 20]
    // Without a bound these took minutes.
    await runner.run({ module: source(path), name, args, timeoutMs: 20_000 })
  }
})
