import { runInWorker } from '../lib/worker.ts'
import type { FeedEntry } from './feeds.ts'
import type { Article, ListedEntry, ListMapping } from './html.ts'

/** One piece of parsing, as it is passed to the worker. */
export type ParserTask =
  | { kind: 'article'; markup: string }
  | { kind: 'list'; markup: string; mapping: ListMapping; base: string }
  | { kind: 'feed'; source: string; base: string }

const limits = { timeoutMs: 5000, maxHeapMb: 256 }
const script = new URL('./parser-worker.ts', import.meta.url)

/**
 * {@link articleOf} in a worker.
 * @throws WorkerLimitError after 5 s or 256 MB of heap; so do the others
 */
export const parseArticle = (markup: string) =>
  runInWorker<Article>(script, { kind: 'article', markup } satisfies ParserTask, limits)

/** {@link listedEntries} in a worker. */
export const parseList = (markup: string, mapping: ListMapping, base: string) =>
  runInWorker<ListedEntry[]>(script, { kind: 'list', markup, mapping, base } satisfies ParserTask, limits)

/** {@link feedEntries} in a worker. */
export const parseFeedEntries = (source: string, base: string) =>
  runInWorker<FeedEntry[]>(script, { kind: 'feed', source, base } satisfies ParserTask, limits)
