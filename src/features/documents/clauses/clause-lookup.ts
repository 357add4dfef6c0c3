import { LRUCache } from 'lru-cache'
import type { CitedClause, Clauses } from '../../../ports/clauses.ts'
import type { Clock } from '../../../ports/clock.ts'
import { dayInShanghai } from '../../../text/dates/time.ts'
import type { DocumentLibrary } from '../library/library.ts'
import type { LibraryDocument, LibraryPassage } from '../library/records.ts'
import { isQuotable, validityOn } from '../library/rules.ts'
import { basePath, clauseOf } from '../words.ts'
import { clauseKey, isCalled, markOf, plainName, readCitation } from './clause-names.ts'

type Parts = { library: DocumentLibrary; clock: Clock }

/** The versions of one document, oldest first; the newest may still wait for its review. */
type Versions = { all: LibraryDocument[]; cited: LibraryDocument; newest: LibraryDocument }

/** Lookups that are kept until the library changes, or the day. */
const mostKept = 5000

/** The same lookups, each made once until a document changes: every answer asks for them. */
export function createClauses(parts: Parts): Clauses {
  const looks = new LRUCache<string, CitedClause>({ max: mostKept })
  const changes = new LRUCache<string, CitedClause[]>({ max: mostKept })
  const { look, changesOf } = createLookups(parts)
  parts.library.onChange(() => {
    looks.clear()
    changes.clear()
  })

  function kept<T extends object>(cache: LRUCache<string, T>, key: string, make: () => T): T {
    const found = cache.get(key) ?? make()
    cache.set(key, found)
    return found
  }

  return {
    look: cited => kept(looks, `${dayInShanghai(parts.clock.now())} ${cited}`, () => look(cited)),
    changesOf: name => kept(changes, name, () => changesOf(name)),
  }
}

/** Looks clauses up in the newest version of their document: what an upload changed shows at once. */
function createLookups({ library, clock }: Parts): Clauses {
  const versions = (name: string) => versionsOf(name, library.all())

  function stateOf({ all, newest }: Versions, passage: LibraryPassage): CitedClause['state'] {
    const approved = all.findLast(({ state }) => state === 'live')
    if (!approved || !isQuotable(passage)) return 'unchecked'
    const judged = newest.state === 'live' ? newest : approved
    return validityOn(judged, dayInShanghai(clock.now())) === 'current' ? 'checked' : 'ended'
  }

  return {
    look(text) {
      const citation = readCitation(text)
      const found = citation && versions(citation.document)
      const cited = text.replace(/\s*#[0-9a-f]{8}$/u, '').trim()
      if (!found) return nothing(cited)
      const { clause, mark } = citation
      const old = mark ? passageMarked(found.all, mark) : passageAt(found.cited, clause)
      const wanted = mark ?? (old && markOf(old))
      const now = found.newest.passages.find(one => markOf(one) === wanted) ?? passageAt(found.newest, clause)
      if (!now)
        return old
          ? { ...nothing(cited), state: 'changed', before: old.text, path: pathTo(found.newest) }
          : nothing(cited)
      return {
        cited,
        state: markOf(now) === wanted ? stateOf(found, now) : 'changed',
        before: old?.text,
        after: now.text,
        path: pathTo(found.newest, now),
        mark: markOf(now),
      }
    },
    changesOf(name) {
      const found = versions(plainName(name))
      if (!found || found.cited === found.newest) return []
      return changesBetween(found.cited, found.newest)
    },
  }
}

const nothing = (cited: string): CitedClause => ({
  cited,
  state: 'missing',
  before: undefined,
  after: undefined,
  path: undefined,
  mark: undefined,
})

/** The version that is called so, and those that replaced it, approved or not. */
function versionsOf(name: string, documents: readonly LibraryDocument[]): Versions | undefined {
  const inUse = documents.filter(({ state }) => state === 'live' || state === 'waiting')
  const called = inUse.filter(one => isCalled(one, name))
  const cited = called.find(({ state }) => state === 'live') ?? called[0]
  if (!cited) return undefined
  const all = [cited]
  for (let newest = cited; ; ) {
    const next = inUse.findLast(one => one.supersedes === newest.number && !all.includes(one))
    if (!next) return { all, cited, newest }
    all.push(next)
    newest = next
  }
}

const passageAt = ({ passages }: LibraryDocument, clause: string) =>
  passages.find(({ path }) => clauseKey(path) === clause)

const passageMarked = (all: readonly LibraryDocument[], mark: string) =>
  all.flatMap(({ passages }) => passages).find(one => markOf(one) === mark)

/** The clauses of the older version whose words stand nowhere in the newer one, with what stands in their place. */
export function changesBetween(older: LibraryDocument, newer: LibraryDocument): CitedClause[] {
  const kept = new Set(newer.passages.map(markOf))
  return older.passages.flatMap((passage, at) => {
    if (kept.has(markOf(passage))) return []
    const now = passage.path.length > 0 ? passageAt(newer, clauseKey(passage.path)) : undefined
    return [
      {
        cited: `${older.documentNumber || `《${older.title}》`} ${clauseOf(passage, at)}`,
        state: 'changed' as const,
        before: passage.text,
        after: now?.text,
        path: pathTo(newer, now),
        mark: now && markOf(now),
      },
    ]
  })
}

/** The page on which a passage stands marked. */
function pathTo({ number, passages }: LibraryDocument, passage?: LibraryPassage): string {
  const page = `${basePath}/${number}`
  if (!passage) return page
  return `${page}?at=${encodeURIComponent(clauseOf(passage, passages.indexOf(passage)))}`
}
