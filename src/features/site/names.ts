/** Parts texts that go through the removal of names together. */
const separator = '\n\u2063\n'

type Parts = {
  /** Takes the names of everybody known out of a text. */
  withoutNames(text: string): Promise<string>
  /** Takes out what looks like a name. */
  maskPersons(text: string): string
}

/** Makes texts safe for public pages: without the names of those whom the bot knows, and without what looks like one. */
export function createPublicTexts({ withoutNames, maskPersons }: Parts) {
  /** Looking for names takes long, and texts seldom change. */
  let masked = new Map<string, string>()

  /** One removal for all texts: it reads every known name each time. */
  return async (texts: readonly string[]): Promise<(text: string) => string> => {
    const unique = [...new Set(texts)]
    const bare = (await withoutNames(unique.join(separator))).split(separator)
    const next = new Map<string, string>()
    for (const text of bare) next.set(text, masked.get(text) ?? maskPersons(text))
    masked = next
    const known = new Map(unique.map((text, at) => [text, next.get(bare[at] ?? '') ?? '']))
    return text => known.get(text) ?? ''
  }
}
export type PublicTexts = ReturnType<typeof createPublicTexts>
