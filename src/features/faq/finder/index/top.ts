/**
 * The `limit` best of `items`, in no order: a heap whose root is the worst that is kept.
 * @param worths of each item, by its place in `items`
 */
export function topItems(items: Uint32Array, worths: Float64Array, limit: number): Uint32Array {
  if (items.length <= limit) return items.slice()
  const kept = items.slice(0, limit)
  const keptWorths = worths.slice(0, limit)
  for (let i = (limit >> 1) - 1; i >= 0; i--) {
    sink(kept, keptWorths, { from: i, item: kept[i] as number, worth: keptWorths[i] as number })
  }
  let worst = keptWorths[0] as number
  for (let i = limit; i < items.length; i++) {
    const worth = worths[i] as number
    if (worth <= worst) continue
    sink(kept, keptWorths, { from: 0, item: items[i] as number, worth })
    worst = keptWorths[0] as number
  }
  return kept
}

type Placed = { from: number; item: number; worth: number }

/** Puts an item in the place `from` and lets it sink: what is worth less rises to the places that it leaves. */
function sink(kept: Uint32Array, worths: Float64Array, { from, item, worth }: Placed) {
  let at = from
  for (let least = 2 * at + 1; least < kept.length; least = 2 * at + 1) {
    const right = least + 1
    if (right < kept.length && (worths[right] as number) < (worths[least] as number)) least = right
    if (worth <= (worths[least] as number)) break
    kept[at] = kept[least] as number
    worths[at] = worths[least] as number
    at = least
  }
  kept[at] = item
  worths[at] = worth
}
