import { Hono } from 'hono'
import { html } from 'hono/html'
import type { ConsoleEnv, Feature, Page, Person } from '../../feature.ts'
import { type Log, reasonOf } from '../../log.ts'
import type { SearchHit } from '../../ports/overviews.ts'
import { fold } from '../../text/fold.ts'
import { card, emptyState, type Html, renderPage } from '../widgets.ts'

const longestQuery = 60
const mostOfKind = 20

type SearchParts = { features: () => readonly Feature[]; pages: () => readonly Page[]; log: Log }

/** 「搜索」: what the features keep, by words of it, on one page. */
export function searchPage({ features, pages, log }: SearchParts): Page {
  const routes = new Hono<ConsoleEnv>()
  routes.get('/', async c => {
    const query = (c.req.query('q') ?? '').trim().slice(0, longestQuery)
    const hits = query === '' ? [] : await found(features(), query, log)
    const readable = hits.filter(hit => mayRead(c.get('person'), pages(), hit))
    return renderPage(c, '搜索', viewSearch(query, readable))
  })
  return {
    path: 'search',
    title: '搜索',
    chapter: 'start',
    section: '运行',
    read: ['organizer', 'reviewer'],
    write: ['organizer'],
    routes,
  }
}

/** A feature that fails does not take the page from the others. */
async function found(features: readonly Feature[], query: string, log: Log): Promise<SearchHit[]> {
  const isFound = containsAll(query)
  const hits = await Promise.all(
    features.map(async feature => {
      try {
        return (await feature.search?.(isFound)) ?? []
      } catch (cause) {
        log.error({ feature: feature.name, reason: reasonOf(cause) }, 'a feature could not be searched')
        return []
      }
    }),
  )
  return hits.flat()
}

/** Whether texts together contain every word of the query, whatever the characters and widths. */
function containsAll(query: string): (...texts: string[]) => boolean {
  const words = fold(query).split(' ')
  return (...texts) => {
    const folded = texts.map(fold)
    return words.every(word => folded.some(text => text.includes(word)))
  }
}

/** A hit shows a title, so it is shown to those only who may open its page. */
function mayRead({ roles }: Person, pages: readonly Page[], { path }: SearchHit): boolean {
  const page = pages.find(one => one.path === path.split('/')[1])
  return page?.read.some(role => roles.includes(role)) ?? false
}

function viewSearch(query: string, hits: readonly SearchHit[]): Html {
  const form = html`<search><form method="get" action="/search" class="filters">
    <input type="search" name="q" value="${query}" maxlength="${longestQuery}" aria-label="搜什么"
      placeholder="姓名、课名、推送、文号、问题……" autofocus><button>搜索</button></form></search>`
  if (query === '') return card('', form)
  const kinds = [...Map.groupBy(hits, ({ kind }) => kind)]
  const result =
    kinds.length === 0
      ? emptyState(`没有找到「${query}」。换一个词，或者少写几个字。`)
      : kinds.map(([kind, of]) => viewKind(kind, of))
  return html`${card('', form)}${result}`
}

function viewKind(kind: string, hits: readonly SearchHit[]): Html {
  const more =
    hits.length > mostOfKind
      ? html`<p class="hint">还有 ${hits.length - mostOfKind} 个，请把词写得更细。</p>`
      : ''
  return card(
    `${kind}（${hits.length}）`,
    html`<ul>${hits.slice(0, mostOfKind).map(({ title, path }) => html`<li><a href="${path}">${title}</a></li>`)}</ul>${more}`,
  )
}
