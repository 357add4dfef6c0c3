/** Parts texts that go through the removal of names together. */
const separator = '\n\u2063\n'

type Parts = {
  /** Takes the names of all known people out of a text. */
  withoutNames(text: string): Promise<string>
  /** Takes out what looks like a name: for texts that anyone may type. */
  maskPersons(text: string): string
  /** Takes out who is named as a person: for texts of offices, and those that were reviewed. */
  maskNamedPersons(text: string): string
}

/** The text without names; empty for one that was not given. */
export type PublicText = (text: string, kind?: 'typed' | 'official') => string

/** Makes texts safe for public pages: without the names of those whom the bot knows, and without those of strangers. */
export function createPublicTexts({ withoutNames, maskPersons, maskNamedPersons }: Parts) {
  /** Looking for names takes long, and texts seldom change. */
  let masked = new Map<string, string>()

  /** One removal for all texts: it reads every known name each time. */
  return async (texts: readonly string[]): Promise<PublicText> => {
    const unique = [...new Set(texts)]
    const bare = (await withoutNames(unique.join(separator))).split(separator)
    const known = new Map(unique.map((text, at) => [text, bare[at] ?? '']))
    const before = masked
    masked = new Map()
    return (text, kind = 'typed') => {
      const found = known.get(text) ?? ''
      if (kind === 'official') return maskNamedPersons(found)
      const typed = masked.get(found) ?? before.get(found) ?? maskPersons(found)
      masked.set(found, typed)
      return typed
    }
  }
}
export type PublicTexts = ReturnType<typeof createPublicTexts>
