import { Hono } from 'hono'
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import {
  action,
  firstProblem,
  form,
  noFields,
  numberInPath,
  type RefusedForm,
  sendFile,
} from '../../../console/forms.ts'
import { csrfField, renderPage } from '../../../console/widgets.ts'
import { type ConsoleContext, type ConsoleEnv, FieldRefusal, type Page, Refusal } from '../../../feature.ts'
import type { ChatFile } from '../../../ports/chat.ts'
import type { Clock } from '../../../ports/clock.ts'
import { timeZone } from '../../../text/dates/time.ts'
import { BallotKind, TieRule, type Vote, type VoteExport } from '../../../votes/vote.ts'
import type { VoteActions } from '../actions.ts'
import type { VoteRecords } from '../ballots/records.ts'
import { viewVote, viewVotes } from './views.ts'

type PageParts = { actions: VoteActions; records: VoteRecords; clock: Clock }

const count = (most: number) =>
  z.coerce.number('请写数字。').int().min(1, '至少 1。').max(most, `最多 ${most}。`)
const names = z
  .string()
  .default('')
  .transform(text => text.split(/[、,，;；\s]+/u).filter(Boolean))
const NewVote = form(
  z.object({
    title: z.string().trim().min(1, '请写标题。').max(40, '请不要超过 40 个字。'),
    weightPercent: z.coerce.number().int().min(0).max(100).default(30),
    kind: BallotKind,
    most: count(20).default(1),
    places: count(20).default(1),
    quorumPercent: count(100).default(50),
    tie: TieRule,
    closesAt: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/u, '请选截止时间。'),
    nominees: names,
    observers: names,
    spaces: names,
  }),
)
const Cancelling = form(z.object({ reason: z.string().trim().min(1, '请写为什么取消。').max(100) }))

/** 「评选」 on the console: nominations and votes. */
export function votesPage({ actions, records, clock }: PageParts): Page {
  const routes = new Hono<ConsoleEnv>()
  async function showList(c: ConsoleContext, refused?: RefusedForm): Promise<Response> {
    return renderPage(
      c,
      '评选',
      viewVotes({ all: await records.all(), csrf: csrfField(c), refused, now: clock.now() }),
    )
  }

  async function showVote(c: ConsoleContext, problem = ''): Promise<Response> {
    const vote = await actions.require(numberInPath(c))
    const receipts = await actions.receipts(vote.rules.number)
    const view = {
      csrf: csrfField(c),
      tally: await actions.result(vote),
      receipts,
      problem,
      now: clock.now(),
    }
    return renderPage(c, vote.rules.title, viewVote(vote, view))
  }

  const deed = (run: (number: number) => Promise<Vote>) =>
    action({
      form: noFields,
      async run(c) {
        return `/votes/${(await run(numberInPath(c))).rules.number}`
      },
      show: (c, { problem }) => showVote(c, problem),
    })

  routes.get('/', c => showList(c))
  routes.post(
    '/',
    action({
      form: NewVote,
      async run(_, { closesAt, ...plan }) {
        const vote = await actions.create({ ...plan, closesAt: instantFrom(closesAt) })
        return `/votes/${vote.rules.number}`
      },
      show: showList,
    }),
  )
  routes.get('/:number{[0-9]+}', c => showVote(c))
  routes.post('/:number{[0-9]+}/open', deed(actions.open))
  routes.post('/:number{[0-9]+}/close', deed(actions.close))
  routes.post(
    '/:number{[0-9]+}/cancel',
    action({
      form: Cancelling,
      async run(c, { reason }) {
        await actions.cancel(numberInPath(c), reason)
        return `/votes/${numberInPath(c)}`
      },
      show: (c, refused) => showVote(c, firstProblem(refused)),
    }),
  )
  routes.post('/:number{[0-9]+}/run-off', deed(actions.startRunOff))
  addFileRoutes(routes, actions, showVote)
  return {
    path: 'votes',
    title: '评选',
    chapter: 'votes',
    section: '社群',
    read: ['organizer'],
    write: ['organizer'],
    routes,
  }
}

/** @param showVote the page of the vote, with the reason why there is no file */
function addFileRoutes(
  routes: Hono<ConsoleEnv>,
  actions: VoteActions,
  showVote: (c: ConsoleContext, problem: string) => Promise<Response>,
): void {
  const file = (make: (number: number) => Promise<ChatFile>) => async (c: ConsoleContext) => {
    try {
      return sendFile(c, await make(numberInPath(c)))
    } catch (cause) {
      if (!(cause instanceof Refusal)) throw cause
      return showVote(c, cause.message)
    }
  }
  routes.get(
    '/:number{[0-9]+}/vote.json',
    file(async number => recordFile(number, await actions.exported(number))),
  )
  routes.get('/:number{[0-9]+}/vote.xlsx', file(actions.sheet))
}

function instantFrom(typed: string): string {
  try {
    return Temporal.PlainDateTime.from(typed, { overflow: 'reject' })
      .toZonedDateTime(timeZone)
      .toInstant()
      .toString()
  } catch (cause) {
    if (cause instanceof RangeError) throw new FieldRefusal('closesAt', '没有这一天，请改一下。')
    throw cause
  }
}

function recordFile(number: number, record: VoteExport): ChatFile {
  const bytes = new TextEncoder().encode(`${JSON.stringify(record, undefined, 1)}\n`)
  return { name: `评选-${number}.json`, mimeType: 'application/json', bytes }
}
