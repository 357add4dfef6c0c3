import { monitorEventLoopDelay } from 'node:perf_hooks'
import { expect, test } from 'vitest'
import { runInWorker, WorkerLimitError } from '../../src/lib/worker.ts'
import { parseArticle, parseFeedEntries, parseList } from '../../src/text/parser.ts'

const script = (code: string) => new URL(`data:text/javascript,${encodeURIComponent(code)}`)

test('a worker that never ends is ended at its time limit', async () => {
  const endless = runInWorker(script('for (;;);'), undefined, { timeoutMs: 200, maxHeapMb: 64 })
  await expect(endless).rejects.toThrow(WorkerLimitError)
})

test('a worker that takes too much memory ends alone', async () => {
  const greedy = runInWorker(
    script('const all = []; for (;;) all.push(new Array(1e5).fill({}))'),
    undefined,
    {
      timeoutMs: 60_000,
      maxHeapMb: 32,
    },
  )
  await expect(greedy).rejects.toThrow(WorkerLimitError)
})

test('a page, a list and a feed are parsed as they are in the main thread', async () => {
  const page = `<h1>通知</h1><div class="content">${'<p>各有关单位：现将有关事项通知如下。</p>'.repeat(5)}</div>`
  expect(await parseArticle(page)).toMatchObject({ title: '通知', text: expect.stringContaining('通知如下') })
  const list = '<ul><li><a href="/a">甲</a></li></ul>'
  expect(await parseList(list, { item: 'li', title: 'a', link: 'a' }, 'https://a.example/')).toEqual([
    { title: '甲', date: '甲', link: 'https://a.example/a' },
  ])
  await expect(parseFeedEntries('no feed', 'https://a.example/')).rejects.toThrow()
})

test.each([
  ['2,000 nested tags', () => '<b><a>'.repeat(2000)],
  ['200,000 attributes', () => `<p ${Array.from({ length: 200_000 }, (_, i) => `a${i}=1`).join(' ')}>`],
])('%s do not hold up the main thread', async (_, markup) => {
  const text = markup()
  await parseArticle('<p>')
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  await parseArticle(text).catch(cause => expect(cause).toBeInstanceOf(WorkerLimitError))
  delay.disable()
  expect(delay.percentile(50) / 1e6).toBeLessThan(50)
})
