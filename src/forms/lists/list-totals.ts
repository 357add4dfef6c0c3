import { labelOf } from './list-labels.ts'
import type { PastedStatus } from './list-status.ts'
import type { PastedLine } from './match-names.ts'
import type { ReadEntry } from './pasted-list.ts'

/** A number of people, by the status that it counts: 「实到：10人」. */
export type Total = { status: PastedStatus | 'expected'; count: number }

/** A line that holds totals and nothing else. */
export const total =
  /^(?:共计?|合计|总计|总数|小计|已?(?:接[龙龍]|报名|参与|参加)(?:人数)?|应到|实到|请假|缺席|未到|人数|总人数)?[\s:：]*\d+\s*[人位名]?(?:[，,、;；\s]*(?:共计?|合计|应到|实到|请假|缺席?|未到|迟到|出差)[\s:：]*\d+\s*[人位名]?)*[，,、;；\s。.]*$/u

/** The totals of a line without names. */
export function totalsIn(line: string): Total[] {
  const label = labelOf(line)
  if (label && label.kind !== 'none' && label.kind !== 'place' && label.rest !== '' && total.test(label.rest))
    return [{ status: label.kind, count: Number(/\d+/u.exec(label.rest)?.[0]) }]
  if (!total.test(line)) return []
  return [...line.matchAll(countedWord)].flatMap(({ groups }) => {
    const kind = labelOf(groups?.word ?? '')?.kind
    return kind === 'here' || kind === 'away' || kind === 'expected'
      ? [{ status: kind, count: Number(groups?.count) }]
      : []
  })
}
const countedWord = /(?<word>\p{Script=Han}{2,4})[\s:：]*(?<count>\d+)/gu

const anyCount = /(?:\d{1,3}|[一两二三四五六七八九十]{1,3})\s*[人位名]/gu
/** Behind a number of people; digits before a dot or a colon number a name or tell a time. */
const numberEnd = '(?=[^\\S\\n]{0,4}(?:[人位名，,；;。）)]|$|、?(?:应到|实到|请假|缺|[未没]到|迟到)))'
const countOf = (words: string) =>
  new RegExp(
    `(?:${words})(?:人员|人数)?(?:共|有|的)? {0,4}[:：]? {0,4}[（(]?(?:共|有)?(?<count>\\d{1,3})${numberEnd}`,
    'gmu',
  )
const counts = {
  away: countOf('请假|[事病公]假|缺[席勤]?|[未没][到来]|出差|旷课'),
  expected: countOf('应到|应参加|应参会|应出席|全体(?:名单)?|全员'),
  here: countOf('实到|到会|到场|出席|参会'),
  late: countOf('迟到|晚到'),
  rest: countOf('其[余他它]|剩下|余下'),
}
const numbersOf = (kind: keyof typeof counts, text: string) =>
  [...text.matchAll(counts[kind])].map(({ groups }) => Number(groups?.count))

/** A total that a list tells beside the number of people that was read. */
export type Disagreement = { of: 'here' | 'away' | 'expected'; told: number; read: number }

/**
 * The totals of a list, 「应到30，实到27，请假2」, that no reading of the people who are asked about makes true. Totals of parts
 * may stand beside those of all.
 */
export function totalsAgainst(text: string, lines: readonly PastedLine[]): Disagreement[] {
  const here = lines.filter(({ status, found }) => status === 'here' && found.length === 1).length
  const away = lines.filter(({ status }) => status === 'away').length
  const open = lines.length - here - away
  const late = sum(numbersOf('late', text))
  const ranges = {
    here: { read: here, least: here - late, most: here + open },
    away: { read: away, least: 0, most: away + open },
    expected: { read: here + away, least: here + away, most: Number.POSITIVE_INFINITY },
  }
  return (['here', 'away', 'expected'] as const).flatMap(of => {
    const numbers = numbersOf(of, text)
    const { read, least, most } = ranges[of]
    const [largest, all] = [Math.max(...numbers), sum(numbers)]
    const fits = [largest, all].some(told => told >= least && told <= most)
    return numbers.length === 0 || fits ? [] : [{ of, told: largest * 2 === all ? largest : all, read }]
  })
}

/**
 * Whether it is open who the others are of whom 「其余均到」 tells: no exception is named, words in brackets may name one, or
 * a number of people disagrees with the names.
 */
export function isRestDoubtful(text: string, entries: readonly ReadEntry[]): boolean {
  const named = new Map(
    entries.flatMap(({ name, status, isExpected, isAside }) =>
      isExpected || isAside ? [] : name.split(' ').map(one => [one, status] as const),
    ),
  )
  if (entries.some(({ isAside, name }) => isAside && !named.has(name))) return true
  const people = [...named].filter(([name]) => !/[均都全齐]/u.test(name))
  const away = people.filter(([, status]) => status !== 'here').length
  const all = new Set(entries.flatMap(({ isRest, name }) => (isRest ? name.split(' ') : [])))
  const rest = [...all].filter(name => !named.has(name)).length
  const wanted = { away, expected: rest + people.length, here: rest + people.length - away, rest }
  const told = (['away', 'expected', 'here', 'rest'] as const).map(kind => ({
    wanted: wanted[kind],
    numbers: numbersOf(kind, text),
  }))
  const known = told.flatMap(({ numbers }) => numbers).length
  if ([...text.matchAll(anyCount)].length > known) return true
  if (away === 0 && /其[余他它]|剩下|余下|别的/u.test(text)) return true
  return told.some(one => one.numbers.length > 0 && sum(one.numbers) !== one.wanted)
}
const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0)
