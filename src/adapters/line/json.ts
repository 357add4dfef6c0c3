/**
 * Parses a JSON text without its fields that are null: platforms send null for absent fields and for empty lists.
 * @throws SyntaxError for other text, without quoting it
 */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text, (_key, value) => value ?? undefined)
  } catch {
    throw new SyntaxError('not JSON')
  }
}
