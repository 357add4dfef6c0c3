import { isCopyLine } from './copies.ts'
import { dayAlone, dayBehind } from './dates.ts'
import { officePublishing, officesIn, plainOffice } from './offices.ts'
import type { DocumentLine } from './types.ts'

export type Signature = {
  issuers: string[]
  /** ISO 8601; undefined below a text that tells no day. */
  date: string | undefined
  /** The numbers of its lines, from 0. */
  lines: Set<number>
  /** The last of them. */
  end: number
}

const mostSignatureLines = 6
/** 「市　长　　林某某」 signs an order, 「首席仲裁员　陈某某」 an award: what a person is, a gap, the name. */
const signs =
  /^(?:代\s*)?(?:[市省州区县部局厅镇乡院行会]\s*长|主\s*[任席]|总\s*理)[\s|]*\p{Script=Han}(?:\s*\p{Script=Han}){1,3}$|^\p{Script=Han}(?:\s?\p{Script=Han}){1,6}[\s|]+\p{Script=Han}(?:\s?\p{Script=Han}){1,3}$/u

/** A name in a line between the end of a sentence and the day: an office of a kind that is not known. */
const isNameAlone = (text: string, before: string) =>
  /^\p{Script=Han}[\p{Script=Han}（）()“”·]{3,29}$/u.test(text) &&
  !/^(?:附|第|此|关于)|[的了]$/u.test(text) &&
  /[。！!；]\s*$/u.test(before)

/** The first day in a line of its own, with the offices above it. */
export function signatureIn(lines: readonly DocumentLine[]): Signature | undefined {
  for (const [at, { text }] of lines.entries()) {
    const isBelowOffice = officesIn(lines[at - 1]?.text ?? '').length > 0
    const date = dayAlone(isBelowOffice ? text.trim().replace(/(?:印发|发布)$/u, '') : text)
    const joined = date ? undefined : dayBehind(text)
    const own = joined ? officesIn(joined.before) : []
    if (!date && own.length === 0) continue
    const above = officesAbove(lines, at)
    const numbers = [at, ...above.map(each => each.at)]
    return {
      date: date ?? joined?.day ?? '',
      issuers: [...above.toReversed().flatMap(({ offices }) => offices), ...own],
      lines: new Set(numbers),
      end: at,
    }
  }
  return undatedIn(lines)
}

/** Offices in the last lines of a text that tells no day, behind the end of a sentence. */
function undatedIn(lines: readonly DocumentLine[]): Signature | undefined {
  const last = lines.findLastIndex(({ text }) => !isCopyLine(text))
  const before = lines.slice(0, last + 1).findLastIndex(({ text }) => officesIn(text).length === 0)
  if (before < 0 || before === last || !/[。！!]\s*$/u.test(lines[before]?.text ?? '')) return undefined
  const signing = lines.slice(before + 1, last + 1)
  return {
    date: undefined,
    issuers: signing.flatMap(({ text }) => officesIn(text)),
    lines: new Set(signing.map((_, at) => before + 1 + at)),
    end: last,
  }
}

function officesAbove(lines: readonly DocumentLine[], at: number): { at: number; offices: string[] }[] {
  const found: { at: number; offices: string[] }[] = []
  for (let above = at - 1; above >= 0 && above >= at - mostSignatureLines; above -= 1) {
    const text = lines[above]?.text.trim() ?? ''
    const offices = [officesIn(text), officePublishing(text)].find(({ length }) => length > 0) ?? []
    const isName = above === at - 1 && offices.length === 0 && isNameAlone(text, lines[above - 1]?.text ?? '')
    if (offices.length === 0 && !signs.test(text) && !isName) break
    found.push({ at: above, offices: isName ? [plainOffice(text)] : offices })
  }
  return found
}
