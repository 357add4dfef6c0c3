/** The values of each field, in the order of the rows; null where a row has none. */
type Columns<T> = { [Field in keyof T]-?: (NonNullable<T[Field]> | null)[] }

/** Turns rows into columns: texts of one field side by side compress better. @param fields those that are kept */
export function columnsOf<T extends object>(rows: readonly T[], fields: readonly (keyof T)[]): Columns<T> {
  const columns = fields.map(field => [field, rows.map(row => row[field] ?? null)])
  return Object.fromEntries(columns) as Columns<T>
}

/** Turns columns back into the rows that {@link columnsOf} was given. */
export function rowsOf<T extends object>(columns: Columns<T>): T[] {
  const lists = Object.entries<unknown[]>(columns)
  const rows = lists[0]?.[1] ?? []
  return rows.map((_, at) =>
    Object.fromEntries(lists.map(([field, values]) => [field, values[at] ?? undefined])),
  ) as T[]
}
