import { asHeader, fieldOf, isUsualTitle, nameRank, type RosterField } from './columns.ts'
import { isPhoneOfNamed } from './title-patterns.ts'

/**
 * Field of each column; undefined for an unused one. Where 「姓名」 and 「联系人」 stand side by side, only the first
 * names the people of the list. A title that is like a field's says nothing beside a usual one.
 */
export function fieldsOf(header: readonly string[]): (RosterField | 'id' | undefined)[] {
  const names = header
    .filter(title => fieldOf(title) === 'name')
    .toSorted((a, b) => nameRank(a) - nameRank(b))
  const title = asHeader(names[0] ?? '')
  const usual = new Set(header.filter(isUsualTitle).map(fieldOf))
  const found = header.map(cell => {
    const field = fieldOf(cell)
    if (field === 'name') return asHeader(cell) === title ? field : undefined
    return usual.has(field) && !isUsualTitle(cell) ? undefined : field
  })
  if (found.includes('phoneTail')) return found
  return found.map((field, place) =>
    field === undefined && isPhoneOfNamed(asHeader(header[place] ?? ''), title) ? 'phoneTail' : field,
  )
}
