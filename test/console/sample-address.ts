const samples = ['1', 'x', 'weeks.svg', 'weeks', 'ab.png', '2026-11', 'x.yaml', 'x.xlsx', 'x.ics', 'x.jpg']

/** An address that a pattern matches: `/:number{[0-9]+}/edit` → `/1/edit`. */
export function sampleOf(pattern: string): string {
  return pattern.replace(/:\w+(?:\{((?:[^{}]|\{[^{}]*\})*)\})?/g, (_, regex: string | undefined) => {
    const found = samples.find(sample => regex === undefined || new RegExp(`^(?:${regex})$`).test(sample))
    if (found === undefined) throw new Error(`no sample for ${pattern}`)
    return found
  })
}
