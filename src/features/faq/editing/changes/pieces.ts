import { sha256 } from '../../../../lib/hash.ts'
import type { EntryFile } from '../../records.ts'

/** The base by programme: its documents and its entries, each in the order of the file. */
export type Base = ReadonlyMap<string, EntryFile>

/** A unit of editing: an entry, or a document that entries of a programme cite. */
export type PieceAddress = { programme: string; part: 'entries' | 'documents'; name: string }
export type Piece = Readonly<Record<string, unknown>>

export const placeKey = ({ programme, part, name }: PieceAddress) => `${programme}/${part}/${name}`

export function baseOf(files: readonly EntryFile[]): Base {
  return new Map(files.map(file => [file.programme, file]))
}

/** The piece at an address; undefined where there is none. */
export function pieceAt(base: Base, { programme, part, name }: PieceAddress): Piece | undefined {
  const file = base.get(programme)
  return part === 'documents' ? file?.documents[name] : file?.entries.find(({ id }) => id === name)
}

export const placeOf = ({ programme, part, name }: PieceAddress): PieceAddress => ({ programme, part, name })

export type PiecePut = { place: PieceAddress; piece: Piece }

/** The base with these pieces put in the place of those that are there; new ones come last. */
export function withPieces(base: Base, puts: readonly PiecePut[]): Base {
  const next = new Map(base)
  for (const [programme, all] of Map.groupBy(puts, ({ place }) => place.programme)) {
    const file = base.get(programme) ?? { programme, documents: {}, entries: [] }
    const documents = new Map<string, unknown>(Object.entries(file.documents))
    const entries = new Map<string, unknown>(file.entries.map(entry => [entry.id, entry]))
    for (const { place, piece } of all) {
      const part = place.part === 'documents' ? documents : entries
      part.set(place.name, piece)
    }
    // Callers pass pieces that the schema has parsed.
    next.set(programme, {
      programme,
      documents: Object.fromEntries(documents),
      entries: [...entries.values()],
    } as EntryFile)
  }
  return next
}

/** The same for two pieces that say the same, in whatever order of keys; empty for nothing. */
export function markOf(piece: Piece | undefined): string {
  return piece ? sha256(canonical(piece)).slice(0, 16) : ''
}

/** The same for steps that say the same in the same order: what a reviewer was shown of a change. */
export const markOfSteps = (steps: readonly object[]): string =>
  markOf(Object.fromEntries(steps.map((step, at) => [at, step])))

export const isSame = (one: unknown, other: unknown) => canonical(one) === canonical(other)

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}

/** Without the fields that say nothing, as the schema gives it. */
export const withoutGaps = (piece: Readonly<Record<string, unknown>>): Piece =>
  Object.fromEntries(Object.entries(piece).filter(([, value]) => value !== undefined))
