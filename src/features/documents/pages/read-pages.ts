import { z } from 'zod'
import { Refusal } from '../../../feature.ts'
import { keyHash } from '../../../lib/hash.ts'
import { articleOf } from '../../../parsing/index.ts'
import type { CitedClause } from '../../../ports/clauses.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { Store } from '../../../ports/store.ts'
import { type Web, WebFault } from '../../../ports/web.ts'

/** A public page as it was read; `changed` is what it said later, until a person has checked that. Key `hash/page`. */
const KeptPage = z.object({
  url: z.string(),
  text: z.string(),
  readAt: z.string(),
  changed: z.object({ text: z.string(), at: z.string() }).optional(),
})
type KeptPage = z.infer<typeof KeptPage>

type Parts = { store: Store; web: Web; clock: Clock }

export type ReadPages = Awaited<ReturnType<typeof openReadPages>>

/** Public pages on which something rests, compared with what they said when they were first read. */
export async function openReadPages({ store, web, clock }: Parts) {
  const pages = store.collection('read-pages', KeptPage)
  const known = new Map((await pages.list('')).map(({ value }) => [value.url, value]))
  const listeners: (() => void)[] = []
  let changes = changesIn(known.values())

  async function update(
    url: string,
    change: (now: KeptPage | undefined) => KeptPage | undefined,
  ): Promise<void> {
    const next = await pages.update(keyOf(url), change)
    if (next) known.set(url, next)
    changes = changesIn(known.values())
    for (const listener of listeners) listener()
  }

  /** @returns undefined where the page cannot be read now */
  async function textAt(url: string): Promise<string | undefined> {
    try {
      const page = await web.get(url)
      return page.kind === 'page' ? linesOf((await articleOf(page.text)).text).join('\n') : undefined
    } catch (cause) {
      if (cause instanceof WebFault || cause instanceof Refusal) return undefined
      throw cause
    }
  }

  return {
    /** Reads these pages once more. A page that cannot be read stays as it was. */
    async visit(urls: readonly string[]): Promise<void> {
      for (const url of new Set(urls)) {
        const text = await textAt(url)
        const at = clock.now().toString()
        if (text) await update(url, now => (now ? compared(now, text, at) : { url, text, readAt: at }))
      }
    },
    /** A person has compared both texts: from now on the page is expected to say what it says now. */
    confirm: (url: string): Promise<void> =>
      update(url, now => now && { url, text: now.changed?.text ?? now.text, readAt: clock.now().toString() }),
    /** Pages that say something else than when they were read, by address. */
    changes: (): ReadonlyMap<string, CitedClause> => changes,
    onChange: (listener: () => void): void => void listeners.push(listener),
  }
}

const keyOf = (url: string) => `${keyHash(url)}/page`

function compared(now: KeptPage, text: string, at: string): KeptPage {
  const { changed: _, ...page } = now
  return text === now.text ? page : { ...page, changed: { text, at } }
}

const changesIn = (pages: Iterable<KeptPage>) =>
  new Map(
    [...pages].flatMap(page => (page.changed ? [[page.url, changeOf(page, page.changed)] as const] : [])),
  )

/** Lines that visitors, clocks and buttons change. */
const counter = /(?:浏览|点击|阅读|访问)(?:次数|量|数)|^今天是|^当前位置|^(?:打印|关闭|分享到)/u
const shortest = 4

const linesOf = (text: string) =>
  text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line.length >= shortest && !counter.test(line))

/** The lines of one text that the other has not, as one change. */
function changeOf({ url, text }: KeptPage, next: { text: string; at: string }): CitedClause {
  const without = (lines: string[], others: string[]) =>
    lines.filter(line => !others.includes(line)).join('\n')
  const [old, now] = [text.split('\n'), next.text.split('\n')]
  return {
    cited: url,
    state: 'changed',
    before: without(old, now) || undefined,
    after: without(now, old) || undefined,
    path: undefined,
    mark: undefined,
    since: next.at,
  }
}
