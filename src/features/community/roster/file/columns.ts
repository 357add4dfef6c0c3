import { simplify } from '../../../../text/traditional.ts'
import type { RosterRow } from '../../records/records.ts'
import { likelyField, likelyNames } from './title-patterns.ts'

/** Fields of a person in a file. */
export type RosterField = Exclude<keyof RosterRow, 'id'>

/** In the order of the export. */
export const fieldNames: Record<RosterField, string> = {
  name: '姓名',
  branch: '支部',
  space: '众创空间',
  team: '企业/团队',
  phoneTail: '手机尾号',
  alias: '群昵称',
  nickname: '微信昵称',
  note: '备注',
  party: '政治面貌',
}
export const fields = Object.keys(fieldNames) as RosterField[]

/** A row of which nothing is known yet. */
export const blankRow = Object.fromEntries(fields.map(field => [field, ''])) as Record<RosterField, string>

/** Columns by what people call them, as {@link asHeader} leaves it. */
const synonyms: Record<RosterField | 'id', string> = {
  id: '编号 成员编号',
  name: '姓名 名字 成员姓名 人员姓名 真实姓名 创客姓名 党员姓名 学员姓名 参会人员 参会人 参会人姓名 与会人员 参加人员 参训人员 参学人员 参会者 参加者 与会者 参加人 到会人员 出席人员 参学人 报名人 报名人姓名 联系人 联系人姓名 负责人姓名 学员 参会人员姓名 同志姓名 本人姓名 员工姓名 签到人 签到人姓名 姓名电话 姓名联系方式 成员 群成员 组员 队员 嘉宾 志愿者 发展对象 积极分子 入党积极分子 创客 企业家 员工 职工 用户 填写人 中文名 创始人 创始人姓名 创业者 法定代表人 法人代表 法人 法人姓名 负责人 项目负责人 企业负责人 公司负责人 单位负责人 团队负责人 企业法人 企业联系人 团队成员 项目成员 带头人 项目带头人 人员名称 成员名称 党员名称 学员名称 申请人 申报人 经办人 联络人 联络员 对接人 领队 队长 选手 讲师 主讲人 会员 入驻人 Name FullName EmployeeName MemberName ContactName StudentName ParticipantName YourName',
  branch:
    '支部 党支部 党员所在支部 党员所在党支部 所在支部 所属支部 所在党支部 所属党支部 支部名称 所属支部名称 所在支部名称 党组织 所属党组织',
  space: '众创空间 空间 所在空间 所属空间 入驻空间 所在众创空间 众创空间名称 空间名称 孵化器 园区',
  team: '企业团队 团队企业 企业 团队 公司 企业名称 团队名称 公司名称 企业团队名称 项目团队 单位 工作单位 所在企业 所在团队 Company Team',
  phoneTail:
    '手机尾号 尾号 手机后四位 手机号后四位 手机末四位 后四位 末四位 后4位 末4位 手机后4位 手机号后4位 手机末4位 手机 手机号 手机号码 电话 电话号码 联系电话 联系方式 移动电话 Phone Mobile MobilePhone PhoneNumber Tel',
  alias: '群昵称 群名片 群内昵称 群里昵称 群备注',
  nickname: '微信昵称 微信名 微信名称 昵称',
  note: '备注 说明 备注说明',
  party: '政治面貌 是否党员 党员 党员身份',
}

const fieldOfHeader = new Map(
  (Object.keys(synonyms) as (RosterField | 'id')[]).flatMap(field =>
    synonyms[field].split(' ').map(title => [title.toLowerCase(), field]),
  ),
)

/** Columns that are not needed and so never kept: the dry run says so instead of calling them unused. */
const sensitive =
  /^(?:入党.*|转正.*|党龄|党内职务|身份证.*|证件号码?|民族|宗教.*|出生.*|生日|籍贯|家庭.*|住址|地址|银行.*|病.*|健康.*|婚.*)$/u

export const isSensitiveColumn = (title: string) => sensitive.test(title)

/** A column of the same name in another writing, or of an earlier name, is not the column of the names. */
const otherWriting = /[（(【[]\s*(?:汉语)?(?:拼音|英文|英语|曾用|旧|原|繁体|English|Pinyin)/iu
/** 「志愿者姓名」 is a column of people, 「介绍人姓名」 one of others beside them. */
const namedKind =
  /^(?!.*(?:介绍|联系|推荐|紧急|担保|配偶|子女|家长|父|母|监护|曾用|英文|户主|审[核批]|培养|上级|领导)|.*(?:企业|公司|单位|团队|项目|空间|支部|组织|微信|群)(?:姓名|名字)$)\p{Script=Han}{2,8}(?:姓名|名字)$/u

/** 「填写说明」 stands over instructions and keeps its words. */
const politePrefix = /^(?:请?(?:问|填写|输入|选择))?(?:[您你]的?|本人的)?(?=.)(?!(?:说明|须知|要求|指引)$)/u

/** 「您的姓名是？」, 「您所在的企业叫什么名字？」. */
const question = /(?:(?:是|叫)(?:什么|多少|哪一?[个家里位])?(?:名字|名称)?)?\?$/u

/** 「 姓 名（必填）：」, 「Q1. [填空]您的姓名」 and 「姓名2」 as 「姓名」. */
export const asHeader = (cell: string) =>
  simplify(cell.normalize('NFKC'))
    .replaceAll(/\(.*?\)|【.*?】|\[.*?\]|[\s\p{Cf}*:/、,，.·_-]/gu, '')
    .replace(question, '')
    .replace(/^(?:Q?\d+|[a-z]+)(?=\p{Script=Han})|(?<=\p{Script=Han})(?:\d+|[a-z]+)$/giu, '')
    .replace(politePrefix, '')

const phoneBehind = /(?<=.)[及和与](?:电话|联系电话|手机|手机号|手机号码|联系方式)$/u

/** 「联系人及电话」 as 「联系人」, in lower case. */
function titleOf(cell: string): string {
  const title = asHeader(cell).toLowerCase()
  const bare = title.replace(phoneBehind, '')
  return fieldOfHeader.get(bare) === 'name' ? bare : title
}

/** Field of a column by its title; undefined for an unused one. */
export function fieldOf(cell: string): RosterField | 'id' | undefined {
  const title = titleOf(cell)
  const field = fieldOfHeader.get(title) ?? (namedKind.test(title) ? 'name' : likelyField(title))
  return field === 'name' && otherWriting.test(cell) ? undefined : field
}

/** Whether a title is one that a field is usually called, not only like it. */
export const isUsualTitle = (cell: string) => fieldOfHeader.has(titleOf(cell))

/** Rows with a plain title of the names where only one that may be another column's stands above them. */
export function withTitleOfNames(rows: string[][]): string[][] {
  if (rows.some(row => row.some(cell => fieldOf(cell) === 'name'))) return rows
  const found = likelyNames(rows, asHeader)
  if (!found) return rows
  const header = rows[found.row] ?? []
  const title = asHeader(header[found.column] ?? '')
  const plain = `${title}姓名`
  return rows.with(found.row, header.with(found.column, fieldOf(plain) === 'name' ? plain : '姓名'))
}

const nameTitles = synonyms.name.toLowerCase().split(' ')

/** Rank of a title as the column of people's names: 「姓名」 before 「联系人」; 0 is the surest. */
export function nameRank(cell: string): number {
  const rank = nameTitles.indexOf(titleOf(cell))
  return rank < 0 ? nameTitles.length : rank
}

const titleOfStatus = /^(?:人员|成员|当前|在[职册岗])?(?:状态|情况)$|^(?:是否)?(?:还)?在[职册岗]$|^备注$/u
const titleOfLeaving = /^是否(?:已经?)?(?:离职|退出|离开|转出)$/u
const leaving =
  /^(?:(?:\d{4}\s*[年./-]\s*)?\d{1,2}\s*(?:[月./-]\s*(?:\d{1,2}日?)?)?)?(?:现?已经?|于)?(?:离职|退出|退[租园]|[离出]园|毕业|注销|转出|调离|调出|离开|搬离|迁出|退会|除名|不在[职册岗]?)了?$/u

/** Whether a row says that its person has left: 「已离职」 under 状态 or 备注, 「否」 under 是否在职. */
export function isMarkedAsLeft(header: readonly string[], cells: readonly string[]): boolean {
  return header.some((title, place) => {
    const [named, said] = [asHeader(title), (cells[place] ?? '').trim()]
    if (titleOfLeaving.test(named)) return /^(?:是|有|√|✓|Y|YES)$/iu.test(said) || leaving.test(said)
    if (!titleOfStatus.test(named)) return false
    // 「毕业」 in a remark is of a school; a park graduates its companies in a column for it.
    if (named === '备注' && said.includes('毕业')) return false
    return leaving.test(said) || (named !== '备注' && /^(?:否|×|✗|N|NO)$/iu.test(said))
  })
}
