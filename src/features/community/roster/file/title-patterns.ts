import type { RosterField } from './columns.ts'

const wholeTitle = (...parts: string[]) => new RegExp(`^${parts.join('')}$`, 'u')

const belonging = '(?:(?:党员|成员|学员|本人|组织关系|目前|现)?(?:所在|所属|隶属|现?入驻|归属)?的?)'
const fullName = '(?:名称?|全称|简称)?'
/** Titles that say a field in other words than those that are listed, as {@link asHeader} leaves them. */
const patterns: [RosterField, RegExp][] = [
  ['branch', wholeTitle(belonging, '(?:单位|企业)?(?:党总支|党?支部|党组织|党小组)+', fullName)],
  [
    'space',
    wholeTitle(
      belonging,
      '(?:众创空间|创客空间|孵化(?:空间|器|基地|载体|园区?)|空间|园区|产业园|创业园|创业基地)+',
      fullName,
    ),
  ],
  [
    'team',
    wholeTitle(
      '(?:(?:就职|任职|工作|现|参会|参展|参赛|参训|参加|报名|来自)的?|',
      belonging,
      ')(?:企业|公司|单位|团队|机构)+',
      fullName,
      '(?:[及和与]?(?:职务|职位|岗位))?',
    ),
  ],
  ['team', wholeTitle('(?:所在|所属|入驻|创业|参赛|团队)项目', fullName)],
]

const ownPhone = wholeTitle(
  '(?:本人|个人|常用|现用?|最?新|联系|微信|移动|绑定|报名|学员|成员|党员)?的?',
  '(?:手机|移动电话|联系电话|电话|联系(?=号码|手机))+',
  '(?:号码?|联系方式)?(?:[或和及与]?微信)?(?:同号)?(?:尾号|后[四4]位|[末尾][四4]位)?',
)
const englishPhone = /^(?:mobile|cell|phone)(?:phone)?(?:no|number)?$/u
const phoneOfTitle = /^(?<person>\p{Script=Han}{2,6})的?(?:手机|电话|联系电话|移动电话|联系方式)(?:号码?)?$/u
/** 「企业」 and 「团队」 have a phone too, which a stranger can look up. */
const isOfPerson = /(?:人|者|员|长|家|工|法人|对象|分子|代表|嘉宾|创客|用户|同志|书记|主任|经理)$/u

/** Field of a title that is like those of a field; undefined for another. @param title folded to lower case */
export function likelyField(title: string): RosterField | undefined {
  if (ownPhone.test(title) || englishPhone.test(title)) return 'phoneTail'
  return patterns.find(([, pattern]) => pattern.test(title))?.[0]
}

/**
 * Whether a title is that of the phone of those who are named: 「负责人电话」 beside 「项目负责人」. The number of another
 * person would prove a false identity.
 * @param titleOfNames of the column of the names
 */
export function isPhoneOfNamed(title: string, titleOfNames: string): boolean {
  const person = phoneOfTitle.exec(title)?.groups?.person
  return person !== undefined && isOfPerson.test(person) && titleOfNames.includes(person)
}

/** Titles that no field has but that stand above columns: 「大名」, 「哪个支部」, 「入驻公司」. */
const looseTitle = wholeTitle(
  '(?:大名|贵姓|尊姓大名|全名|人名|称呼|名|姓|',
  '(?:哪[个家]|什么|[您你]的?|[现所]在的?|所属|隶属|归属|入驻|就职|任职|工作|党员|成员|学员|原|现)+',
  '(?:党?支部|党总支|党委|空间|大厦|孵化器|园区?|工场|基地|公司|工作室|事务所|中心|厂|店|院|社|集团)',
  '(?:名称?|全称|简称)?)',
)
/** Whether a cell may be a title, and so is no data of a person. @param title folded to lower case */
export const isLikeTitle = (title: string) => likelyField(title) !== undefined || looseTitle.test(title)

const event =
  '参会|与会|到会|出席|参加|参与|参训|受训|培训|参学|听课|授课|上课|签到|到场|应到|实到|报名|入驻|全体|本期|新'
const people = '人员|人|者|对象|代表|党员|学员|创客|成员|嘉宾|同志'
/** Titles that may stand above names as well as above other matter: 「与会代表」, 「签名」. */
const mayNamePeople = wholeTitle(
  `(?:(?:${event})*(?:${people})+(?:名单|名册|花名册)?|签名|签到|人名|称呼|名单|participants?|attendees?)`,
)

const partyWords = /^(?:[是否有无√✓×✗yn]|yes|no)$|党员|群众|团员|分子|^(?:中共|正式|预备|民主|无党派)/iu
const plainName = /^\p{Script=Han}{2,4}$|^\p{Script=Han}{1,6}[·•]\p{Script=Han}{1,8}$/u
const attendanceWords =
  /^(?:[已未没不]\S|请假|[事病公]假|迟到|缺[席勤课]|早退|旷课|签到|到[场会]|出[席勤差]|正常|[线现][上下场]|[补代]签)/u
const isName = (cell: string) => plainName.test(cell) && !partyWords.test(cell) && !attendanceWords.test(cell)
/** Names seldom stand twice in a list. */
export const areNames = (cells: readonly string[]) =>
  cells.filter(isName).length * 2 > cells.length && new Set(cells).size * 4 >= cells.length * 3

/** Titles of the names are not looked for below this row. */
const titlesWithin = 30

/**
 * Where a column of names stands that no exact title tells: its title may be one of names, and so are most cells below.
 * @param asTitle folds a cell to a title
 */
export function likelyNames(
  rows: readonly (readonly string[])[],
  asTitle: (cell: string) => string,
): { row: number; column: number } | undefined {
  for (const [row, cells] of rows.slice(0, titlesWithin).entries())
    for (const [column, cell] of cells.entries()) {
      if (!mayNamePeople.test(asTitle(cell).toLowerCase())) continue
      const below = rows.slice(row + 1).map(under => (under[column] ?? '').replaceAll(/\s/gu, ''))
      if (areNames(below.filter(text => text !== ''))) return { row, column }
    }
  return undefined
}
