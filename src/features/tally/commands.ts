import { type Answer, type Command, Refusal } from '../../feature.ts'
import type { AttendanceLedger } from '../../ledger/ledger.ts'
import { makeLedgerFile } from '../../ledger/workbook.ts'
import type { Message, Reply } from '../../ports/chat.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Directory } from '../../ports/directory.ts'
import type { ExportLog } from '../../ports/export-log.ts'
import type { Pictures } from '../../ports/pictures.ts'
import { inShanghai } from '../../text/dates/time.ts'
import { ofUnit, type PeriodReader } from './period-reader.ts'
import { readPeriod, yearPeriodOf } from './periods.ts'
import { branchMapPicture, memberPictures, membersPerPicture, unitPicture, weekPicture } from './pictures.ts'
import { sayLedger, sayOwn } from './words.ts'

/** Size limit of a file in chat. */
const largestBytes = 5 * 1024 * 1024
/** On a phone's screen; drawn three times as large, so that it is sharp there. */
const phoneWidth = 390
const sharpness = 3
/** Width limit of a picture. */
const widestPx = 4000
/** Most pictures of members at once; of more people the branches are shown. */
const mostMemberPictures = 3

export type TallyParts = {
  reading: PeriodReader
  directory: Directory
  exports: ExportLog
  pictures: Pictures
  clock: Clock
}

/** Commands of organizers in private, and of makers about themselves. */
export function tallyCommands({ reading, directory, exports, pictures, clock }: TallyParts): Command[] {
  const today = () => inShanghai(clock.now()).toPlainDate()

  async function note(message: Message, what: string, people: number): Promise<string> {
    const { name: byName } = await directory.recognise(message)
    await exports.note({ byName, what, road: 'chat', people })
    return byName
  }

  async function sendLedger(message: Message, typed: string): Promise<Answer> {
    const { period, rest } = readPeriod(typed, today())
    if (rest !== '') throw new Refusal('一次发一段时间的台账，例如「台账 本季度」。')
    const ledger = await reading.filledLedgerOf(period)
    const by = await note(message, `${period.title}出勤台账`, ledger.lines.length)
    const file = await makeLedgerFile(ledger, { by, at: clock.now() })
    if (file.bytes.length > largestBytes) {
      return `${sayLedger(ledger)}\n表格超过 5 MB，聊天里发不了，请在控制台的「台账」页下载。`
    }
    return { text: sayLedger(ledger), file }
  }

  async function sendPictures(message: Message, typed: string): Promise<Answer> {
    const { period, rest } = readPeriod(typed, today())
    const ledger = await reading.filledLedgerOf(period)
    const lines = rest === '' ? ledger.lines : ofUnit(ledger, rest)
    if (!lines)
      throw new Refusal(
        `${period.title}没有「${rest}」的人。要写支部或众创空间的全名，例如「${ledger.lines[0]?.branch}」。`,
      )
    const drawn = rest === '' ? pictureSet(ledger) : unitSet(ledger, rest)
    if (drawn.some(({ namesPeople }) => namesPeople))
      await note(message, `${period.title}出勤图`, lines.length)
    const replies: Reply[] = []
    for (const { name, svg } of drawn) {
      const bytes = await pictures.png(svg, Math.min(widestPx, widthOf(svg) * sharpness))
      replies.push({ file: { name: `${name}-${period.title}.png`, mimeType: 'image/png', bytes } })
    }
    const isLarge = rest === '' && ledger.lines.length > membersPerPicture * mostMemberPictures
    const more = isLarge
      ? `\n人多，按支部画。要看一个支部的成员，发「出勤图 ${period.title} ${ledger.lines[0]?.branch}」。`
      : ''
    return [{ text: `${sayLedger(ledger)}${more}` }, ...replies]
  }

  return [
    {
      words: ['台账', '台帳', '台帐', '考勤台账', '出勤台账'],
      takes: 'text',
      role: 'organizer',
      where: 'private',
      help: '台账 本季度 —— 出勤台账（也可写本月、今年、2026年10月、第三季度）',
      run: sendLedger,
    },
    {
      words: ['出勤图', '出勤圖', '考勤图'],
      takes: 'text',
      role: 'organizer',
      where: 'private',
      help: '出勤图 本季度 —— 每周、各支部和成员的出勤图，后面可写支部',
      run: sendPictures,
    },
    {
      words: ['我的出勤', '我的考勤'],
      takes: 'nothing',
      role: 'maker',
      where: 'private',
      help: '我的出勤 —— 今年到了几次、缺了几次',
      async run(message) {
        const year = yearPeriodOf(today().year)
        const { id } = await directory.recognise(message)
        const ledger = await reading.ledgerOf(year)
        return sayOwn(
          ledger,
          ledger.lines.find(line => line.id === id),
        )
      },
    },
  ]
}

type Drawn = { name: string; svg: string; namesPeople: boolean }

function pictureSet(ledger: AttendanceLedger): Drawn[] {
  const drawn = [
    { name: '每周出勤', svg: weekPicture(ledger, phoneWidth), namesPeople: false },
    { name: '各支部出勤', svg: unitPicture(ledger, 'branch', phoneWidth), namesPeople: false },
  ]
  if (ledger.lines.length > membersPerPicture * mostMemberPictures) {
    return [
      ...drawn,
      { name: '各支部每课出勤率', svg: branchMapPicture(ledger, phoneWidth), namesPeople: false },
    ]
  }
  return [...drawn, ...membersOf(ledger, ledger.lines, '成员')]
}

function unitSet(ledger: AttendanceLedger, unit: string): Drawn[] {
  return membersOf(ledger, ofUnit(ledger, unit) ?? [], unit)
}

function membersOf(ledger: AttendanceLedger, lines: AttendanceLedger['lines'], of: string): Drawn[] {
  return memberPictures(ledger, { lines, of, width: phoneWidth }).map((svg, page) => ({
    name: `${of}出勤${page === 0 ? '' : `-${page + 1}`}`,
    svg,
    namesPeople: true,
  }))
}

const widthOf = (svg: string) => Number(svg.match(/^<svg width="(\d+)/u)?.[1] ?? phoneWidth)
