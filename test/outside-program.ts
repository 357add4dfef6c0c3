import { existsSync } from 'node:fs'

/**
 * A program of the machine's that some tests look at our work through. Where it is missing they are skipped, with a
 * word, but never in continuous integration: a check that quietly does not run is none.
 */
export function outsideProgram(
  name: string,
  places: readonly string[],
): { path: string; isMissing: boolean } {
  const found = places.find(place => existsSync(place))
  const isMissing = found === undefined && process.env.CI !== 'true'
  if (isMissing) process.stderr.write(`没有 ${name}，跳过用到它的测试（CI=true 时不会跳过）。\n`)
  return { path: found ?? places[0] ?? name, isMissing }
}
