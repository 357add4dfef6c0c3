/**
 * The value of a JSON text. Fields that are null are left out: platforms write so what they have not, an empty list too.
 * @throws for what is no JSON, without its words
 */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text, (_key, value) => value ?? undefined)
  } catch {
    throw new SyntaxError('not JSON')
  }
}
