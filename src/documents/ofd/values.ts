/** Selects elements by name, with and without the usual prefix. */
export const local = (name: string): string => `ofd\\:${name}, ${name}`

/** The numbers of an attribute such as a boundary; NaN for what is none. */
export const numbersIn = (text: string | undefined): number[] => (text ?? '').trim().split(/\s+/u).map(Number)

/** Character size where an object says none. */
export const defaultSizeMm = 3.7

/** 「g 3 4.2 5」 says 4.2 three times. @param most steps that the text has */
export function deltasIn(said: string | undefined, most: number): number[] {
  const parts = said?.trim().split(/\s+/u) ?? []
  const found: number[] = []
  for (let at = 0; at < parts.length && found.length < most; at += 1) {
    if (parts[at] !== 'g') found.push(Number(parts[at]))
    else {
      const count = Math.min(Number(parts[at + 1]), most - found.length)
      found.push(...Array.from({ length: count }, () => Number(parts[at + 2])))
      at += 2
    }
  }
  return found.filter(Number.isFinite)
}
