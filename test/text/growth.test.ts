import { describe, expect, test } from 'vitest'
import { readMarkdown } from '../../src/documents/markdown/index.ts'
import { isClosing } from '../../src/documents/structure/paragraph-kinds.ts'
import {
  isOwnLeave,
  mayBeName,
  signInMeaning,
} from '../../src/features/attendance/check-ins/meanings/sign-in-meaning.ts'
import { isLeaving, isSignOut } from '../../src/features/attendance/check-ins/meanings/sign-out-meaning.ts'
import { signUpMeaning } from '../../src/features/attendance/check-ins/meanings/sign-up-meaning.ts'
import { isSeveralNames } from '../../src/features/community/roster/file/not-a-person.ts'
import { isSameQuestion } from '../../src/features/desk/same-matter.ts'
import { lineFaults } from '../../src/features/digest/content/source-checks.ts'
import { questionsIn } from '../../src/features/faq/question.ts'
import { labelOf } from '../../src/forms/lists/list-labels.ts'
import { readPasted } from '../../src/forms/lists/pasted-list.ts'
import { transcriptEntries } from '../../src/forms/lists/transcript.ts'
import { clausesOf } from '../../src/text/asides/asides.ts'
import { figuresIn } from '../../src/text/figures/figures.ts'
import { foldNumbers } from '../../src/text/figures/numbers.ts'
import { withBotMention, withoutLinks } from '../../src/text/line-words.ts'
import { createNamedPersonMask } from '../../src/text/names/named-persons.ts'
import { moneyIn } from '../../src/text/notices/amounts/amounts.ts'
import { findDocumentNumber } from '../../src/text/notices/document-number.ts'
import { soundsInPinyin } from '../../src/text/pinyin.ts'
import { routeOf } from '../../src/text/question-routes.ts'
import { anItem } from '../features/digest/world.ts'

const names = new Map<string, string>()
const links = { domains: [], pageOf: () => undefined }

/** Readers of what strangers wrote, each with texts whose time once grew by the square of their length. */
const readers: readonly [name: string, read: (text: string) => unknown, pieces: readonly string[]][] = [
  ['figuresIn', figuresIn, ['一', '〇', '1/', '1 3 8、']],
  [
    'lineFaults',
    text => lineFaults('最高奖10万元，12月31日截止', anItem('loan', { text }), names),
    ['1/', '1,234', '张三 '],
  ],
  [
    'readPasted',
    readPasted,
    [
      '〇',
      '０',
      '，',
      '。',
      '：',
      '补',
      '张三√',
      '张三、',
      '请假，张三；',
      '请假的有',
      '实到2人，请假1人\n张三\n',
    ],
  ],
  ['withBotMention', withBotMention, ['发「', '例如', '用「a b」']],
  ['withoutLinks', text => withoutLinks(text, links), ['[', '[a](', 'a', 'a.', '国.', 'www.国']],
  ['createNamedPersonMask', createNamedPersonMask([]), ['张三 ', '张三、']],
  ['questionsIn', questionsIn, ['1万元、', '？', '高企怎么报，', '😀']],
  ['moneyIn', text => moneyIn('奖励', text), ['20万元', '1、', '¥1', '一']],
  [
    'findDocumentNumber',
    text => findDocumentNumber('通知', text),
    ['》(', '本', '本(', '局 ', '（', ' \n', '来源：市局  '],
  ],
  ['routeOf', routeOf, ['我', '哦', '谢谢', '2026年1月1日、']],
  ['signInMeaning', text => signInMeaning(text, mayBeName), ['到', '我到了，']],
  ['isSameQuestion', text => isSameQuestion('高企怎么报', text), ['高企怎么报', '字']],
]

/** Reading it takes milliseconds; time by the square of the length would take minutes, beyond the limit of any test. */
const length = 20_000
const textOf = (piece: string) => `高企${piece.repeat(Math.ceil(length / piece.length))}x吗`

describe('a hostile text of twenty thousand characters is read', () => {
  test.each(readers)('%s', (_, read, pieces) => {
    for (const piece of pieces) expect(() => read(textOf(piece))).not.toThrow()
  })
})

/** Readers that look at a text from its beginning, with what begins one that they nearly take. */
const fromTheBeginning: readonly [name: string, read: (text: string) => unknown, text: [string, string]][] = [
  ['clausesOf', clausesOf, ['', '老师们']],
  ['foldNumbers', foldNumbers, ['1', '陆']],
  ['isClosing', text => isClosing(text, false), ['以上', '政策措施']],
  ['isSeveralNames', isSeveralNames, ['', '和']],
  ['labelOf', labelOf, ['签到', ' ']],
  ['readMarkdown', readMarkdown, [' ', '-']],
  ['soundsInPinyin', text => soundsInPinyin(text.slice(-60)), ['', 'iang']],
  ['transcriptEntries', inTranscript, ['', '刚刚']],
  ['transcriptEntries', inTranscript, ['王', '和']],
]

test.each(fromTheBeginning)('%s reads %j and no end at once', (_, read, [head, piece]) => {
  expect(() => read(`${head}${piece.repeat(5000 / piece.length)}x`)).not.toThrow()
})

/** Readers of everything that is said in a group, up to forty characters of it. */
const attendanceReaders: readonly [name: string, read: (text: string) => unknown][] = [
  ['signInMeaning', text => signInMeaning(text, mayBeName)],
  ['isOwnLeave', isOwnLeave],
  ['isSignOut', isSignOut],
  ['isLeaving', isLeaving],
  ['signUpMeaning', signUpMeaning],
]
const attendanceWords =
  '签到 打卡 报到 补签到 签个到 签倒 前到 到 来了 到了 我 我人 本人 已经 刚 刚才 才 也 正在 迟到 晚到 来晚 第一个 完成 成功 一下 了 呢 ok le qiandao daka wo 好 好的 嗯 收到 现场 会议室 在 在线 线上 坐好 请假 请个假 今天 今晚 有事 有点事 抱歉 来不了 晚点到 路上 堵车 半小时 签退 先走 下课了 有事了 报名 参加 我也 各位 各位老师 老师好'.split(
    ' ',
  )
const longestRead = 40
/** In milliseconds of the processor; a doubling time takes seconds. */
const mostCpuMs = 300

describe('a word of attendance that fills a message takes no time that doubles with it', () => {
  test.each(attendanceReaders)('%s', (_, read) => {
    const slow = attendanceWords
      .flatMap(word => ['', '吧', 'x'].map(end => filledWith(word, end)))
      .filter(text => cpuMsOf(() => read(text)) > mostCpuMs)
    expect(slow).toEqual([])
  })

  test('the word said several times is still one', () => {
    for (const text of ['签到签到', '签到 签到 签到', '签到签到了', '已经打卡打卡成功', '刚刚签到'])
      expect(signInMeaning(text, mayBeName)).toEqual({ kind: 'self' })
  })
})

function inTranscript(text: string) {
  return transcriptEntries(['张三 13:55', text, '李四 13:56', text].join('\n'))
}

const filledWith = (word: string, end: string) =>
  word.repeat(Math.floor((longestRead - end.length) / word.length)) + end

function cpuMsOf(read: () => void): number {
  const before = process.cpuUsage()
  read()
  return process.cpuUsage(before).user / 1000
}
