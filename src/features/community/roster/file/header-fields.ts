import { asHeader, fieldOf, isSensitiveColumn, isUsualTitle, nameRank, type RosterField } from './columns.ts'
import { isPersonOfPlace } from './person-cells.ts'
import { isPhoneOfNamed } from './title-patterns.ts'

/** An id of ours; other systems number their people from one on. */
const ownId = /^\s*(?=\d*[a-z])[a-z0-9]{8}\s*$/u

/** Beside 「众创空间」 the 「园区」 is where the space is. */
const isSpace = (title: string) => asHeader(title).includes('空间')

const company = /(?:公司|企业|集团|工作室|事务所|合作社|商行|研究院|[（(]有限合伙[)）])$/u
/** 「会员」 and 「申请人」 may be companies. */
function areCompanies(cells: readonly string[]): boolean {
  const filled = cells.map(cell => cell.trim()).filter(cell => cell !== '')
  return filled.filter(cell => company.test(cell) && !isPersonOfPlace(cell)).length * 2 > filled.length
}

const titleOfLesson = /^(?:课程|课题|主题|题目|内容|议题|讲题|环节|议程)/u
/** A timetable names those who speak. */
const isOfSpeakers = (title: string, header: readonly string[]) =>
  /讲师|主讲/u.test(title) && header.some(cell => titleOfLesson.test(asHeader(cell)))

/**
 * Field of each column; undefined for an unused one. Where 「姓名」 and 「联系人」 stand side by side, only the first
 * names the people of the list. A column of ids counts where one of ours stands in it. A title that is like a
 * field's says nothing beside a usual one.
 */
export function fieldsOf(
  header: readonly string[],
  body: readonly (readonly string[])[],
): (RosterField | 'id' | undefined)[] {
  const isOfNames = (cell: string, place: number) =>
    fieldOf(cell) === 'name' &&
    !isOfSpeakers(cell, header) &&
    !areCompanies(body.map(cells => cells[place] ?? ''))
  const names = header.filter(isOfNames).toSorted((a, b) => nameRank(a) - nameRank(b))
  const title = asHeader(names[0] ?? '')
  const usual = new Set(header.filter(isUsualTitle).map(fieldOf))
  const isFilled = (place: number) => body.some(cells => (cells[place] ?? '').trim() !== '')
  const saysSpace = header.some(
    (cell, place) => isSpace(cell) && fieldOf(cell) === 'space' && isFilled(place),
  )
  const found = header.map((cell, place) => {
    const field = fieldOf(cell)
    if (field === 'id') return body.some(cells => ownId.test(cells[place] ?? '')) ? field : undefined
    if (field === 'space' && saysSpace && !isSpace(cell)) return undefined
    if (field === 'name') return asHeader(cell) === title && isOfNames(cell, place) ? field : undefined
    return usual.has(field) && !isUsualTitle(cell) ? undefined : field
  })
  if (found.includes('phoneTail')) return found
  return found.map((field, place) =>
    field === undefined && isPhoneOfNamed(asHeader(header[place] ?? ''), title) ? 'phoneTail' : field,
  )
}

/** Titles of columns that no field is kept of. */
const otherTitle =
  /^(?:序号|编号|no|性别|年龄|学历|职务|职位|岗位|部门|邮箱|微信号?|签[名到]|时间|日期|类别|分组|组别|座位号?|工位|身份|工号|人数|状态|项目)$/iu
const isTitle = (cell: string) =>
  fieldOf(cell) !== undefined || isSensitiveColumn(asHeader(cell)) || otherTitle.test(asHeader(cell))

/** Whether most cells are titles and none is a number of a person. */
function isOfTitles(cells: readonly string[]): boolean {
  const filled = cells.filter(cell => cell.trim() !== '')
  return filled.filter(isTitle).length * 3 >= filled.length * 2 && !filled.some(cell => /\d{5}/u.test(cell))
}

/** Whether a row below a header is a header of other columns. @param fields of the columns above */
export function isOtherHeader(
  cells: readonly string[],
  fields: readonly (RosterField | 'id' | undefined)[],
): boolean {
  const named = cells[fields.indexOf('name')] ?? ''
  return (named.trim() === '' || isTitle(named)) && isOfTitles(cells) && namesOtherColumns(cells, fields)
}

/** Whether the header of a list beside this one stands in the row of a person: its columns have no title above. */
export const isHeaderBeside = (cells: readonly string[], header: readonly string[]): boolean =>
  namesOtherColumns(
    cells.map((cell, place) => ((header[place] ?? '').trim() === '' ? cell : '')),
    [],
  )

function namesOtherColumns(
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
