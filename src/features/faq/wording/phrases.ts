import type { HandedOver } from '../../../ports/desk.ts'
import type { Aside } from '../../../text/asides.ts'
import type { Entry, Programme } from '../records.ts'

/** Reply to a message that asks nothing of the knowledge base. */
export const asideWords: Record<Aside, string> = {
  thanks: '不客气。',
  greeting: '你好。想问政策、补贴或项目申报，直接打字问我就行。',
  farewell: '再见。',
  laughter: '😄 有政策、补贴的事，直接打字问我就行。',
  praise: '谢谢。哪里答得不对，也请告诉我。',
  assent: '好的。',
  complaint: '对不起，没帮上你。换个说法再问一次，或者发「人工」，我请指导员来答。',
  chat: '我只会聊政策、补贴和微党课，有这些事直接打字问我就行。',
  bot: '我是创客群的机器人，是程序，不是真人：答政策补贴的问题、记微党课的签到、推送政策速递，不收费。答案以文件和主管部门答复为准。发「帮助」看我能做什么。',
  lessons:
    '课程和活动的时间、地点、主讲，请看群里的开课通知，或者问组织者。自己的出勤，发「我的出勤」；能发什么口令，发「帮助」。',
  instructor: '要找指导员，发「转人工」加上你的问题，我转给负责的指导员，答了告诉你。',
  ticket: '你转给指导员的问题和进展，发「我的咨询」就能看到。',
  person: '要请指导员来答，发「转人工」加上你的问题。',
}

/** Behind the answer to a message of which only the beginning and the end were read. */
export const unreadWords = '（你这段话太长，我只读了开头和结尾。中间还有要问的，请用一两句话单独问我。）'

/** Why it asks back. */
type Reason = {
  /** The word that may mean several things. Default: none. */
  word?: string | undefined
  /** The base may well hold nothing of what is asked. Default: false. */
  isReserved?: boolean
  /** The programme that the question names, whose offices may know what the base does not. Default: none. */
  about?: Programme | undefined
}

/** Asks back which of a few is meant. */
export function sayChoices(
  meant: readonly { meaning?: string | undefined; entry: Entry }[],
  { word, isReserved = false, about }: Reason = {},
): string {
  const lines = meant.map(({ meaning, entry }, at) => {
    return `${at + 1}. ${meaning ? `${meaning}：` : ''}${entry.question}`
  })
  const usual = isReserved ? '这个我不一定答得上来。我手头相近的只有这些：' : '你想问的是不是：'
  const first = word ? `「${word}」可能指好几样，你问的是哪一个？` : usual
  const elsewhere = isReserved && about ? `；急的话直接问${about.offices.join('、')}` : ''
  return [first, ...lines, `回复前面的数字就行；都不是，就回「都不是」，我转给指导员${elsewhere}。`].join(
    '\n',
  )
}

/** Says that a model worded it, as the labelling rules in force since 2025-09-01 ask. */
export const withModelMark = (text: string): string => `${text}\n（以上由 AI 整理，原文回复「完整答案」看）`

/** Reply to a request for help with deceiving an office. */
export const fraudWords =
  '弄虚作假的事我不帮忙，也劝你别这样做：查实了会取消资格、追回资金，还会记入信用记录。实际情况哪里够不上，告诉我，我帮你看正规的办法。'

/**
 * The reply when nothing reliable was found: honest, with an office or a person to turn to. That it was passed on is said
 * only where a person has it.
 * @param programme the one that the question seems to be about, if that much is clear
 */
export function sayUnknown(
  programme?: Programme,
  handed: HandedOver = { kind: 'nobody' },
  isInGroup = true,
): string {
  const offices = programme
    ? `${programme.name}可以问${programme.offices.join('、')}。`
    : '税费问题可拨12366；补贴、社保和用工可拨12333；科技项目和奖励，请问台江区科技主管部门。'
  // An office that has nothing to do with the question is no help.
  const urgent = programme ? `\n急的话：${offices}` : ''
  switch (handed.kind) {
    case 'opened':
      return `这个我还没有可靠的答案，已转给${handed.to}（${handed.number} 号），有答复我${isInGroup ? '在这里 @ 你' : '马上告诉你'}。${urgent}`
    case 'already':
      return `这个问题已经在${handed.to}那里了（${handed.number} 号），有答复我${isInGroup ? '在这里 @ 你' : '马上告诉你'}。${urgent}`
    case 'too-many':
      return `这个我还没有可靠的答案，不敢乱说；你今天转给指导员的问题已经够多了，这个没有再转。\n${offices}\n也可以直接找你所在众创空间的指导员，或者明天再问我。`
    case 'no-question':
      return `这个我还没有可靠的答案，不敢乱说。\n${offices}\n要请指导员来答，发「转人工」加上你的问题。`
    case 'nobody':
      return `这个我还没有可靠的答案，不敢乱说。\n${offices}\n也可以找你所在众创空间的指导员，他们帮你问到底。`
  }
}
