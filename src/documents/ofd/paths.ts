/** Commands of a path as SVG writes them, and the count of their numbers. */
const commands: ReadonlyMap<string, readonly [string, number]> = new Map([
  ['S', ['M', 2]],
  ['M', ['M', 2]],
  ['L', ['L', 2]],
  ['Q', ['Q', 4]],
  ['B', ['C', 6]],
  ['A', ['A', 7]],
  ['C', ['Z', 0]],
])

/**
 * The data of an OFD path as SVG path data.
 * @returns empty where a command is unknown, lacks numbers or comes before the first place
 */
export function pathData(said: string, isLength: (value: number) => boolean): string {
  const parts = said.trim().split(/[\s,]+/u)
  const drawn: string[] = []
  for (let at = 0; at < parts.length; ) {
    const command = commands.get(parts[at] ?? '')
    if (!command || (drawn.length === 0 && command[0] !== 'M')) return ''
    const [letter, count] = command
    const numbers = parts.slice(at + 1, at + 1 + count).map(Number)
    if (numbers.length < count || !numbers.every(isLength)) return ''
    // The flags of an arc are written as 0 and 1.
    const written =
      letter === 'A'
        ? numbers.map((value, place) => (place === 3 || place === 4 ? Number(value !== 0) : value))
        : numbers
    drawn.push([letter, ...written].join(' '))
    at += 1 + count
  }
  return drawn.join(' ')
}
