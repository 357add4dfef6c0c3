import type { HandedOver } from '../../../ports/desk.ts'
import type { Aside } from '../../../text/asides/asides.ts'
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
    '课程和活动的时间、地点、主讲，请看群里的开课通知，或者问组织者。签到在上课时发「签到」，自己的出勤发「我的出勤」，别的口令发「帮助」看。',
  instructor: '要找指导员，发「转人工」加上你的问题，我转给负责的指导员，答了告诉你。',
  ticket: '你转给指导员的问题和进展，发「我的咨询」就能看到。',
  person: '要请指导员来答，发「转人工」加上你的问题。',
  privacy:
    '平常聊天我不记，只记签到、请假和问我的问题，手机号不会发到群里。发「隐私说明」看全文，私聊我发「我的信息」看记了你什么。',
  accuracy:
    '我的答案都写着文件和日期，以文件和主管部门的答复为准。觉得哪里不对，发「转人工」加上那个问题，我请指导员核对。',
  unheard: '在的。在群里要 @ 我，我才知道是问我；刚才那句没等到回答的话，请 @ 我再问一次。',
  'push-choice':
    '推送是发到整个群的，群里收哪些内容由组织者定：想少一点、只要某一类，跟组织者说一声。自己不想看的，可以把群消息设成免打扰。',
  'broken-link': '打不开的多半是原网站的问题，过一会儿再试。急用的话把那条的标题发给我，我说说办理要点。',
  'own-data': '私聊我发「我的信息」看我记了你什么，「导出我的信息」要一份文件，「删除我的信息」全部删掉。',
  roster:
    '名单由组织者管：新来的发「我是 姓名 众创空间」，我就对上名单；名字、空间要改，或者要退出名单，跟组织者说一声。',
  members: '支部、党员和名单的事由组织者管，我这里不公布。请在群里问组织者。',
  company:
    '私聊我发「测政策」，答几个问题，看公司对得上哪些政策；要改就再测一次。「企业情况」看存了什么，「删除我的企业信息」全部删掉。',
  submission: '私聊我发「投稿」加上标题和内容，组织者看过再推送。投过的怎么样了，发「我的投稿」。',
  'sign-up-form': '在报名的活动，群里有报名通知，直接发「报名」就行；自己报了什么，问我「我的报名」。',
  vote: '投票的结果和时间由组织者在群里公布。还没投的，看群里的投票通知。',
  site: 'E空间的网址请看群公告，或者问组织者。政策的问题直接打字问我也行。',
  material: '课件和录像我这里没有，一般由组织者发在群里：请翻翻群文件，或者问组织者。',
  'make-up': '没来的课可以补学：发「补学」加上学到了什么，组织者确认后就记下。自己的出勤发「我的出勤」。',
  group: '群里和支部的事由组织者管，请在群里问组织者。政策、补贴、项目申报的问题，直接 @ 我问就行。',
  use: '随时都能问，我是机器人，不休息：直接打字 @ 我就行，私聊也可以。语音和视频我听不了；能办的事发「帮助」。',
  waiting: '转给指导员的问题，答了我会告诉你；发「我的咨询」看进展。要换一位、要补充，发「转人工」写明就行。',
  reminder: '政策截止的提醒：私聊我发「提醒我」打开，「不提醒」关掉。',
  attending:
    '上课的时间、地点和怎么参加，看群里的开课通知。学时和请假的规定问组织者；自己的出勤，发「我的出勤」。',
  organizer:
    '课程、签到、名单和推送的事，直接在群里说，组织者看得到；负责的单位和联系办法，发「隐私说明」就有。',
}

/** To a question, or a number, that names nothing it could be about. */
export const unclearWords =
  '我没看出你问的是哪件事。把名字一起写上就行，例如「高企怎么报」「微党课几点开始」。'

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
 * The reply when nothing reliable was found: honest, with an office or a person to turn to. That it was passed on
 * is said only where a person has it.
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
