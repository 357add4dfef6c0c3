import { asHeader, fieldOf, isUsualTitle, nameRank, type RosterField } from './columns.ts'
import { isPhoneOfNamed } from './title-patterns.ts'

/** An id of ours; other systems number their people from one on. */
const ownId = /^\s*(?=\d*[a-z])[a-z0-9]{8}\s*$/u

/**
 * Field of each column; undefined for an unused one. Where 「姓名」 and 「联系人」 stand side by side, only the first
 * names the people of the list. A column of ids counts where one of ours stands in it. A title that is like a field's says nothing beside a usual one.
 */
export function fieldsOf(
  header: readonly string[],
  body: readonly (readonly string[])[],
): (RosterField | 'id' | undefined)[] {
  const names = header
    .filter(title => fieldOf(title) === 'name')
    .toSorted((a, b) => nameRank(a) - nameRank(b))
  const title = asHeader(names[0] ?? '')
  const usual = new Set(header.filter(isUsualTitle).map(fieldOf))
  const found = header.map((cell, place) => {
    const field = fieldOf(cell)
    if (field === 'id') return body.some(cells => ownId.test(cells[place] ?? '')) ? field : undefined
    if (field === 'name') return asHeader(cell) === title ? field : undefined
    return usual.has(field) && !isUsualTitle(cell) ? undefined : field
  })
  if (found.includes('phoneTail')) return found
  return found.map((field, place) =>
    field === undefined && isPhoneOfNamed(asHeader(header[place] ?? ''), title) ? 'phoneTail' : field,
  )
}

/** Whether a row below a header is a header of other columns. @param fields of the columns above */
export function isOtherHeader(
  cells: readonly string[],
  fields: readonly (RosterField | 'id' | undefined)[],
): boolean {
  const found = fieldsOf(cells, [])
  const told = found.filter(field => field !== undefined)
  return (
    told.length > 1 &&
    told.includes('name') &&
    found.some((field, at) => field !== undefined && field !== fields[at])
  )
}
