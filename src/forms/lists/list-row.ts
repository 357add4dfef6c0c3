import { isStatus, nameIn, type PastedStatus, statusIn, statusOfCell } from './list-status.ts'
import type { PastedEntry, ReadEntry } from './pasted-list.ts'
import { notNames } from './table-people.ts'

/** Marks between the names or the cells of a row. */
const separators: RegExp = /[、，,;；\t/／\\+＋&|｜]+/u
/** A word as long as a Chinese name. */
export const mayBeName: RegExp = /^[\p{Script=Han}·]{2,4}$/u

/** Names of the cells of a row, each with the status in the cells behind it. */
export function namesOfRow(row: string, headingStatus: PastedStatus): PastedEntry[] {
  const entries: PastedEntry[] = []
  const alsoNames: string[] = []
  let isMarked = false
  for (const cell of row.split(separators).map(part => part.trim())) {
    if (cell === '' || notNames.test(cell)) continue
    const last = entries.at(-1)
    if (last || isStatus(cell)) {
      const status = statusOfCell(cell)
      if (last && isMarked && status !== 'unclear' && status !== last.status) last.status = 'unclear'
      else if (last && status === 'away') last.status = status
      isMarked ||= isStatus(cell)
      if (mayBeName.test(cell) && !isStatus(cell)) alsoNames.push(cell)
      continue
    }
    const named = nameIn(cell)
    if (named.name !== '') entries.push({ ...named, status: statusIn(cell, headingStatus) })
  }
  const [only] = entries
  if (only && alsoNames.length > 0) only.alsoNames = alsoNames
  return entries
}

/**
 * Each once by its key, in the order of the first: what is said of those who should come, or of words in brackets,
 * yields to everything else, and of two that differ a person decides.
 */
export function onceEach<T extends { status: PastedStatus; isExpected?: boolean; isAside?: true }>(
  all: readonly T[],
  keyOf: (one: T, at: number) => string,
): T[] {
  const byKey = new Map<string, T>()
  for (const [at, one] of all.entries()) {
    const key = keyOf(one, at)
    const before = byKey.get(key)
    if (!before || yields(before)) byKey.set(key, yields(one) && before ? before : one)
    else if (!yields(one) && one.status !== before.status) byKey.set(key, { ...before, status: 'unclear' })
  }
  return [...byKey.values()]
}

/** Two of one name, each with a place of its own, stand with it: 「陈洁（三盛服饰）」 and 「陈洁（河口书店）」. */
export function apartByPlace(entries: readonly ReadEntry[]): ReadEntry[] {
  const byName = Map.groupBy(entries, ({ name }) => name)
  return entries.map(entry => {
    const places = (byName.get(entry.name) ?? []).map(({ place }) => place)
    const areApart =
      places.length > 1 && !places.includes(undefined) && new Set(places).size === places.length
    if (!areApart) return entry
    const { wholes: _, ...named } = entry
    return { ...named, name: `${entry.name} ${entry.place}` }
  })
}

const yields = (one: { isExpected?: boolean; isAside?: true }) => one.isExpected || one.isAside

const nameBeforeColon =
  /^(?:\d{1,3}[.、．\s]\s*)?(?<name>[\p{Script=Han}·]{2,4})\s*[:：]\s*(?<answer>\S.*)?$/u

/** Names that stand before a colon with nothing behind, 「柏舟：」, in a list where others have a status there: 「甘棠：到」. */
export function unansweredIn(lines: readonly string[]): ReadonlySet<string> {
  const asked = lines.flatMap(line => {
    const { name, answer } = nameBeforeColon.exec(line)?.groups ?? {}
    return name === undefined ? [] : [{ name, answer }]
  })
  if (!asked.some(({ answer }) => answer !== undefined && isStatus(answer))) return new Set()
  return new Set(asked.flatMap(({ name, answer }) => (answer === undefined ? [name] : [])))
}

/** 「1. 张三、李四」 are two names; 「1. 张三 要加班，晚十分钟」 is one with a remark. */
export function splitsIntoNames(body: string): boolean {
  const pieces = body.split(separators).map(piece => piece.trim())
  return (
    body.includes('\t') ||
    pieces.every(
      piece => /^[\p{Script=Han}·]{2,4}(?:[（(][^（()）]*[)）])?$/u.test(piece) && !isStatus(piece),
    )
  )
}

/** Pieces of a line with plain signs between names and none within brackets. */
export const withPlainGaps = (written: string): string =>
  written
    .replaceAll(/[（(]\s*((?:以上|前面|[都均])[^（）()]{1,10})[)）]/gu, '，$1')
    // A stroke for an empty place is no separator.
    .replace(/\s+[/／]\s*$/u, ' □')
    .replaceAll(/(?<=\p{Script=Han})\s+[和跟与及]\s+(?=\p{Script=Han})/gu, '、')
    .replaceAll(/[（(【][^（）()【】]*[)）】]/gu, inner => inner.replaceAll(/[、，,;；。]/gu, ' '))
