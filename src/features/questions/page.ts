import { type Context, Hono } from 'hono'
import { csrfField, renderPage } from '../../console/widgets.ts'
import { type ConsoleEnv, type Page, Refusal } from '../../feature.ts'
import type { Clock } from '../../ports/clock.ts'
import type { KnowledgeEdits } from '../../ports/knowledge-edits.ts'
import type { QuestionLog } from './log.ts'
import { programmePicture, weekPicture } from './pictures.ts'
import { groupNearSame, isInNeed, weekOf } from './rules.ts'
import { noProgramme, viewInbox, viewNumbers, weeksShown } from './views.ts'

type Here = Context<ConsoleEnv>
type Parts = {
  log: QuestionLog
  edits: KnowledgeEdits
  clock: Clock
  keepDays: number
  nameOfProgramme(id: string): string
}

/** What was asked in so many weeks, this one among them. */
const keptOf = ({ log, clock }: Pick<Parts, 'log' | 'clock'>, weeks: number) =>
  log.since(
    weekOf(clock.now())
      .subtract({ weeks: weeks - 1 })
      .toZonedDateTime('Asia/Shanghai')
      .toInstant(),
  )

/** The questions that were not answered well, near-same wordings together. */
export async function groupsInNeed(parts: Pick<Parts, 'log' | 'clock'>) {
  return groupNearSame((await keptOf(parts, weeksShown)).filter(({ value }) => isInNeed(value)))
}

/** 「问答记录」 on the console: the numbers, the log and the inbox. */
export function questionsPage({ log, edits, clock, keepDays, nameOfProgramme }: Parts): Page {
  const routes = new Hono<ConsoleEnv>()
  const kept = (weeks: number) => keptOf({ log, clock }, weeks)
  const groups = () => groupsInNeed({ log, clock })

  routes.get('/', async c =>
    renderPage(
      c,
      '问答记录',
      viewNumbers({
        kept: await kept(weeksShown),
        now: clock.now(),
        inNeed: (await groups()).length,
        keepDays,
        nameOfProgramme,
      }),
    ),
  )

  routes.get('/pictures/:name{(?:weeks|programmes)\\.svg}', async c => {
    const width = c.req.query('width') === 'narrow' ? widths.narrow : widths.wide
    const records = (await kept(weeksShown)).map(({ value }) => value)
    const nameOf = (id: string | undefined) => (id === undefined ? noProgramme : nameOfProgramme(id))
    const svg =
      c.req.param('name') === 'weeks.svg'
        ? weekPicture(records, { now: clock.now(), weeks: weeksShown, width })
        : programmePicture(records, { nameOf, width })
    return c.body(svg, 200, { 'content-type': 'image/svg+xml; charset=utf-8' })
  })

  async function showInbox(c: Here, problem = ''): Promise<Response> {
    if (problem) c.status(422)
    const entries = (await edits.entries()).map(entry => ({
      ...entry,
      programme: nameOfProgramme(entry.programme),
    }))
    const view = viewInbox({
      groups: await groups(),
      entries,
      now: clock.now(),
      csrf: csrfField(c),
      problem,
      done: dones.get(c.req.query('done') ?? '') ?? '',
    })
    return renderPage(c, '没答好的问题', view)
  }

  routes.get('/inbox', c => showInbox(c))

  /** Does it first and writes down afterwards that it was done: a group that stays can be tried again. */
  function deed(as: 'draft' | 'wording' | 'dismissed', act: (form: Form) => Promise<string>) {
    return async (c: Here): Promise<Response> => {
      const { id, name } = c.get('person')
      try {
        const form = await readForm(c, { id, name })
        const path = await act(form)
        await log.handle(form.keys, as, name)
        return c.redirect(path, 303)
      } catch (cause) {
        if (cause instanceof Refusal) return showInbox(c, cause.message)
        throw cause
      }
    }
  }

  routes.post(
    '/inbox/draft',
    deed('draft', ({ question, wordings, by }) => edits.draftEntry(question, wordings, by)),
  )
  routes.post(
    '/inbox/wording',
    deed('wording', async ({ entry, question, by }) => {
      if (entry === '') throw new Refusal('请先选一个条目。')
      await edits.addWording(entry, question, by)
      return '/questions/inbox?done=wording'
    }),
  )
  routes.post(
    '/inbox/dismiss',
    deed('dismissed', async () => '/questions/inbox?done=dismissed'),
  )

  /** The group as it stands now for the keys that were shown, so that nobody handles what they have not seen. */
  async function readForm(c: Here, by: Form['by']): Promise<Form> {
    const form = await c.req.formData()
    const shown = new Set(String(form.get('keys') ?? '').split(','))
    const question = String(form.get('question') ?? '').trim()
    const asked = (await kept(weeksShown)).filter(({ key, value }) => shown.has(key) && isInNeed(value))
    if (asked.length === 0) throw new Refusal('这一组已经有人处理过了。')
    const wordings = [...new Set(asked.map(({ value }) => value.question))].filter(one => one !== question)
    return {
      keys: asked.map(({ key }) => key),
      question,
      wordings,
      entry: String(form.get('entry') ?? ''),
      by,
    }
  }

  return {
    path: 'questions',
    title: '问答记录',
    section: '问答',
    read: ['organizer', 'reviewer'],
    write: ['organizer', 'reviewer'],
    routes,
  }
}

/** A desk, and a phone: two drawings, since type that is made smaller with its picture cannot be read. */
const widths = { wide: 720, narrow: 340 }

type Form = {
  keys: string[]
  question: string
  wordings: string[]
  entry: string
  by: { id: string; name: string }
}

const dones = new Map([
  ['wording', '好了，已经交给审核人：同意以后这个问法就能命中。'],
  ['dismissed', '好了，这一组不再列出；以后再有人问，还会回来。'],
])
