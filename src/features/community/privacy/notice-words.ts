/** Facts that the notice has to name besides the bot's own doings (PIPL article 17). */
export type PrivacyFacts = {
  /** The responsible office and its contact; empty where the settings do not say. */
  handler: string
  contact: string
  /** Other recipients of messages: the platform, the language model. A sentence each. */
  processors: readonly string[]
  keepDays: {
    questions: number
    attendance: number
    leaveReasons: number
    sentTexts: number
    strangers: number
  }
}

const defaultFacts: PrivacyFacts = {
  handler: '',
  contact: '',
  processors: [],
  keepDays: { questions: 180, attendance: 1095, leaveReasons: 180, sentTexts: 90, strangers: 365 },
}

/** The notice in a line, for who joins later. */
export const shortPrivacyNotice =
  '我只记群里的名字、签到请假和问过我的问题，平常聊天不记；谁负责、留多久、怎么删，发「隐私说明」。'

/** The one text by which people know what is kept of them, what for, how long, by whom, and what they may do. */
export function sayPrivacyNotice(facts: PrivacyFacts = defaultFacts): string {
  const { handler, contact, processors, keepDays } = facts
  const who = handler || '本社群的组织者'
  return [
    '给各位说一声，我怎么对待大家的信息：',
    `谁负责：${who}${contact ? `，联系方式：${contact}` : '，有事请找群里的组织者'}。`,
    '记什么：群里的名字、签到和请假，用来统计出勤；问过我的问题，用来答复和改进回答；投稿和自己保存的企业情况，用来推送和匹配政策。平常聊天不记，手机号不会发到群里。',
    `留多久：问题和投稿 ${keepDays.questions} 天，签到里的名字 ${keepDays.attendance} 天，请假原因 ${keepDays.leaveReasons} 天，发过的消息 ${keepDays.sentTexts} 天；不在名单上、${keepDays.strangers} 天没见的人全部删掉。`,
    ...(processors.length > 0 ? [`还有谁经手：${processors.join('；')}。`] : []),
    '私聊我发「我的信息」，看我记了你什么，「导出我的信息」要一份文件；发「删除我的信息」，我就删掉。以后想再看这段话，发「隐私说明」。',
  ].join('\n')
}
