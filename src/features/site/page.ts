import { zipSync } from 'fflate'
import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { z } from 'zod'
import { action, actorOf, form, sendFile } from '../../console/forms.ts'
import { card, csrfField, emptyState, type Html, renderPage, stackTable } from '../../console/widgets.ts'
import type { ConsoleEnv, Page } from '../../feature.ts'
import type { RenderedSite } from '../../site/render.ts'
import { type PublicTitles, TitleKind } from './titles.ts'

type Parts = {
  exported(): Promise<RenderedSite>
  port: number | undefined
  titles: PublicTitles
  /** Titles that may be made public now, each with what it would look like. */
  candidates(): Promise<readonly TitleCandidate[]>
}
export type TitleCandidate = { kind: TitleKind; title: string; shown: string }

const kindWords = { lesson: '活动', form: '报名表', item: '企业和服务' } as const
const Title = form(
  z.object({ kind: TitleKind, title: z.string().min(1).max(200), to: z.enum(['public', 'hidden']) }),
)

/** 「E空间」 on the console: where the pages are, which titles they show, and all of them as one file. */
export function sitePage({ exported, port, titles, candidates }: Parts): Page {
  const routes = new Hono<ConsoleEnv>()
  async function show(c: Context<ConsoleEnv>): Promise<Response> {
    const isPublic = await titles.isPublic()
    const rows = (await candidates()).map(one => viewTitle(one, isPublic(one.kind, one.title), csrfField(c)))
    return renderPage(c, 'E空间', html`${viewPlace(port)}${viewTitles(rows)}`)
  }
  routes.get('/', show)
  routes.post(
    '/titles',
    action({
      form: Title,
      async run(c, { kind, title, to }) {
        if (to === 'public') await titles.publish(kind, title, actorOf(c))
        else await titles.hide(kind, title)
        return '/site'
      },
      show,
    }),
  )
  routes.get('/site.zip', async c => {
    const files = [...(await exported())].map(([path, { body }]) => [path, body] as const)
    const bytes = zipSync(Object.fromEntries(files), { mtime: new Date('2000-01-01T00:00:00') })
    return sendFile(c, { name: 'E空间.zip', mimeType: 'application/zip', bytes })
  })
  return {
    path: 'site',
    title: 'E空间',
    chapter: 'site',
    section: '社群',
    read: ['organizer', 'reviewer'],
    write: ['organizer'],
    routes,
  }
}

const viewPlace = (port: number | undefined) =>
  card(
    '谁都能看的网页',
    html`<p>${port === undefined ? '现在没有开。要开，请在 .env 里写上 PUBLIC_PORT，再重启。' : `开在端口 ${port}，控制台从那里打不开。`}</p>
    <p>只有审核过的内容：快截止的申报、发过的政策速递、问答、日历、报名和成绩单。没有人名，没有出勤，没有草稿。</p>
    <div class="actions"><a role="button" href="/site/site.zip">下载全部网页（zip）</a></div>
    <p class="hint">解压以后放到单位自己的网站或者 U 盘里都能看，不用装任何东西。</p>`,
  )

const viewTitles = (rows: readonly (Html | string)[][]) =>
  card(
    '哪些标题可以公开',
    html`<p>活动在公开之前只写「微党课」，报名表只写号码，企业和服务的消息不出现。点「公开」之前请看一眼有没有人名；企业和服务的，要主人同意。</p>
    ${rows.length > 0 ? stackTable(['种类', '标题', '公开时写成', '决定'], rows) : emptyState('现在没有要决定的标题。')}`,
  )

function viewTitle({ kind, title, shown }: TitleCandidate, isShown: boolean, csrf: Html): (Html | string)[] {
  const button = isShown
    ? html`<input type="hidden" name="to" value="hidden"><button class="secondary">收回</button>`
    : html`<input type="hidden" name="to" value="public"><button>${kind === 'item' ? '主人同意，公开' : '公开'}</button>`
  return [
    kindWords[kind],
    title,
    isShown ? html`<strong>${shown}</strong>` : shown,
    html`<form method="post" action="/site/titles">${csrf}<input type="hidden" name="kind" value="${kind}"><input type="hidden" name="title" value="${title}">${button}</form>`,
  ]
}
