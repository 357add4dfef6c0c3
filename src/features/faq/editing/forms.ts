import type { EntryFile } from '../records.ts'
import { firstsOfText, lineOfFirst } from './changes/detail-lines.ts'
import {
  type Base,
  isSame,
  markOf,
  type Piece,
  type PieceAddress,
  pieceAt,
  withoutGaps,
} from './changes/pieces.ts'
import type { ChangeStep } from './changes/records.ts'

/** The fields of a form by name. A draft keeps them as they are, valid or not. */
export type Fields = Readonly<Record<string, string>>

const plain = [
  'id',
  'programme',
  'question',
  'short',
  'region',
  'effectiveFrom',
  'effectiveUntil',
  'owner',
  'ask',
  'policy',
  'status',
  'replacedBy',
  'mayHaveChanged',
] as const
const documentFields = ['title', 'number', 'issuer', 'date'] as const

/** The form of an entry as it stands. */
export function formFieldsOf(base: Base, place: PieceAddress): Fields {
  const file = base.get(place.programme)
  const entry = file?.entries.find(({ id }) => id === place.name)
  if (!file || !entry) return { programme: place.programme }
  const { otherQuestions, firstLines, details, documents, verifiedOn, facts } = entry
  const words: Piece = { ...entry, programme: place.programme }
  return Object.fromEntries([
    ...plain.map(name => [name, String(words[name] ?? '')]),
    ['otherQuestions', otherQuestions.join('\n')],
    ['firstLines', (firstLines ?? []).map(lineOfFirst).join('\n')],
    ['clauses', (entry.clauses ?? []).join('\n')],
    ['verifiedOn', verifiedOn ?? ''],
    ['facts', facts.join(' ')],
    ['documents', documents.join(' ')],
    ['seen', markOf(entry)],
    ...details.flatMap(({ about, text, document, unsure }, at) => [
      [`d${at}.about`, about],
      [`d${at}.text`, text],
      [`d${at}.document`, document ?? ''],
      [`d${at}.unsure`, unsure ? 'yes' : ''],
    ]),
    ...documentFieldsOf(file),
  ])
}

/** The documents of a programme, as they stand in the form of each of its entries. */
export function documentFieldsOf(file: Pick<EntryFile, 'documents'> | undefined): [string, string][] {
  return Object.entries(file?.documents ?? {}).flatMap(([name, document]): [string, string][] => [
    ...documentFields.map((field): [string, string] => [`doc.${name}.${field}`, document[field] ?? '']),
    [`doc.${name}.url`, document.link?.url ?? ''],
    [`doc.${name}.opened`, document.link?.opened ? 'yes' : ''],
    [`doc.${name}.seen`, markOf(document)],
  ])
}

/** The entry and documents that a form describes, not validated yet. */
export function readFields(fields: Fields): {
  place: PieceAddress
  entry: Piece
  documents: Map<string, Piece>
} {
  const said = (name: string) => (fields[name] ?? '').trim()
  const documents = namedDocuments(fields)
  const entry: Record<string, unknown> = {
    id: said('id'),
    question: said('question'),
    otherQuestions: linesIn(fields.otherQuestions),
    short: said('short'),
    firstLines: firstsOfText(said('firstLines')),
    details: detailsIn(fields),
    documents: citedIn(fields),
    clauses: someOf(linesIn(fields.clauses)),
    region: said('region'),
    effectiveFrom: said('effectiveFrom') || undefined,
    effectiveUntil: said('effectiveUntil') || undefined,
    verifiedOn: said('verifiedOn') || null,
    owner: said('owner'),
    ask: said('ask'),
    policy: said('policy'),
    status: said('status') || 'live',
    replacedBy: said('replacedBy') || undefined,
    facts: namesIn(said('facts')),
    mayHaveChanged: said('mayHaveChanged') || 'no',
  }
  return {
    place: { programme: said('programme'), part: 'entries', name: said('id') },
    entry: withoutGaps(entry),
    documents,
  }
}

const namesIn = (text: string) => text.split(/[\s、，,]+/u).filter(Boolean)

/** The names of the cited documents, the one that is being added last. */
function citedIn(fields: Fields): string[] {
  const ticked = (fields.documents ?? '').split(/\s+/u).filter(Boolean)
  return [...new Set(documentsIn(fields).has('') ? [...ticked, newName(fields)] : ticked)]
}

/** The documents that a form holds, the one that is being added under its new name. */
function namedDocuments(fields: Fields): Map<string, Piece> {
  const documents = documentsIn(fields)
  const added = documents.get('')
  documents.delete('')
  return added ? documents.set(newName(fields), added) : documents
}

const someOf = (lines: readonly string[]) => (lines.length > 0 ? lines : undefined)

const linesIn = (text = '') => [
  ...new Set(
    text
      .split(/\r?\n/u)
      .map(line => line.trim())
      .filter(Boolean),
  ),
]

function detailsIn(fields: Fields): unknown[] {
  const numbers = Object.keys(fields).flatMap(name => /^d(\d+)\.text$/u.exec(name)?.[1] ?? [])
  const order = (at: string) => Number(fields[`d${at}.order`] || Number(at) + 1)
  return numbers
    .filter(at => (fields[`d${at}.text`] ?? '').trim() !== '')
    .sort((a, b) => order(a) - order(b) || Number(a) - Number(b))
    .map(at =>
      withoutGaps({
        about: fields[`d${at}.about`],
        text: fields[`d${at}.text`]?.trim(),
        document: fields[`d${at}.document`] || undefined,
        unsure: fields[`d${at}.unsure`] === 'yes' || undefined,
      }),
    )
}

/** The documents that a form holds by name; the one that is being added is nameless yet. */
function documentsIn(fields: Fields): Map<string, Piece> {
  const names = Object.keys(fields).flatMap(name => /^doc\.([\w-]*)\.title$/u.exec(name)?.[1] ?? [])
  return new Map(
    names.flatMap((name): [string, Piece][] => {
      const said = (field: string) => (fields[`doc.${name}.${field}`] ?? '').trim()
      if (name === '' && said('title') === '' && said('url') === '') return []
      const link = said('url') ? { url: said('url'), opened: said('opened') === 'yes' } : undefined
      const document = {
        title: said('title'),
        number: said('number') || null,
        issuer: said('issuer'),
        date: said('date') || null,
        link,
      }
      return [[name, withoutGaps(document)]]
    }),
  )
}

/** The first of `doc-1`, `doc-2`, … that the programme does not have. */
function newName(fields: Fields): string {
  for (let at = 1; ; at++) if (fields[`doc.doc-${at}.title`] === undefined) return `doc-${at}`
}

/**
 * The steps of an edit: the entry, and those of its documents that were changed with it.
 * @param pieceSeen gives what stood at a place when the form was opened, by its mark
 */
export function stepsOf(
  fields: Fields,
  base: Base,
  pieceSeen: (place: PieceAddress, mark: string) => Piece | undefined,
): ChangeStep[] {
  const { place, entry, documents } = readFields(fields)
  const before = fields.seen ? pieceSeen(place, fields.seen) : undefined
  const documentSteps = [...documents].flatMap(([name, after]): ChangeStep[] => {
    const at: PieceAddress = { programme: place.programme, part: 'documents', name }
    const mark = fields[`doc.${name}.seen`]
    // Without the state that the form showed, its fields would take back what another editor has changed.
    const shown = (mark && pieceSeen(at, mark)) || pieceAt(base, at)
    return isSame(shown, after) ? [] : [{ ...at, after, ...(shown ? { before: shown } : {}) }]
  })
  return [{ ...place, after: entry, ...(before ? { before } : {}) }, ...documentSteps]
}
