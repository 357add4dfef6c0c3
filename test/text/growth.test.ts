import { describe, expect, test } from 'vitest'
import { mayBeName, signInMeaning } from '../../src/features/attendance/check-ins/sign-in-meaning.ts'
import { isSameQuestion } from '../../src/features/desk/same-matter.ts'
import { lineFaults } from '../../src/features/digest/content/source-checks.ts'
import { questionsIn } from '../../src/features/faq/question.ts'
import { readPasted } from '../../src/forms/pasted-list.ts'
import { figuresIn } from '../../src/text/figures/figures.ts'
import { withoutLinks } from '../../src/text/line-words.ts'
import { createNamedPersonMask } from '../../src/text/names/named-persons.ts'
import { moneyIn } from '../../src/text/notices/amounts/amounts.ts'
import { findDocumentNumber } from '../../src/text/notices/document-number.ts'
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
    ['〇', '补', '张三√', '张三、', '请假，张三；', '请假的有', '实到2人，请假1人\n张三\n'],
  ],
  ['withoutLinks', text => withoutLinks(text, links), ['[', '[a](']],
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
