import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { card, emptyState, type Html, renderPage } from '../../console/widgets.ts'
import type { ConsoleEnv, Feature } from '../../feature.ts'
import { type Chapter, readChapters, readPicture, searchChapters } from './chapters.ts'
import { renderMarkdown } from './markdown.ts'

/** 「帮助」 on the console: the manual, a page for each job, with a search. */
export function manual(): Feature {
  const chapters = readChapters()
  const routes = new Hono<ConsoleEnv>()
  routes.get('/', c => {
    const query = c.req.query('q')?.trim() ?? ''
    return renderPage(
      c,
      '帮助',
      html`${viewSearch(query)}${query === '' ? viewContents(chapters) : viewHits(chapters, query)}`,
    )
  })
  routes.get('/pictures/:name{[\\w-]+\\.jpg}', c => {
    const bytes = readPicture(c.req.param('name'))
    if (!bytes) return c.notFound()
    return c.body(bytes, 200, { 'Content-Type': 'image/jpeg', 'Cache-Control': 'private, max-age=3600' })
  })
  routes.get('/:slug{[a-z-]+}', c => showChapter(c, chapters))
  const everybody = ['organizer', 'reviewer'] as const
  return {
    name: 'manual',
    pages: [{ path: 'help', title: '帮助', read: everybody, write: ['organizer'], chapter: 'start', routes }],
  }
}

async function showChapter(c: Context<ConsoleEnv>, chapters: readonly Chapter[]): Promise<Response> {
  const at = chapters.findIndex(({ slug }) => slug === c.req.param('slug'))
  const chapter = chapters[at]
  if (!chapter) return c.notFound()
  const next = chapters[at + 1]
  const body = html`${card('', html`<p class="hint">给${chapter.readers}</p>${renderMarkdown(chapter.text, '/help/pictures/')}`)}
    <p><a href="/help">回到目录</a>${next ? html`　下一篇：<a href="/help/${next.slug}">${next.title}</a>` : ''}</p>`
  return renderPage(c, chapter.title, html`${viewSearch('')}${body}`)
}

const viewSearch = (query: string): Html => html`<form method="get" action="/help" class="filters">
  <input type="search" name="q" value="${query}" placeholder="补签、撤回、备份……" aria-label="在帮助里查找">
  <button type="submit" class="secondary">查找</button></form>`

function viewContents(chapters: readonly Chapter[]): Html {
  const groups = Map.groupBy(chapters, ({ readers }) => readers)
  return html`${[...groups].map(([readers, all]) =>
    card(
      `给${readers}`,
      html`<ul>${all.map(({ slug, title }) => html`<li><a href="/help/${slug}">${title}</a></li>`)}</ul>`,
    ),
  )}`
}

function viewHits(chapters: readonly Chapter[], query: string): Html {
  const hits = searchChapters(chapters, query)
  if (hits.length === 0) return card('', emptyState('没有找到，换个词试试；或者看「出了问题怎么办」。'))
  return card(
    `找到 ${hits.length} 篇`,
    html`<ul>${hits.map(({ chapter, line }) => html`<li><a href="/help/${chapter.slug}">${chapter.title}</a><br><small class="hint">${line}</small></li>`)}</ul>`,
  )
}
