import { readFileSync } from 'node:fs'
import { Temporal } from 'temporal-polyfill'

/** A date in a labelled notice: [start, end) in its text, its role and what it comes to. */
export type Mark = {
  start: number
  end: number
  role: string
  qualifiers: readonly string[]
  /** The day, or the last day of a span, a month or a year; undefined for a count that no day follows from. */
  lastDay: string | undefined
}

export type MarkedNotice = {
  author: string
  kind: string
  title: string
  text: string
  publishedOn: Temporal.PlainDate
  deadline: string | null
  documentNumber: string | null
  amounts: readonly string[]
  marks: readonly Mark[]
}

/**
 * Reads a file of labelled notices.
 * @throws Error with the title where a block has not the form that `data/notices/README.md` describes
 */
export function readMarkedNotices(file: string, author: string): MarkedNotice[] {
  return readFileSync(file, 'utf8')
    .split(/^===\n/mu)
    .filter(block => block.trim() !== '')
    .map(block => noticeOf(block, author))
}

function noticeOf(block: string, author: string): MarkedNotice {
  const at = block.indexOf('\n---\n')
  const head = new Map(
    block
      .slice(0, at)
      .split('\n')
      .map(line => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()] as const),
  )
  const field = (name: string) => {
    const value = head.get(name)
    if (value === undefined) throw new Error(`${file(head, author)} has no ${name}`)
    return value
  }
  const orNone = (value: string) => (value === 'none' ? null : value)
  return {
    author,
    kind: field('kind'),
    title: field('title'),
    publishedOn: Temporal.PlainDate.from(field('published')),
    deadline: orNone(field('deadline')),
    documentNumber: orNone(field('number')),
    amounts: orNone(field('amounts'))?.split(/\s*;\s*/u) ?? [],
    ...unmarked(block.slice(at + 5).trim()),
  }
}

const file = (head: Map<string, string>, author: string) => `${author}: ${head.get('title') ?? '(no title)'}`

/** The text without its marks, and where they stood. */
function unmarked(written: string): { text: string; marks: Mark[] } {
  const marks: Mark[] = []
  let text = ''
  let last = 0
  for (const match of written.matchAll(/⟦([^|⟧]*)\|([^|⟧]*)\|([^⟧]*)⟧/gu)) {
    text += written.slice(last, match.index)
    const [role = '', ...qualifiers] = (match[1] ?? '').split(' ')
    const literal = match[3] ?? ''
    const place = { start: text.length, end: text.length + literal.length }
    marks.push({ ...place, role, qualifiers, lastDay: lastDayOf(match[2] ?? '') })
    text += literal
    last = match.index + match[0].length
  }
  return { text: text + written.slice(last), marks }
}

function lastDayOf(value: string): string | undefined {
  const last = value.split('..').at(-1) ?? ''
  if (/^\d{4}$/u.test(last)) return `${last}-12-31`
  if (/^\d{4}-\d{2}$/u.test(last)) {
    const month = Temporal.PlainYearMonth.from(last)
    return month.toPlainDate({ day: month.daysInMonth }).toString()
  }
  return /^\d{4}-\d{2}-\d{2}$/u.test(last) ? last : undefined
}
