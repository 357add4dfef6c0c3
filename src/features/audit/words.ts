import type { RecordChange } from '../../audit/line.ts'
import type { AuditKind } from '../../ports/audit.ts'

/** What people call the kinds of lines. */
export const kindWords: Record<AuditKind, string> = {
  deed: '操作',
  export: '导出',
  login: '登录',
  logout: '退出',
  'login-failed': '登录失败',
  refused: '没有权限',
}

/** What people call the records of the store. */
export const recordWords: Readonly<Record<string, string>> = {
  accounts: '账号',
  'binding-claims': '身份认领',
  'check-ins': '签到',
  'customer-tasks': '群发任务',
  deliveries: '发送',
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
  'form-templates': '报名表模板',
  'group-members': '群成员',
  groups: '群',
  identities: '聊天身份',
  instructors: '指导员',
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
  'member-moves': '身份合并',
  members: '成员',
  'not-the-same': '不是同一人',
  officers: '身份权限',
  'pasted-lists': '贴上的名单',
  'read-pages': '来源网页',
  roster: '名单',
  'sign-up-forms': '报名表',
  'site-titles': '网页标题',
  'ticket-days': '当天转人工数',
  tickets: '转人工问题',
  votes: '评选',
}

const changeWords = { added: '新增', changed: '改', removed: '删' } as const

/** 「改 课程（endsAt、place）」, one for each kind of record. */
export function sayChange({ record, change, fields, count }: RecordChange): string {
  const what = `${changeWords[change]}${recordWords[record] ?? record}`
  const many = count > 1 ? ` ${count} 条` : ''
  return `${what}${many}${fields.length > 0 ? `（${fields.join('、')}）` : ''}`
}

/** 「控制台「签到」POST /:id/close」, 「聊天「签到」」. */
export function sayWhat(
  { road, what }: { road: 'chat' | 'console'; what: string },
  titles: ReadonlyMap<string, string>,
): string {
  if (road === 'chat')
    return chatWords.get(what) ?? (/^[a-z-]+$/u.test(what) ? '回答机器人的提问' : `发「${what}」`)
  const page = /^\w+ \/([^/]*)/u.exec(what)?.[1] ?? ''
  const title = titles.get(page)
  return loginWords.get(what) ?? (title ? `「${title}」${what}` : what)
}

const chatWords = new Map([
  ['question', '提问或回答机器人'],
  ['words', '对机器人说'],
  ['file', '发来文件'],
])
const loginWords = new Map([
  ['password', '用公用密码'],
  ['link', '用一次性链接'],
  ['account', '用自己的密码'],
  ['POST /logout', '退出'],
])
