import { readFileSync } from 'node:fs'
import type { z } from 'zod'
import { Refusal } from '../feature.ts'

/**
 * Reads a file with one JSON value a line; empty lines are passed over.
 * @throws {@link Refusal} that names the first line that does not fit
 */
export function readJsonLines<T>(file: string, schema: z.ZodType<T>): T[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line, at) => {
      if (line.trim() === '') return []
      const result = schema.safeParse(parseJson(line))
      if (!result.success) throw new Refusal(`${file} 第${at + 1}行不是要求的形式。`)
      return [result.data]
    })
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
