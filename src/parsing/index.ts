import { Refusal } from '../feature.ts'
import { createTaskRunner, TaskFault, TaskLimitError } from '../lib/worker-task.ts'
import type { Table } from '../tables/index.ts'
import type { FeedReading } from '../text/pages/feeds.ts'
import type { Article } from '../text/pages/html.ts'
import type { ListMapping, ListReading } from '../text/pages/list-pages.ts'

/** A page of half a megabyte takes some 100 ms; what takes longer than this is made to. */
const pageTimeoutMs = 5000
/** A roster of 10,000 rows takes 2 s on a busy machine. */
const tableTimeoutMs = 20_000

const runner = createTaskRunner({ threads: 2, memoryMb: 256 })
const html = new URL('../text/pages/html.ts', import.meta.url)
const lists = new URL('../text/pages/list-pages.ts', import.meta.url)
const feeds = new URL('../text/pages/feeds.ts', import.meta.url)
const tables = new URL('../tables/index.ts', import.meta.url)

/**
 * Everything that strangers send is parsed here, in a worker thread with limits on time and memory: pages, feeds and
 * spreadsheets. The functions are those of `text/` and `tables/`.
 */
export const articleOf = (markup: string, cutTitle = ''): Promise<Article> =>
  onPage({ module: html, name: 'articleOf', args: [markup, cutTitle] })

/** @throws {@link Refusal} where the page breaks the limits; TaskFault where a selector is none */
export const listedEntries = (markup: string, mapping: ListMapping, base: string): Promise<ListReading> =>
  onPage({ module: lists, name: 'listedEntries', args: [markup, mapping, base] })

/** @throws {@link Refusal} where the feed breaks the limits; TaskFault where it is no feed */
export const feedEntries = (source: string, base: string): Promise<FeedReading> =>
  onPage({ module: feeds, name: 'feedEntries', args: [source, base] })

async function onPage<T>(task: { module: URL; name: string; args: unknown[] }): Promise<T> {
  try {
    return await runner.run<T>({ ...task, timeoutMs: pageTimeoutMs })
  } catch (cause) {
    if (cause instanceof TaskLimitError)
      throw new Refusal('这一页太大或写法太乱，没有读。请把正文复制成文字发来。')
    throw cause
  }
}

/**
 * Reads what people send as a list, see `readTables` in `tables/`.
 * @throws {@link Refusal} in Chinese, with what to do
 */
export async function readTables(bytes: Uint8Array): Promise<Table[]> {
  try {
    return await runner.run<Table[]>({
      module: tables,
      name: 'readTables',
      args: [bytes],
      timeoutMs: tableTimeoutMs,
    })
  } catch (cause) {
    if (cause instanceof TaskLimitError)
      throw new Refusal('这个表格太大或有问题，没有读。请把要导入的那一页复制到一个新文件里，再导入。')
    if (cause instanceof TaskFault && cause.thrown === 'Refusal') throw new Refusal(cause.message)
    throw cause
  }
}
