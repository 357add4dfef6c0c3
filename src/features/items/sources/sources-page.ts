import { Hono } from 'hono'
import { html } from 'hono/html'
import { z } from 'zod'
import { action, form, noFields, type RefusedForm } from '../../../console/forms.ts'
import { csrfField, type Html, renderPage } from '../../../console/widgets.ts'
import { type ConsoleContext, type ConsoleEnv, type Page, Refusal } from '../../../feature.ts'
import { opmlFeeds } from '../../../parsing/index.ts'
import type { Clock } from '../../../ports/clock.ts'
import { streams } from '../../../ports/items.ts'
import type { SourceList } from './added-sources.ts'
import type { Collector } from './collector.ts'
import type { SourceStates } from './source-states.ts'
import type { Source } from './sources-file.ts'
import { type ShownSource, sourcesPath, sourceTable, viewAdding } from './sources-views.ts'
import { filterVersion, outdatedFilter, wordsIn } from './word-filter.ts'

type SourceParts = { collector: Collector; states: SourceStates; sourceList: SourceList; clock: Clock }

const stream = z.enum(streams, { error: '请选一个栏目。' })
const Opml = form(z.object({ file: z.instanceof(File, { error: '请先选一个 OPML 文件。' }), stream }))
const Feed = form(
  z.object({
    name: z.string().trim().min(1, '请写名字。').max(30, '名字最多 30 个字。'),
    url: z.url({ protocol: /^https?$/u, error: '网址要以 http:// 或 https:// 开头。' }),
    stream,
  }),
)
const WordFilter = form(
  z.object({ any: z.string().max(300), none: z.string().max(300), seen: z.string().default('') }),
)
const Switch = form(z.object({ to: z.enum(['on', 'off'], { error: '请刷新页面再点一次。' }) }))
const largestOpmlBytes = 1024 * 1024

/** 「来源」: where items come from, the state of each source and since when, and its switch. */
export function sourcesPage({ collector, states, sourceList, clock }: SourceParts): Page {
  const routes = new Hono<ConsoleEnv>()

  async function shown(source: Source): Promise<ShownSource> {
    const state = await states.get(source.id)
    return {
      source,
      state,
      isOn: state.isOn ?? source.on,
      isChecking: collector.isChecking(source),
      isAdded: sourceList.isAdded(source),
    }
  }

  function sourceOf(c: ConsoleContext): Source {
    const source = sourceList.all().find(({ id }) => id === c.req.param('id'))
    if (!source) throw new Refusal('没有这个来源，可能已经删掉了。')
    return source
  }

  async function table(c: ConsoleContext): Promise<Html> {
    const all = await Promise.all(sourceList.all().map(shown))
    const canDecide = c.get('person').roles.includes('organizer')
    return sourceTable(all, { now: clock.now(), csrf: csrfField(c), canDecide })
  }

  async function show(c: ConsoleContext, refused?: RefusedForm): Promise<Response> {
    const canDecide = c.get('person').roles.includes('organizer')
    const adding = canDecide
      ? viewAdding({
          csrf: csrfField(c),
          refused,
          done: c.req.query('done') ?? '',
          known: c.req.query('known') ?? '',
          wrong: c.req.query('wrong') ?? '',
        })
      : ''
    return renderPage(
      c,
      '来源',
      html`<p class="hint">自带的和在这里加的都列在下面。打开以后才会去读：网站不让机器人读的不读，同一个网站一次只读一页。</p>
        ${adding}<section class="card">${await table(c)}</section>`,
    )
  }

  routes.get('/', c => show(c))
  routes.get('/table', async c => c.html(await table(c)))
  routes.post('/:id/look', async c => {
    const source = sourceOf(c)
    if (!(await collector.isOn(source))) throw new Refusal('这个来源没有打开，请先打开。')
    void collector.check(source)
    return c.redirect(sourcesPath, 303)
  })
  addEditRoutes(routes, { collector, states, sourceList, sourceOf, show })
  return {
    path: sourcesPath.slice(1),
    title: '来源',
    chapter: 'items',
    section: '推送',
    read: ['organizer', 'reviewer'],
    write: ['organizer'],
    routes,
  }
}

type EditParts = Omit<SourceParts, 'clock'> & {
  sourceOf(c: ConsoleContext): Source
  show(c: ConsoleContext, refused?: RefusedForm): Promise<Response>
}

/** Adding, switching, filtering and removing sources. */
function addEditRoutes(
  routes: Hono<ConsoleEnv>,
  { collector, states, sourceList, sourceOf, show }: EditParts,
): void {
  routes.post('/opml', action({ form: Opml, run: (_, sent) => importOpml(sourceList, sent), show }))
  routes.post(
    '/add',
    action({
      form: Feed,
      async run(_, { name, url, stream: of }) {
        const added = await sourceList.add([{ title: name, url: new URL(url).href }], of)
        if (added.length === 0) throw new Refusal('这个网址已经是来源了，在下面的表里。')
        return `${sourcesPath}?done=1`
      },
      show,
    }),
  )
  routes.post(
    '/:id/switch',
    action({
      form: Switch,
      async run(c, { to }) {
        const source = sourceOf(c)
        const isOn = to === 'on'
        await states.change(source.id, now => {
          if ((now.isOn ?? source.on) === isOn) throw new Refusal(sayAlready(source.name, isOn))
          return { ...now, isOn }
        })
        await collector.tellAlarms()
        if (isOn) void collector.check(source)
        return sourcesPath
      },
      show,
    }),
  )
  routes.post(
    '/:id/words',
    action({
      form: WordFilter,
      async run(c, { any, none, seen }) {
        const words = { any: wordsIn(any), none: wordsIn(none) }
        const { id, name } = sourceOf(c)
        await states.change(id, ({ etag: _, lastModified: __, ...now }) => {
          if (seen !== '' && seen !== filterVersion(now.words)) throw outdatedFilter(name, now.words, words)
          // Entries left out before may pass now, so the page is read anew.
          return { ...now, words }
        })
        return sourcesPath
      },
      show,
    }),
  )
  routes.post(
    '/:id/remove',
    action({
      form: noFields,
      async run(c) {
        const source = sourceOf(c)
        await sourceList.remove(source)
        await states.change(source.id, ({ words: _, ...now }) => ({ ...now, isOn: false }))
        collector.clearAlarm(source)
        return sourcesPath
      },
      show,
    }),
  )
}

const sayAlready = (name: string, isOn: boolean) =>
  isOn
    ? `「${name}」已经有人打开了，不用再点。要停用，请点下面的「停用」。`
    : `「${name}」已经有人停用了，不用再点。要打开，请点下面的「打开，现在就读」。`

/** Feeds of the file become sources that are off. */
async function importOpml(
  sourceList: SourceList,
  { file, stream: of }: { file: File; stream: (typeof streams)[number] },
) {
  if (file.size > largestOpmlBytes) throw new Refusal('文件超过 1 MB，不像订阅列表，请另选一个。')
  const { feeds, wrong } = await opmlFeeds(await file.text()).catch(cause => {
    if (cause instanceof Refusal) throw cause
    throw new Refusal('这个文件不是 OPML 订阅列表，请从阅读器里重新导出。')
  })
  if (feeds.length === 0) throw new Refusal('文件里没有订阅的网址，请另选一个。')
  const added = (await sourceList.add(feeds, of)).length
  return `${sourcesPath}?done=${added}&known=${feeds.length - added}&wrong=${wrong}`
}
