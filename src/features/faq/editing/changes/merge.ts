import { isSame, type Piece } from './pieces.ts'

/** An edit and what has happened meanwhile, brought together; or the fields in which both changed something. */
export type Merged = { piece: Piece; conflicts: string[] }

/**
 * Brings an edit to what stands now, field by field: a field that the edit left alone stays as it is now. Ways of
 * asking are brought together one by one, so that two people may add some at the same time.
 * @param before what the editor saw; undefined for something new
 * @param after what the editor wrote
 * @param now what stands at this moment; undefined for nothing
 */
export function merge(before: Piece | undefined, after: Piece, now: Piece | undefined): Merged {
  if (!before || !now) {
    const isClear = before === undefined && (now === undefined || isSame(now, after))
    return { piece: after, conflicts: isClear ? [] : ['id'] }
  }
  const conflicts: string[] = []
  const fields = [...new Set([...Object.keys(now), ...Object.keys(after)])]
  const merged = fields.flatMap((field): [string, unknown][] => {
    const [was, wanted, is] = [before[field], after[field], now[field]]
    const value = isSame(was, wanted) ? is : isSame(was, is) ? wanted : both(field, { was, wanted, is })
    if (value === clash) conflicts.push(field)
    const taken = value === clash ? is : value
    return taken === undefined ? [] : [[field, taken]]
  })
  return { piece: Object.fromEntries(merged), conflicts }
}

const clash = Symbol('both changed it')

function both(field: string, { was, wanted, is }: Record<'was' | 'wanted' | 'is', unknown>): unknown {
  if (isSame(wanted, is)) return is
  if (field !== 'otherQuestions') return clash
  const [old, mine, theirs] = [was, wanted, is].map(list => (Array.isArray(list) ? list : []))
  const taken = new Set(old?.filter(one => !mine?.includes(one)))
  const added = mine?.filter(one => !old?.includes(one) && !theirs?.includes(one)) ?? []
  return [...(theirs ?? []).filter(one => !taken.has(one)), ...added]
}
