import {
  attendedOf,
  type Counts,
  expectedOf,
  guestsOf,
  kinds,
  lateOf,
  rateOf,
  rateWithMadeUpOf,
  sayRate,
  sumOfCounts,
  unknownOf,
} from '../../ledger/counts.ts'
import { type AttendanceLedger, groupBy, type LedgerMember } from '../../ledger/ledger.ts'
import type { MemberFacts, ReportPart } from '../../ports/overviews.ts'
import { inShanghai } from '../../text/dates/time.ts'

/** 「应到 38 人次，实到 31（迟到 2），补学 1，请假 2，缺勤 3，未核对 1，出勤率 84%（含补学 86%）」: what is nothing is left out. */
export function sayCounts(counts: Counts, unit = '人次'): string {
  const part = (word: string, count: number, more = '') => (count > 0 ? [`${word} ${count}${more}`] : [])
  const late = lateOf(counts) > 0 ? `（迟到 ${lateOf(counts)}）` : ''
  const madeUp = counts['made-up'] > 0 ? `（含补学 ${sayRate(rateWithMadeUpOf(counts))}）` : ''
  const rate = rateOf(counts)
  return [
    ...part('应到', expectedOf(counts), ` ${unit}`),
    `实到 ${attendedOf(counts)}${expectedOf(counts) > 0 ? '' : ` ${unit}`}${late}`,
    ...part('补学', counts['made-up']),
    ...part('请假', counts.leave),
    ...part('缺勤', counts.absent),
    ...part('未核对', unknownOf(counts)),
    ...(expectedOf(counts) > 0 ? part('自愿参加', guestsOf(counts)) : []),
    ...part('不在应到的请假', counts['guest-leave']),
    ...part('不在应到的补学', counts['guest-made-up']),
    ...(rate === undefined ? [] : [`出勤率 ${sayRate(rate)}${madeUp}`]),
  ].join('，')
}

/** Text beside a ledger in private chat: the whole, and a line a branch where there are several. */
export function sayLedger({ period, lessons, lines, total }: AttendanceLedger): string {
  const branches = groupBy(lines, 'branch')
  const byBranch = branches.flatMap(({ name, lines: of }) => {
    const rate = rateOf(sumOfCounts(of.map(({ counts }) => counts)))
    return rate === undefined ? [] : [`${name}：出勤率 ${sayRate(rate)}`]
  })
  const head = `${period.title}：${lessons.length} 次课，${lines.length} 人。`
  return [head, `${sayCounts(total)}。`, ...(branches.length > 1 ? byBranch : [])].join('\n')
}

/** A maker's own year, in a few lines; lessons where the member was not expected do not count. */
export function sayOwn({ period, lessons }: AttendanceLedger, line: LedgerMember | undefined): string {
  if (!line) return `${period.title}还没有你的出勤记录。上课时在群里发「签到」就会记上。`
  const { counts, entries } = line
  const open = (['absent', 'unverified'] as const).flatMap(kind => {
    const which = lessons.flatMap((lesson, index) =>
      entries[index]?.kind === kind ? [sayLesson(lesson)] : [],
    )
    return which.length > 0
      ? [
          `${kinds[kind].word}：${which.slice(-latest).join('、')}${which.length > latest ? ` 等 ${which.length} 次` : ''}`,
        ]
      : []
  })
  const hints = [
    ...(counts.absent > 0 ? ['缺的课可以补学：发「补学」和一句学到了什么，组织者确认就记上。'] : []),
    ...(counts.unverified > 0 ? ['未核对不算缺勤：那时断线了，到过的请告诉组织者。'] : []),
  ]
  return [`${line.name}，${period.title}的出勤：`, `${sayCounts(counts, '次')}。`, ...open, ...hints].join(
    '\n',
  )
}

/** The year of one member on the console, the latest lesson first; undefined where nothing is recorded. */
export function factsOfMember({ period, lessons, lines }: AttendanceLedger): MemberFacts | undefined {
  const [line] = lines
  if (!line) return undefined
  const held = lessons.flatMap((lesson, index) => {
    const entry = line.entries[index]
    if (!entry) return []
    const late = entry.lateMinutes ? ` ${entry.lateMinutes} 分钟` : ''
    const remarks = entry.remarks.length > 0 ? `（${entry.remarks.join('；')}）` : ''
    return [
      {
        text: `${sayLesson(lesson)}：${kinds[entry.kind].word}${late}${remarks}`,
        path: `/lessons/${lesson.id}`,
      },
    ]
  })
  return {
    title: `${period.title}的出勤`,
    lines: [{ text: `${sayCounts(line.counts, '次')}。` }, ...held.toReversed()],
  }
}

const latest = 5

function sayLesson({ startsAt, title }: AttendanceLedger['lessons'][number]): string {
  const { month, day } = inShanghai(startsAt)
  return `${month}月${day}日「${title}」`
}

/** Totals of a month's lessons for the report. */
export function attendanceReportOf({ lessons, lines, total }: AttendanceLedger): ReportPart {
  const others = total['guest-leave']
  const uncounted = others > 0 ? `请假里有 ${others} 人次不在应到名单里，不算进出勤率。` : ''
  return {
    title: '微党课和活动',
    figures: [
      { label: '上课', value: `${lessons.length} 次` },
      { label: '实到', value: `${attendedOf(total)} 人次` },
      { label: '来过的人', value: `${lines.filter(({ counts }) => attendedOf(counts) > 0).length} 人` },
      { label: '出勤率', value: sayRate(rateOf(total)) },
      { label: '请假', value: `${total.leave + total['guest-leave']} 人次` },
      { label: '补学', value: `${total['made-up'] + total['guest-made-up']} 人次` },
    ],
    note: `出勤率只算应到的人，断线没法核对的不算缺勤。${uncounted}`,
  }
}
