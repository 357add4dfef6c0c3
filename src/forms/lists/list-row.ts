import { isStatus, nameIn, type PastedStatus, statusIn, statusOfCell } from './list-status.ts'
import { notNames } from './list-table.ts'
import type { PastedEntry } from './pasted-list.ts'

/** Marks between the names or the cells of a row. */
export const separators: RegExp = /[、，,;；\t/／\\+＋&|｜]+/u
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
 * Each once by its key, in the order of the first: what is said of those who should come yields to everything else, and
 * of two that differ a person decides.
 */
export function onceEach<T extends { status: PastedStatus; isExpected?: boolean }>(
  all: readonly T[],
  keyOf: (one: T, at: number) => string,
): T[] {
  const byKey = new Map<string, T>()
  for (const [at, one] of all.entries()) {
    const key = keyOf(one, at)
    const before = byKey.get(key)
    if (!before || before.isExpected) byKey.set(key, one.isExpected && before ? before : one)
    else if (!one.isExpected && one.status !== before.status) byKey.set(key, { ...before, status: 'unclear' })
  }
  return [...byKey.values()]
}

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
