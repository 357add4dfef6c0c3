/** The `limit` best of `items`, in no order: a heap whose root is the worst that is kept. */
export function best(items: Uint32Array, limit: number, worth: (item: number) => number): number[] {
  if (items.length <= limit) return [...items]
  const kept = [...items.subarray(0, limit)]
  const worths = Float64Array.from(kept, worth)
  for (let i = (limit >> 1) - 1; i >= 0; i--) sink(kept, worths, i)
  for (let i = limit; i < items.length; i++) {
    const item = items[i] as number
    const w = worth(item)
    if (w <= (worths[0] as number)) continue
    kept[0] = item
    worths[0] = w
    sink(kept, worths, 0)
  }
  return kept
}

function sink(kept: number[], worths: Float64Array, from: number) {
  for (let at = from; ; ) {
    const left = 2 * at + 1
    if (left >= kept.length) return
    const right = left + 1
    const least = right < kept.length && (worths[right] as number) < (worths[left] as number) ? right : left
    if ((worths[at] as number) <= (worths[least] as number)) return
    const [item, worth] = [kept[at] as number, worths[at] as number]
    kept[at] = kept[least] as number
    worths[at] = worths[least] as number
    kept[least] = item
    worths[least] = worth
    at = least
  }
}
