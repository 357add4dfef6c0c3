import { Hono } from 'hono'
import type { Temporal } from 'temporal-polyfill'
import { sendFile } from '../../../console/forms.ts'
import { renderPage } from '../../../console/widgets.ts'
import { type ConsoleContext, type ConsoleEnv, type Page, Refusal } from '../../../feature.ts'
import type { AttendanceLedger } from '../../../ledger/ledger.ts'
import { makeLedgerFile } from '../../../ledger/workbook.ts'
import { inShanghai } from '../../../text/dates/time.ts'
import type { TallyParts } from '../commands.ts'
import { ofUnit } from '../period-reader.ts'
import { type NamedPeriod, periodOf, readPeriod } from '../periods.ts'
import { branchMapPicture, memberPictures, unitPicture, weekPicture } from '../pictures.ts'
import { viewTally } from './views.ts'

type PageParts = Pick<TallyParts, 'reading' | 'exports' | 'clock'>

/** A desk, and a phone: two drawings, since type that is made smaller with its picture cannot be read. */
const widths = { wide: 720, narrow: 316 }

const drawings: Record<
  string,
  (ledger: AttendanceLedger, width: number, c: ConsoleContext) => string | undefined
> = {
  weeks: weekPicture,
  branches: (ledger, width) => unitPicture(ledger, 'branch', width),
  spaces: (ledger, width) => unitPicture(ledger, 'space', width),
  'branch-map': branchMapPicture,
  members: (ledger, width, c) => {
    const unit = c.req.query('unit') ?? ''
    const lines = unit === '' ? ledger.lines : (ofUnit(ledger, unit) ?? [])
    return memberPictures(ledger, { lines, of: unit || '成员', width })[Number(c.req.query('part') ?? 0)]
  },
}

/** @throws {@link Refusal} for what is no period */
function periodIn(c: ConsoleContext, today: Temporal.PlainDate): NamedPeriod {
  const asked = c.req.query('period') ?? ''
  return periodOf(asked) ?? readPeriod(asked === '' ? '本季度' : asked, today).period
}

/** This quarter, with the reason, where a period was asked for that is none. */
function periodToShow(
  c: ConsoleContext,
  today: Temporal.PlainDate,
): { period: NamedPeriod; problem: string } {
  try {
    return { period: periodIn(c, today), problem: '' }
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause
    return { period: readPeriod('本季度', today).period, problem: cause.message }
  }
}

/** 「台账」 on the console: numbers and pictures of a period, and the files. */
export function tallyPage({ reading, exports, clock }: PageParts): Page {
  const routes = new Hono<ConsoleEnv>()
  const today = () => inShanghai(clock.now()).toPlainDate()

  routes.get('/', async c => {
    const { period, problem } = periodToShow(c, today())
    if (problem !== '') c.status(422)
    const ledger = await reading.ledgerOf(period)
    const unit = c.req.query('unit') ?? ''
    return renderPage(c, '台账', viewTally({ period, ledger, unit, today: today(), problem }))
  })

  routes.get('/pictures/:name{[a-z-]+\\.svg}', async c => {
    const draw = drawings[c.req.param('name').replace('.svg', '')]
    const width = c.req.query('width') === 'narrow' ? widths.narrow : widths.wide
    const svg = draw?.(await reading.ledgerOf(periodIn(c, today())), width, c)
    if (!svg) return c.notFound()
    return c.body(svg, 200, { 'content-type': 'image/svg+xml; charset=utf-8' })
  })

  routes.get('/ledger.xlsx', async c => {
    const period = periodIn(c, today())
    const ledger = await reading.filledLedgerOf(period)
    const { name: by } = c.get('person')
    const what = `${period.title}出勤台账`
    await exports.note({ byName: by, what, road: 'console', people: ledger.lines.length })
    return sendFile(c, await makeLedgerFile(ledger, { by, at: clock.now() }))
  })

  return {
    path: 'tally',
    title: '台账',
    chapter: 'tally',
    section: '签到',
    read: ['organizer'],
    write: ['organizer'],
    routes,
  }
}
