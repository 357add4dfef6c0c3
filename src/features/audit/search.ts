import type { AuditEntry } from '../../audit/line.ts'
import type { KnownPerson } from '../../audit/people.ts'
import type { AuditKind } from '../../ports/audit.ts'
import { inShanghai, instantOf } from '../../text/dates/time.ts'
import { kindWords, roadWords, sayChange, sayObject, sayWhat } from './words/words.ts'

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
  pseudonym: string
  road: string
  from: string
  what: string
  changes: string
  objects: string
  /** The route or the command's word, as the line holds it. */
  route: string
}

/** Names for the words of lines: people behind the pseudonyms, titles of pages by path, groups by id. */
export type AuditNames = {
  people: readonly KnownPerson[]
  titles: ReadonlyMap<string, string>
  groups: ReadonlyMap<string, string>
}

/** The lines that a filter leaves, in words, latest first. The query matches everything that is shown. */
export function searchAudit(
  entries: readonly AuditEntry[],
  { kind, query }: Pick<AuditFilter, 'kind' | 'query'>,
  { people, titles, groups }: AuditNames,
): AuditRow[] {
  const names = new Map(people.map(({ pseudonym, name }) => [pseudonym, name]))
  const words = query.toLowerCase().split(/\s+/u).filter(Boolean)
  return entries
    .filter(({ line }) => kind === '' || line.kind === kind)
    .map(entry => rowOf(entry, { names, titles, groups }))
    .filter(row => {
      const text = Object.values(row).join(' ').toLowerCase()
      return words.every(word => text.includes(word))
    })
    .reverse()
}

/** A restore replaces whole collections, which no line could list. */
const isRestore = ({ road, what }: AuditEntry['line']) => road === 'shell' && what === 'restore'

type Words = Omit<AuditNames, 'people'> & { names: ReadonlyMap<string, string> }

function rowOf({ line, detail }: AuditEntry, { names, titles, groups }: Words): AuditRow {
  const from = detail?.actor?.value.from ?? ''
  const name =
    detail?.actor?.value.name || names.get(line.who) || (line.who === '' ? '不知道是谁' : '已删除的人')
  return {
    number: line.number,
    at: inShanghai(instantOf(line.at))
      .toPlainDateTime()
      .toString({ smallestUnit: 'second' })
      .replace('T', ' '),
    kind: kindWords[line.kind],
    who: name,
    pseudonym: line.who,
    road: roadWords[line.road],
    from: line.road !== 'chat' ? from : from === '' ? '私聊' : (groups.get(from) ?? '已解绑的群'),
    what: sayWhat(line, titles),
    changes: isRestore(line) ? '换成备份里的全部记录' : line.changes.map(sayChange).join('；'),
    objects: detail?.objects?.value.map(sayObject).join('\n') ?? '',
    route: line.what,
  }
}
