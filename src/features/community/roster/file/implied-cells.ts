import { asHeader, fieldNames } from './columns.ts'
import type { RosterLine, RosterTable } from './layout.ts'
import { isPersonOfPlace } from './person-cells.ts'

const ditto = /^(?:同[上前](?:[一行]行?)?|[-—~]*[〃″"“”＂˝][-—~]*|[↓⬇]|''|,,|，，)$/u
/** 「二支部名单」 between two lists. */
const nameOfList = '(?:党员|成员|人员|同志)?(?:名单|花?名册|登记表|信息表|签到表|统计表|一览表|通讯录)'
/** 「一、」, 「（2）」, 「A.」, 「◆」. */
const startOfHeading =
  '[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\\d]+[)）]|\\d+[.、．]|[A-Za-z][.、．]|[◆◇●○■□★☆▲△▶►※#*•·]+'
const countBehind = '(?:[（(]?共?\\s*\\d+\\s*[人名位家][)）]?)?\\s*[:：]?$'
const headingOfKind = (kinds: string, character = '\\S') =>
  new RegExp(
    `^(?:${startOfHeading})?\\s*[【〔[]?(?<place>${character}*(?:${kinds}))(?:${nameOfList})?[】〕\\]]?\\s*${countBehind}`,
    'u',
  )
const kindsOfTeam = '公司|工作室|事务所|企业|集团|合作社|商行|研究院|（有限合伙）|\\(有限合伙\\)'
const placeHeadings = {
  branch: headingOfKind('党支部|支部|党总支|党委'),
  space: headingOfKind('空间|大厦|大楼|孵化器|孵化园|工场|产业园|科技园|创业园|园区|基地'),
  team: headingOfKind(kindsOfTeam, '[^\\s:：，,、；;。！？!?/／|｜+＋_—–－-]'),
}
/** 「三、个人创客（1人）」: the people below are of none of those that are named above. */
const otherHeading = /^[一二三四五六七八九十]+、.*[（(]共?\s*\d+\s*[人名位][)）]$/u
/** 「以下人员未注册公司」, 「单位：木石公司」, 「其他企业」: words about companies that are the name of none. */
const founding = '(?:注册|成立|登记|设立|创?开?办|入驻)'
const noTeam = new RegExp(
  `^(?=.*(?:${kindsOfTeam})\\s*${countBehind})(?:${startOfHeading})?\\s*(?:${[
    `以[上下]|[上下][述列]|其中|[均都全](?:部|是|为|未|没|无|属)|[尚暂][未无没]|(?:[拟待]|准备|计划|筹[备建]|正在)${founding}|没|非企业`,
    '\\S{0,4}(?:单位|公司|企业|机构)[:：]|[主承协]办方?[:：]',
    `\\S*(?:未|没有?|不)(?:曾|再)?(?:${founding}|有|属于|是)`,
    `\\S*[为是]?(?:非|无)(?:${kindsOfTeam})`,
  ].join('|')})`,
  'u',
)
const withoutTeam = /^(?:个体(?:户|工商户|经营)?|个人|自由职业者?|无单位)\s*[:：]?$/u
const kindOfTeam = new RegExp(
  [
    String.raw`^(?:\S{1,3}[、.．]|[（(]\S{1,2}[)）])?\s*`,
    `(?:${[
      '其[他它余]|在孵|入驻|毕业|出园|(?<![新老])[大中小微]型?|规[上下]|高新|技术|科技型?|专精特新|个[体人]',
      '民营|国有|外资|初创|创[业新]型?|重点|[本外]地|意向|[新老已未拟](?=注册|入驻|企业)|注册',
    ].join('|')})*`,
    String.raw`(?:公司|工作室|企业|集团)\s*(?:[（(]?共?\s*\d+\s*[人名位家][)）]?)?\s*[:：]?$`,
  ].join(''),
  'u',
)

/** Writes out what cells imply: 「同上」, a 支部 written once above empty cells, and headings between the people. */
export const completed = (table: RosterTable): RosterTable =>
  filledDown(
    withDittos(
      (['branch', 'space', 'team'] as const).reduce((now, field) => withHeadings(now, field, table), table),
    ),
  )

/** Adds a column; lines without a name, under a list say, stay empty. */
export function withColumn(
  table: RosterTable,
  field: keyof typeof placeHeadings,
  textFor: (row: RosterLine) => string,
): RosterTable {
  const { header, fields, body } = table
  const nameAt = fields.indexOf('name')
  return {
    ...table,
    header: [...header, fieldNames[field]],
    fields: [...fields, field],
    body: body.map(row => ({
      ...row,
      cells: [...header.map((_, place) => row.cells[place] ?? ''), told(row, nameAt) ? textFor(row) : ''],
    })),
  }
}

/**
 * 「一、第一支部」 or 「优空间」 in a row by itself is that of the people below where no column says it.
 * @param original the table as it was written: a column that was added says nothing about a row
 */
function withHeadings(
  table: RosterTable,
  field: keyof typeof placeHeadings,
  original: Pick<RosterTable, 'header'>,
): RosterTable {
  if (table.fields.includes(field)) return table
  const headings = table.body.map(({ cells }) => {
    const written = cells.slice(0, original.header.length)
    return field === 'team' ? teamIn(written, table.fields) : placeIn(written, field)
  })
  if (headings.every(found => found === undefined)) return table
  const values = new Map<number, string>()
  let current = placeIn(table.above.at(-1) ?? [], field) ?? ''
  const body = table.body.map((row, at) => {
    const found = headings[at]
    current = found ?? current
    values.set(row.line, found === undefined ? current : '')
    return found === undefined ? row : { ...row, isHeading: true as const }
  })
  const isNamed = headings.some(found => found !== undefined && found !== '')
  return isNamed
    ? withColumn({ ...table, body }, field, row => values.get(row.line) ?? '')
    : { ...table, body }
}

/** The branch, space or company that these cells name and nothing else; undefined where they hold other words. */
export function placeIn(cells: readonly string[], field: keyof typeof placeHeadings): string | undefined {
  const text = onlyText(cells)
  return isPersonOfPlace(text) ? undefined : placeHeadings[field].exec(text)?.groups?.place
}

/** The company that a row names; empty where the people below are of none, undefined for another row. */
function teamIn(cells: readonly string[], fields: RosterTable['fields']): string | undefined {
  const text = onlyText(cells)
  const isOtherPlace = (['branch', 'space'] as const).some(field => placeIn(cells, field) !== undefined)
  if (isOtherPlace || [noTeam, kindOfTeam, withoutTeam].some(words => words.test(text))) return ''
  const beforeNotes = cells.map((cell, place) => (fields[place] === 'note' ? '' : cell))
  return placeIn(beforeNotes, 'team') ?? (otherHeading.test(text) ? '' : undefined)
}

/** The text of a row that says one thing, merged over its columns as well; empty for another row. */
function onlyText(cells: readonly string[]): string {
  const told = [...new Set(cells.map(cell => cell.trim()).filter(cell => cell !== ''))]
  return told.length === 1 ? (told[0] ?? '') : ''
}

const titleOfBranch =
  /^(?:中共)?(?<branch>(?!.*[各全所下辖])\S{1,20}?支部)(?:委员会)?(?:党员|成员|人员|同志)*(?:基本)?(?:信息|情况)?(?:花?名[册单]|登记表|信息表|统计表|一览表|签到表|通讯录)/u

/** 「支部名称：第一党支部」, 「填报单位：优空间党支部」. */
const labelOfBranch =
  /^(?:(?:所[在属])?(?:党?支部|党组织)|填报?(?:单位|支部)|单位)(?:名称|全称)?\s*[:：]\s*(?<branch>[^\s:：]{2,20}支部)(?:委员会)?(?=$|\s|填)/u

/**
 * The branch over a list: 「优空间党支部党员名册」, 「支部名称：第一党支部」.
 * @param rows those above the header
 * @param readsTitle whether a title may tell it, which may also be of a list of several branches
 */
export function branchAbove(rows: readonly (readonly string[])[], readsTitle: boolean): string | undefined {
  for (const cells of rows.toReversed()) {
    const told = [...new Set(cells.map(cell => cell.trim()).filter(cell => cell !== ''))]
    const label = labelOfBranch.exec(told.join(' '))?.groups?.branch
    const title =
      readsTitle && told.length === 1 ? titleOfBranch.exec(told[0] ?? '')?.groups?.branch : undefined
    if (label ?? title) return label ?? title
  }
  return undefined
}

function withDittos(table: RosterTable): RosterTable {
  const places = table.fields.flatMap((field, place) => (isPlace(field) || field === 'team' ? [place] : []))
  return { ...table, body: carried(table.body, places, cell => ditto.test(cell), false) }
}

/** A 支部, space or company written once above empty cells, left of the names, is that of the rows below. */
function filledDown(table: RosterTable): RosterTable {
  const nameAt = table.fields.indexOf('name')
  const isNamed = (row: RosterLine | undefined) => told(row, nameAt)
  const people = table.body.filter(isNamed)
  const isSparse = (place: number) => told(people[0], place) && people.some(row => !told(row, place))
  const columns = table.fields.flatMap((field, place) =>
    place < nameAt && (isPlace(field) || field === 'team') && isSparse(place) ? [place] : [],
  )
  if (columns.length === 0) return table
  const complete = carried(people, columns, cell => cell === '', true)
  const filled = new Map(complete.map((row, at) => [people[at], row]))
  return {
    ...table,
    body: table.body.map(row => filled.get(row) ?? row),
    filledDown: columns.map(place => asHeader(table.header[place] ?? '')),
  }
}

/**
 * Rows whose cells in these columns take the value above where `isImplied` holds.
 * @param isNested another value in a column ends what stands above in the columns to its
 *   right: a branch is of its space
 */
function carried(
  rows: readonly RosterLine[],
  columns: readonly number[],
  isImplied: (cell: string) => boolean,
  isNested: boolean,
): RosterLine[] {
  const above = new Map<number, string>()
  return rows.map(row => {
    const cells = [...row.cells]
    let isOther = false
    for (const place of columns) {
      const cell = cells[place] ?? ''
      if (isImplied(cell.trim())) cells[place] = isOther ? '' : (above.get(place) ?? '')
      isOther ||= isNested && cells[place] !== (above.get(place) ?? cells[place])
      above.set(place, cells[place] ?? '')
    }
    return { ...row, cells }
  })
}

const told = (row: RosterLine | undefined, place: number) => (row?.cells[place] ?? '').trim() !== ''
const isPlace = (field: RosterTable['fields'][number]) => field === 'branch' || field === 'space'
