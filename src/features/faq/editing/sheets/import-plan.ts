import type { Programme } from '../../records.ts'
import { sayTrouble, type Trouble } from '../changes/checks.ts'
import { sayDifferences } from '../changes/differences.ts'
import { type Base, isSame, type Piece, type PieceAddress, pieceAt, placeKey } from '../changes/pieces.ts'
import { previewChange } from '../changes/preview.ts'
import type { ChangeStep } from '../changes/records.ts'
import { fieldWords } from '../changes/words.ts'
import {
  type DocumentRow,
  documentColumns,
  laterFields,
  pieceOfDocumentRow,
  pieceOfRow,
} from './sheet-columns.ts'
import type { Lined, ReadSheet } from './sheet-file.ts'

/** The effect of an import on one row. */
export type PlannedRow = {
  sheet: '条目' | '文件'
  line: number
  name: string
  kind: 'added' | 'changed' | 'same' | 'wrong'
  /** Changes or faults in Chinese, one line each. */
  notes: string[]
}
/** The effect of an import; with wrong rows it must not run. */
export type ImportPlan = { rows: PlannedRow[]; steps: ChangeStep[]; wrong: number; untouched: number }

type Ground = { base: Base; seed: Base; programmes: readonly Programme[] }
type Wanted = {
  place: PieceAddress
  piece: Piece
  sheet: PlannedRow['sheet']
  line: number
  missing: string | undefined
}

/**
 * Compares a sheet with the base. Nothing is removed: a sheet may be of some entries only. A programme may be given by
 * its name. An empty cell empties the field, since what a sheet shows is what it says.
 */
export function planEntryImport({ entries, documents }: ReadSheet, ground: Ground): ImportPlan {
  const wanted = [
    ...documents.map(row => wantedDocument(row, ground)),
    ...entries.map(row => wantedEntry(row, ground)),
  ]
  const twins = twinsAmong(wanted)
  const steps = wanted.flatMap(({ place, piece }): ChangeStep[] => {
    const before = pieceAt(ground.base, place)
    return isSame(before, piece) ? [] : [{ ...place, after: piece, ...(before ? { before } : {}) }]
  })
  const troubles = Map.groupBy(previewChange(steps, ground).troubles, ({ place }) => placeKey(place))
  const rows = wanted.map(one => plannedRow(one, { ground, twins, troubles }))
  const named = new Set(wanted.map(({ place }) => placeKey(place)))
  const all = [...ground.base.values()].flatMap(({ programme, entries }) =>
    entries.map(({ id }) => placeKey({ programme, part: 'entries', name: id })),
  )
  return {
    rows,
    steps,
    wrong: rows.filter(({ kind }) => kind === 'wrong').length,
    untouched: all.filter(key => !named.has(key)).length,
  }
}

function wantedEntry({ line, row }: ReadSheet['entries'][number], { base, programmes }: Ground): Wanted {
  const place: PieceAddress = {
    programme: programmeIn(row.programme, programmes),
    part: 'entries',
    name: row.id,
  }
  const missing = row.id === '' ? `${fieldWords.id}：没有写` : noProgramme(row.programme, place, programmes)
  const now = pieceAt(base, place)
  // A sheet of before has no such columns, and says nothing about them.
  const kept = laterFields.flatMap(field =>
    row[field] === undefined && now?.[field] ? [[field, now[field]]] : [],
  )
  return { place, piece: { ...pieceOfRow(row), ...Object.fromEntries(kept) }, sheet: '条目', line, missing }
}

function wantedDocument({ line, row }: Lined<DocumentRow>, { programmes }: Ground): Wanted {
  const place: PieceAddress = {
    programme: programmeIn(row.programme, programmes),
    part: 'documents',
    name: row.name,
  }
  const isName = /^[a-z0-9][a-z0-9_-]*$/u.test(row.name)
  const missing = isName
    ? noProgramme(row.programme, place, programmes)
    : `${documentColumns.name}：只能用小写字母、数字、- 和 _`
  return { place, piece: pieceOfDocumentRow(row), sheet: '文件', line, missing }
}

const programmeIn = (said: string, programmes: readonly Programme[]) =>
  (programmes.find(({ id }) => id === said) ?? programmes.find(({ name }) => name === said))?.id ?? said

/** The name of a programme by its id; the id where the name would mean another one too. */
export function sheetNameOf(id: string, programmes: readonly Programme[]): string {
  const name = programmes.find(programme => programme.id === id)?.name ?? id
  return programmes.some(other => other.id !== id && [other.id, other.name].includes(name)) ? id : name
}

function noProgramme(
  said: string,
  { programme }: PieceAddress,
  programmes: readonly Programme[],
): string | undefined {
  if (programmes.some(({ id }) => id === programme)) return undefined
  return `${fieldWords.programme}：没有这个项目：${said || '（空）'}`
}

/** The first line of each place that stands on several. */
function twinsAmong(wanted: readonly Wanted[]): Map<Wanted, number> {
  const groups = [...Map.groupBy(wanted, ({ place }) => twinKey(place)).values()]
  return new Map(groups.flatMap(([first, ...more]) => more.map(one => [one, first?.line ?? 0] as const)))
}

/** Ids of entries are one of a kind in the whole base, names of documents in their programme. */
const twinKey = (place: PieceAddress) =>
  place.part === 'entries' ? `entries/${place.name}` : placeKey(place)

type Seen = { ground: Ground; twins: Map<Wanted, number>; troubles: Map<string, Trouble[]> }

function plannedRow(wanted: Wanted, { ground, twins, troubles }: Seen): PlannedRow {
  const { place, piece, sheet, line, missing } = wanted
  const before = pieceAt(ground.base, place)
  const common = { sheet, line, name: place.name || '（没有编号）' }
  const twin = twins.get(wanted)
  if (missing) return { ...common, kind: 'wrong', notes: [missing] }
  if (twin !== undefined) return { ...common, kind: 'wrong', notes: [`和第 ${twin} 行编号相同，请留一行`] }
  if (isSame(before, piece)) return { ...common, kind: 'same', notes: [] }
  const wrong = troubles.get(placeKey(place)) ?? []
  if (wrong.length > 0) return { ...common, kind: 'wrong', notes: [...new Set(wrong.map(sayTrouble))] }
  return before
    ? { ...common, kind: 'changed', notes: sayDifferences(place, before, piece) }
    : { ...common, kind: 'added', notes: [] }
}
