import type { RecordChange } from '../../../audit/line.ts'
import type { AuditedAction, AuditKind } from '../../../ports/audit.ts'
import { deedWordOf } from './deeds.ts'
import { fieldWords } from './fields.ts'

/** Chinese names of the kinds of audit lines. */
export const kindWords: Record<AuditKind, string> = {
  deed: '操作',
  export: '导出',
  login: '登录',
  logout: '退出',
  'login-failed': '登录失败',
  refused: '没有权限',
}

/** Chinese names of the roads. */
export const roadWords: Record<AuditedAction['road'], string> = {
  chat: '聊天',
  console: '控制台',
  link: '填写链接',
  shell: '命令行',
}

/** Chinese names of the store's records. */
const recordWords: Readonly<Record<string, string>> = {
  accounts: '账号',
  'alert-settings': '告警地址',
  'binding-claims': '身份认领',
  'check-ins': '签到',
  'customer-tasks': '群发任务',
  deliveries: '发送',
  'deliveries-over': '发送',
  'digest-plans': '推送计划',
  'digest-told': '已推条目',
  digests: '推送',
  'entry-changes': '知识条目',
  'entry-drafts': '知识草稿',
  'entry-end-notices': '知识到期提醒',
  'entry-test-runs': '知识试题',
  documents: '文件库',
  erasures: '删除申请',
  exports: '导出记录',
  'form-chains': '接龙',
  'form-links': '填写链接',
  'form-sensitive-answers': '敏感信息',
  'form-sensitive-proofs': '敏感信息的凭证',
  'form-templates': '报名表模板',
  'group-members': '群成员',
  groups: '群',
  identities: '聊天身份',
  instructors: '指导员',
  'item-source-list': '来源列表',
  'item-sources': '来源',
  items: '条目',
  'lesson-calendars': '日历订阅',
  'lesson-receipts': '签到回执',
  'lesson-registers': '签到表',
  'lesson-series': '系列课',
  'lesson-sign-ups': '课程报名',
  'lesson-slots': '课程排期',
  lessons: '课程',
  'matching-companies': '企业资料',
  'clause-dismissals': '条款要核的结论',
  'former-groups': '解绑的群',
  'member-moves': '身份合并',
  'organizer-settings': '设置',
  members: '成员',
  'not-the-same': '不是同一人',
  officers: '身份权限',
  'pasted-lists': '贴上的名单',
  pledges: '承诺和示范岗',
  'read-pages': '来源网页',
  roster: '名单',
  'sign-up-forms': '报名表',
  'site-titles': '网页标题',
  'ticket-days': '当天转人工数',
  tickets: '转人工问题',
  votes: '评选',
}

const changeWords = { added: '新增', changed: '改', removed: '删' } as const

/** 「改课程（结束时间、地点）」, one for each kind of record. */
export function sayChange({ record, change, fields, count }: RecordChange): string {
  const what = `${changeWords[change]}${wordOfRecord(record)}`
  const many = count > 1 ? ` ${count} 条` : ''
  const named = [...new Set(fields.map(wordOfField))]
  return `${what}${many}${named.length > 0 ? `（${named.join('、')}）` : ''}`
}

const wordOfRecord = (record: string) => recordWords[record] ?? '别的记录'
const wordOfField = (field: string) => fieldWords[field] ?? '别的内容'

/** 「课程 2026-11-28-1」, with the new values where they are quoted. */
export function sayObject(object: string): string {
  const [, record = '', rest = ''] = /^([^/]+)\/(.*)$/su.exec(object) ?? []
  return `${wordOfRecord(record)} ${rest.replaceAll(/(?<=[ ;{,]"?)([A-Za-z]\w*)(?="?:)/gu, wordOfField)}`
}

/** 「结束签到」 on the console, 「发「签到」」 in chat. */
export function sayWhat(
  { road, what }: Pick<AuditedAction, 'road' | 'what'>,
  titles: ReadonlyMap<string, string>,
): string {
  if (road === 'chat')
    return chatWords.get(what) ?? (/^[a-z-]+$/u.test(what) ? '回答机器人的提问' : `发「${what}」`)
  if (road === 'shell') return shellWords.get(what) ?? `运行命令「${what}」`
  if (road === 'link') return deedWordOf(what) ?? '在链接的网页上填写'
  const page = /^\w+ \/([^/]*)/u.exec(what)?.[1] ?? ''
  return loginWords.get(what) ?? deedWordOf(what) ?? `「${titles.get(page) ?? '别的页'}」`
}

const chatWords = new Map([
  ['question', '提问或回答机器人'],
  ['words', '对机器人说'],
  ['file', '发来文件'],
])
const shellWords = new Map([
  ['backup', '备份全部记录'],
  ['restore', '恢复备份'],
  ['data:copy', '把全部记录抄到别处'],
  ['site', '把公开网页写成文件'],
])
const loginWords = new Map([
  ['password', '用公用密码'],
  ['link', '用一次性链接'],
  ['account', '用自己的密码'],
])
