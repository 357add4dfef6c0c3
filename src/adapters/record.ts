import type { z } from 'zod'

/**
 * A record as stores keep it: checked, and as text, so that no caller holds a reference into the store.
 * @throws the schema's error, and a TypeError for what JSON would bring back changed (a Date, a NaN): it would
 *   be found broken at the next start only.
 */
export function toRecordText<T>(schema: z.ZodType<T>, value: unknown): string {
  const text = JSON.stringify(schema.parse(value))
  const again = JSON.stringify(schema.parse(JSON.parse(text)))
  if (again !== text) throw new TypeError('a record must read back from JSON as it was written')
  return text
}

/** The record's value, the caller's own. */
export function fromRecordText<T>(text: string | undefined): T | undefined {
  return text === undefined ? undefined : (JSON.parse(text) as T)
}
