import { recentlyUsed } from '../../../lib/recently-used.ts'
import { type CitedClause, type Clauses, noClauses } from '../../../ports/clauses.ts'
import type { Clock } from '../../../ports/clock.ts'
import { dayInShanghai } from '../../../text/dates/time.ts'
import { losesFigureOf } from '../../../text/figures/lost-figures.ts'
import { clauseKey } from '../../../text/notices/clause-key.ts'
import type { Dismissals } from '../dismissals/dismissals.ts'
import type { DocumentLibrary } from '../library/library.ts'
import type { LibraryDocument, LibraryPassage } from '../library/records.ts'
import { isQuotable, successors } from '../library/rules.ts'
import { inForceOf, validityOn } from '../library/validity.ts'
import { versionsUnderReview } from '../library/versions.ts'
import type { ReadPages } from '../pages/read-pages.ts'
import { basePath, clauseOf, documentNameOf } from '../words.ts'
import { hasMark, isCalled, markOf, plainName, readCitation } from './clause-names.ts'

type Parts = {
  library: DocumentLibrary
  /** Public pages that say something else than when they were read. */
  pages: Pick<ReadPages, 'changes' | 'onChange'>
  dismissals: Pick<Dismissals, 'openChanges' | 'onChange'>
  clock: Clock
}

/** The versions of one document, oldest first; the newest may still wait for its review. */
type Versions = {
  all: LibraryDocument[]
  cited: LibraryDocument
  newest: LibraryDocument
  /** By one that was withdrawn since. */
  isReplaced: boolean
}

/** Lookups that are kept until the library changes, or the day. */
const mostKept = 5000

/**
 * Looks clauses up in the newest version of their document: what an upload changed shows at once. Each lookup is made
 * once until a document changes, as every answer asks for them.
 */
export function createClauses(parts: Parts): Clauses {
  const resolved = recentlyUsed<CitedClause>(mostKept)
  const { library, pages, dismissals, clock } = parts
  const today = () => dayInShanghai(clock.now())
  let replaced = replacedIn(library.all(), today())
  let version = 0
  function refresh() {
    resolved.clear()
    version += 1
    replaced = replacedIn(library.all(), today())
  }
  library.onChange(refresh)
  pages.onChange(refresh)
  dismissals.onChange(refresh)

  return {
    version: () => version,
    resolve(cited) {
      const key = `${dayInShanghai(clock.now())} ${cited}`
      const found = resolved.get(key) ?? look(parts, cited)
      resolved.set(key, found)
      return found
    },
    changesIn(text) {
      const ofPages = [...pages.changes()].flatMap(([url, change]) => (text.includes(url) ? [change] : []))
      const plain = replaced.length === 0 ? '' : plainName(text)
      const named = replaced.filter(({ names }) => names.some(name => plain.includes(name)))
      const all = [...named.flatMap(({ changes }) => changes), ...ofPages]
      return dismissals.openChanges(
        text,
        all.filter(change => isToldIn(text, change)),
      )
    },
    openChanges: dismissals.openChanges,
  }
}

/** A document with a newer version: what it is called, and what changed. */
type Replaced = { names: string[]; changes: CitedClause[] }

function replacedIn(documents: readonly LibraryDocument[], day: string): Replaced[] {
  return documents.flatMap(document => {
    const names = [document.documentNumber, document.title].map(plainName).filter(name => name !== '')
    const found = versionsOf(names[0] ?? '', documents)
    // A newer version of the same number and title has the same changes.
    const isTold = found !== undefined && found.cited !== document && isCalledAs(found.cited, names)
    if (!found || found.cited === found.newest || isTold) return []
    const { cited, newest, all } = found
    const besides =
      newest.state === 'waiting'
        ? versionsUnderReview(cited, documents).filter(one => !all.includes(one))
        : []
    return [{ names, changes: [newest, ...besides].flatMap(one => changesBetween(cited, one, day)) }]
  })
}

const isCalledAs = (document: LibraryDocument, names: readonly string[]) =>
  names.every(name => isCalled(document, name))

/** The text names the clause, or tells a figure that it does not say now. */
function isToldIn(text: string, { cited, before = '', after = '' }: CitedClause): boolean {
  const { clause = '' } = readCitation(cited) ?? {}
  if (/^第.+条/u.test(clause) && clauseKey([text]).includes(clause)) return true
  return losesFigureOf(before, after, text)
}

function look({ library, clock }: Pick<Parts, 'library' | 'clock'>, text: string): CitedClause {
  const citation = readCitation(text)
  const found = citation && versionsOf(citation.document, library.all())
  const cited = text.replace(/\s*#[0-9a-f]{8}$/u, '').trim()
  const missing = noClauses.resolve(cited)
  if (!found) return missing
  const { clause, mark } = citation
  const old = mark ? passageMarked(found.all, mark) : passageAt(found.cited, clause)
  const wanted = mark ?? (old && markOf(old))
  const now = found.newest.passages.find(one => hasMark(one, wanted)) ?? passageAt(found.newest, clause)
  const path = pathTo(found.newest, now)
  if (!now) return old ? { ...missing, state: 'changed', before: old.text, path } : missing
  const isSame = hasMark(now, wanted)
  const day = dayInShanghai(clock.now())
  const state = isSame ? stateOf(found, now, day) : 'changed'
  const quotable = quotableNames(found.newest, now, day)
  return { cited, state, before: old?.text, after: now.text, path, mark: markOf(now), quotable }
}

/** The names by which a passage and its document are called; undefined where it is not quoted on that day. */
function quotableNames(
  document: LibraryDocument,
  passage: LibraryPassage,
  day: string,
): string[] | undefined {
  const holds = validityOn({ inForce: inForceOf(document, passage) }, day) === 'current'
  if (document.state !== 'live' || !isQuotable(passage) || !holds) return undefined
  return [citedAs(document, document.passages.indexOf(passage)), documentNameOf(document)]
}

/** 「榕科〔2026〕12号 第三条（一）」. */
const citedAs = (document: LibraryDocument, at: number): string => {
  const passage = document.passages[at]
  return passage ? `${documentNameOf(document)} ${clauseOf(passage, at)}` : documentNameOf(document)
}

function stateOf(
  { all, newest, isReplaced }: Versions,
  passage: LibraryPassage,
  day: string,
): CitedClause['state'] {
  const approved = all.findLast(({ state }) => state === 'live')
  if (!approved || !isQuotable(passage)) return 'unchecked'
  if (isReplaced) return 'ended'
  const judged = newest.state === 'live' ? newest : approved
  return validityOn({ inForce: inForceOf(judged, passage) }, day) === 'current' ? 'checked' : 'ended'
}

/** The version that is called so, and those that replaced it, approved or not. */
function versionsOf(name: string, documents: readonly LibraryDocument[]): Versions | undefined {
  const inUse = documents.filter(({ state }) => state === 'live' || state === 'waiting')
  const called = inUse.filter(one => isCalled(one, name))
  const cited = called.find(({ state }) => state === 'live') ?? called[0]
  if (!cited) return undefined
  const all = [cited]
  for (let newest = cited; ; ) {
    const next = inUse.findLast(one => one.supersedes === newest.number && !all.includes(one))
    if (!next) return { all, cited, newest, isReplaced: successors(documents).has(newest.number) }
    all.push(next)
    newest = next
  }
}

const passageAt = ({ passages }: LibraryDocument, clause: string) =>
  passages.find(({ path }) => clauseKey(path) === clause)

const passageMarked = (all: readonly LibraryDocument[], mark: string) =>
  all.flatMap(({ passages }) => passages).find(one => hasMark(one, mark))

/** The clauses of the older version whose words stand nowhere in the newer one, with what stands in their place. */
function changesBetween(older: LibraryDocument, newer: LibraryDocument, day?: string): CitedClause[] {
  const kept = new Set(newer.passages.map(markOf))
  return older.passages.flatMap((passage, at) => {
    if (kept.has(markOf(passage))) return []
    const now = passage.path.length > 0 ? passageAt(newer, clauseKey(passage.path)) : undefined
    return [
      {
        cited: citedAs(older, at),
        state: 'changed' as const,
        before: passage.text,
        after: now?.text,
        path: pathTo(newer, now),
        mark: now && markOf(now),
        since: newer.uploadedAt,
        quotable: now && day ? quotableNames(newer, now, day) : undefined,
      },
    ]
  })
}

/** Two versions clause by clause: what the newer one changed or dropped, and what it has besides. */
export function compareVersions(older: LibraryDocument, newer: LibraryDocument) {
  const changed = changesBetween(older, newer)
  const known = new Set([...older.passages.map(markOf), ...changed.flatMap(({ mark }) => mark ?? [])])
  return { changed, added: newer.passages.filter(passage => !known.has(markOf(passage))) }
}

/** The page on which a passage stands marked. */
function pathTo({ number, passages }: LibraryDocument, passage?: LibraryPassage): string {
  const page = `${basePath}/${number}`
  if (!passage) return page
  const at = passages.indexOf(passage)
  return `${page}?at=${encodeURIComponent(clauseOf(passage, at))}#p${at}`
}
