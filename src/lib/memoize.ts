import { recentlyUsed } from './recently-used.ts'

type MemoizeOptions = {
  /** Results that are kept, those used last; from 1. */
  most: number
  /** Texts of more UTF-16 units are worked out anew each time. */
  longest: number
}

/**
 * The same function of a text, with the results of its latest calls kept.
 * @param work depends on the text alone; what it returns is shared and must not be changed
 */
export function memoize<T>(
  work: (text: string) => T,
  { most, longest }: MemoizeOptions,
): (text: string) => T {
  const results = recentlyUsed<{ result: T }>(most)
  return text => {
    if (text.length > longest) return work(text)
    const known = results.get(text)
    if (known) return known.result
    const result = work(text)
    results.set(text, { result })
    return result
  }
}
