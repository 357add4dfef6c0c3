/** Stands where the name of an erased person stood, or of one of whom only the number is kept. */
export const erasedName = '（不记名）'

/** A collection of a store, as far as it is needed here. */
type Records<T> = {
  list(prefix: string): Promise<{ key: string; value: T }[]>
  update(key: string, change: (now: T | undefined) => T | undefined): Promise<unknown>
}

/** The names under which records know this person, and no other, as the doer of something. */
export const doerNamesOf = ({
  names,
  doerNames = names,
}: {
  names: readonly string[]
  doerNames?: readonly string[]
}): readonly string[] => doerNames

const isDoerField = (field: string) => /^byName$|ByName$/u.test(field)

/**
 * Takes these names out of a record where they are those of who did something: in fields called `byName`, or ending in
 * `ByName`, however deep. @returns the record itself where none stands there
 */
export function withoutDoers<T>(record: T, names: readonly string[]): T {
  return withoutDoersIn(record, new Set(names)) as T
}

function withoutDoersIn(value: unknown, names: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) {
    const bare = value.map(one => withoutDoersIn(one, names))
    return bare.some((one, at) => one !== value[at]) ? bare : value
  }
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value)
  const bare = fields.map(([field, one]) =>
    isDoerField(field) && names.has(one) ? erasedName : withoutDoersIn(one, names),
  )
  if (bare.every((one, at) => one === fields[at]?.[1])) return value
  return Object.fromEntries(fields.map(([field], at) => [field, bare[at]]))
}

/** Takes names of doers out of every record whose key begins with `prefix`; writes only those in which one stands. */
export async function forgetDoers<T>(
  records: Records<T>,
  names: readonly string[],
  prefix = '',
): Promise<void> {
  for (const { key, value } of await records.list(prefix))
    if (withoutDoers(value, names) !== value)
      await records.update(key, now => now && withoutDoers(now, names))
}
