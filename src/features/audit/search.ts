import type { AuditEntry } from '../../audit/line.ts'
import type { KnownPerson } from '../../audit/people.ts'
import type { AuditKind } from '../../ports/audit.ts'
import { inShanghai, instantOf } from '../../text/dates/time.ts'
import { kindWords, sayChange, sayWhat } from './words.ts'

export type AuditFilter = {
  /** `2026-11`. */
  month: string
  kind: AuditKind | ''
  query: string
}

/** A line as people read it. */
export type AuditRow = {
  number: number
  at: string
  kind: string
  who: string
  road: string
  from: string
  what: string
  changes: string
  objects: string
}

/** What is needed to word lines: who stands behind the pseudonyms, and titles of pages by path. */
export type AuditNames = { people: readonly KnownPerson[]; titles: ReadonlyMap<string, string> }

/** The lines that a filter leaves, in words, latest first. The query matches everything that is shown. */
export function searchAudit(
  entries: readonly AuditEntry[],
  { kind, query }: Pick<AuditFilter, 'kind' | 'query'>,
  { people, titles }: AuditNames,
): AuditRow[] {
  const names = new Map(people.map(({ pseudonym, name }) => [pseudonym, name]))
  const words = query.toLowerCase().split(/\s+/u).filter(Boolean)
  return entries
    .filter(({ line }) => kind === '' || line.kind === kind)
    .map(entry => rowOf(entry, { names, titles }))
    .filter(row => {
      const text = Object.values(row).join(' ').toLowerCase()
      return words.every(word => text.includes(word))
    })
    .reverse()
}

type Words = { names: ReadonlyMap<string, string>; titles: ReadonlyMap<string, string> }

function rowOf({ line, detail }: AuditEntry, { names, titles }: Words): AuditRow {
  const name =
    detail?.actor?.value.name || names.get(line.who) || (line.who === '' ? '不知道是谁' : '已删除的人')
  return {
    number: line.number,
    at: inShanghai(instantOf(line.at))
      .toPlainDateTime()
      .toString({ smallestUnit: 'second' })
      .replace('T', ' '),
    kind: kindWords[line.kind],
    who: line.who === '' ? name : `${name}（${line.who}）`,
    road: line.road === 'chat' ? '聊天' : '控制台',
    from: detail?.actor?.value.from || (line.road === 'chat' ? '私聊' : ''),
    what: sayWhat(line, titles),
    changes: line.changes.map(sayChange).join('；'),
    objects: detail?.objects?.value.join('\n') ?? '',
  }
}
