import { Hono } from 'hono'
import { z } from 'zod'
import { action, actorOf, form, lineField, type RefusedForm } from '../../../console/forms.ts'
import { csrfField, renderPage } from '../../../console/widgets.ts'
import { type ConsoleContext, type ConsoleEnv, type Page, Refusal } from '../../../feature.ts'
import type { Actor } from '../../../ports/actor.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { KnowledgeEdits } from '../../../ports/knowledge-edits.ts'
import type { QuestionLog } from '../log/log.ts'
import { groupNearSame, isInNeed, weekOf } from '../log/rules.ts'
import { programmePicture, weeklyQuestionsPicture } from './pictures.ts'
import { noProgramme, viewInbox, viewNumbers, weeksShown } from './views.ts'

type Parts = {
  log: QuestionLog
  edits: KnowledgeEdits
  clock: Clock
  keepDays: number
  nameOfProgramme(id: string): string
}

/** The questions of the last weeks, the current one included. */
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

  routes.get('/', async c =>
    renderPage(
      c,
      '问答记录',
      viewNumbers({
        kept: await kept(weeksShown),
        now: clock.now(),
        inNeed: (await groupsInNeed({ log, clock })).length,
        keepDays,
        page: c.req.query('page'),
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
        ? weeklyQuestionsPicture(records, { now: clock.now(), weeks: weeksShown, width })
        : programmePicture(records, { nameOf, width })
    return c.body(svg, 200, { 'content-type': 'image/svg+xml; charset=utf-8' })
  })

  routes.route('/inbox', inboxRoutes({ log, edits, clock, nameOfProgramme }))

  return {
    path: 'questions',
    title: '问答记录',
    chapter: 'questions',
    section: '问答',
    read: ['organizer', 'reviewer'],
    write: ['organizer', 'reviewer'],
    routes,
  }
}

/** 「没答好的问题」: groups of questions that become a draft, a wording or nothing. */
function inboxRoutes({ log, edits, clock, nameOfProgramme }: Omit<Parts, 'keepDays'>): Hono<ConsoleEnv> {
  const routes = new Hono<ConsoleEnv>()

  async function showInbox(c: ConsoleContext, refused?: RefusedForm): Promise<Response> {
    const entries = (await edits.entries()).map(entry => ({
      ...entry,
      programme: nameOfProgramme(entry.programme),
    }))
    const view = viewInbox({
      groups: await groupsInNeed({ log, clock }),
      page: c.req.query('page'),
      entries,
      now: clock.now(),
      csrf: csrfField(c),
      problem: refused?.problem ?? '',
      done: dones.get(c.req.query('done') ?? '') ?? '',
    })
    return renderPage(c, '没答好的问题', view)
  }

  routes.get('/', c => showInbox(c))

  /** Handles one group; recorded afterwards, so that a group whose handling failed can be tried again. */
  function deed(
    as: 'draft' | 'wording' | 'dismissed',
    handle: (group: Handled, by: Actor) => Promise<string>,
  ) {
    return action({
      form: GroupForm,
      async run(c, typed) {
        const group = await groupOf(typed, { log, clock })
        const by = actorOf(c)
        const path = await handle(group, by)
        await log.handle(group.keys, as, by.name)
        return path
      },
      show: showInbox,
    })
  }

  routes.post(
    '/draft',
    deed('draft', ({ question, wordings }, by) => edits.draftEntry(question, wordings, by)),
  )
  routes.post(
    '/wording',
    deed('wording', async ({ entry, question }, by) => {
      if (entry === '') throw new Refusal('请先选一个条目。')
      await edits.addWording(entry, question, by)
      return '/questions/inbox?done=wording'
    }),
  )
  routes.post(
    '/dismiss',
    deed('dismissed', async () => '/questions/inbox?done=dismissed'),
  )

  return routes
}

/** Widths of the charts in pixels, for a desktop and a phone: scaled type would be too small to read. */
const widths = { wide: 720, narrow: 340 }

const GroupFields = z.object({ keys: lineField, question: lineField, entry: lineField })
type GroupFields = z.infer<typeof GroupFields>
const GroupForm = form(GroupFields)

type Handled = { keys: string[]; question: string; wordings: string[]; entry: string }

const dones = new Map([
  ['wording', '好了，已经交给审核人：同意以后这个问法就能命中。'],
  ['dismissed', '好了，这一组不再列出；以后再有人问，还会回来。'],
])

/** The questions that were shown and still wait. @throws {@link Refusal} where none does */
async function groupOf(
  { keys, question, entry }: GroupFields,
  parts: Pick<Parts, 'log' | 'clock'>,
): Promise<Handled> {
  const shown = new Set(keys.split(','))
  const asked = (await keptOf(parts, weeksShown)).filter(
    ({ key, value }) => shown.has(key) && isInNeed(value),
  )
  if (asked.length === 0) throw new Refusal('这一组已经有人处理过了。')
  const wordings = [...new Set(asked.map(({ value }) => value.question))].filter(one => one !== question)
  return { keys: asked.map(({ key }) => key), question, wordings, entry }
}
