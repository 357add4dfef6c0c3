import type { Programme } from '../../records.ts'
import { isTakenElsewhere, type Trouble, troublesBetween, troublesOf } from './checks.ts'
import { merge } from './merge.ts'
import { type Base, markOf, pieceAt, placeOf, withPieces } from './pieces.ts'
import type { ChangeStep } from './records.ts'

/** The base as a change would make it, before the review. */
export type ChangePreview = {
  base: Base
  /** Brought together with what stands now. */
  steps: ChangeStep[]
  /** Faults that keep it from going live: invalid fields, or fields that another edit changed meanwhile. */
  troubles: Trouble[]
}

type Ground = { base: Base; seed: Base; programmes: readonly Programme[] }

/** Looks at what steps would do to the base as it is now. */
export function previewChange(
  wanted: readonly ChangeStep[],
  { base, seed, programmes }: Ground,
): ChangePreview {
  const conflicts: Trouble[] = []
  const steps = wanted.map((step): ChangeStep => {
    const place = placeOf(step)
    const now = pieceAt(base, place)
    const { piece, conflicts: fields } = merge(step.before, step.after, now)
    conflicts.push(...fields.map(field => ({ place, field, message: sayConflict(field) })))
    return { ...place, seed: markOf(pieceAt(seed, place)), after: piece, ...(now ? { before: now } : {}) }
  })
  const next = withPieces(
    base,
    steps.map(step => ({ place: placeOf(step), piece: step.after })),
  )
  const own = steps.flatMap(step => troublesOf(placeOf(step), step.after))
  const taken = steps
    .filter(step => isTakenElsewhere(base, placeOf(step)))
    .map(step => ({ place: placeOf(step), field: 'id', message: '别的项目里已经有这个编号了' }))
  const between = own.length === 0 ? troublesBetween(next, programmes) : []
  return { base: next, steps, troubles: [...conflicts, ...own, ...taken, ...between] }
}

const sayConflict = (field: string) =>
  field === 'id' ? '已经有这个编号了' : '你打开以后，别人也改了这一栏，请重新打开再改'
