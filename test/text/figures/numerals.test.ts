import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { figuresIn, saysSame } from '../../../src/text/figures/figures.ts'
import { numberOf } from '../../../src/text/figures/numerals.ts'
import { fold } from '../../../src/text/fold.ts'

const numbers: [said: string, value: number | undefined][] = [
  ['叁拾万', 300_000],
  ['叁拾萬', 300_000],
  ['壹佰贰拾叁万肆仟', 1_234_000],
  ['伍佰', 500],
  ['拾万', 100_000],
  ['三十万', 300_000],
  ['30万', 300_000],
  ['百万', 1_000_000],
  ['一万二', 12_000],
  ['三百五', 350],
  ['1.2万亿', 1.2e12],
  ['一亿零五千', 100_005_000],
  ['两亿三千万', 230_000_000],
  ['3万5千', 35_000],
  ['1,234.5', 1234.5],
  ['29万8', 298_000],
  ['1亿2', 120_000_000],
  ['3千5', 3500],
  ['3万20', 30_020],
  ['1万5千', 15_000],
  ['二〇二六', 2026],
  ['十四五', undefined],
  ['三五', undefined],
  ['七八万', undefined],
]

test.each(numbers)('%s', (said, value) => {
  expect(numberOf(said)).toBe(value)
})

describe('folded texts', () => {
  test.each([
    ['最高补助人民币叁拾万元整', '最高补助人民币30万元整'],
    ['壹拾万元', '10万元'],
    ['伍仟元', '5000元'],
    ['我爸退伍二十年了', '我爸退伍20年了'],
    ['退伍两年', '退伍2年'],
    ['收拾个房间', '收拾个房间'],
    ['陆家嘴', '陆家嘴'],
    ['能贷几百万', '能贷几百万'],
    ['十四五规划', '十四五规划'],
    ['这季度开票29万8', '这季度开票29.8万'],
    ['29万8千', '29.8万'],
    ['流水28万5块', '流水28.5万块'],
    ['贷100万1年', '贷100万1年'],
    ['借一百万三年还', '借100万3年还'],
    ['给20万2次', '给20万2次'],
    ['补30万3个月', '补30万3个月'],
    ['300万5个点', '300万5%'],
    ['300万5%', '300万5%'],
    ['卖了两个亿', '卖了2亿'],
    ['一个亿万富翁', '1个亿万富翁'],
  ])('%s', (text, folded) => {
    expect(fold(text)).toBe(folded)
  })
})

const plain = '零一二三四五六七八九'
const bank = '零壹贰叁肆伍陆柒捌玖'

/** A number below ten thousand in words. */
function section(value: number, [digits, ten, hundred, thousand]: [string, string, string, string]): string {
  const units = [thousand, hundred, ten, '']
  return [...String(value).padStart(4, '0')]
    .map((digit, at) => (digit === '0' ? '零' : `${digits[Number(digit)]}${units[at]}`))
    .join('')
    .replaceAll(/零+/gu, '零')
    .replaceAll(/^零|零$/gu, '')
}

test('numbers in words, plain and as banks write them, are read as in digits', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 0, max: 9999 }), (high, low) => {
      for (const words of [
        [plain, '十', '百', '千'],
        [bank, '拾', '佰', '仟'],
      ] as [string, string, string, string][]) {
        const rest = low === 0 ? '' : `${low < 1000 ? '零' : ''}${section(low, words)}`
        expect(numberOf(`${section(high, words)}万${rest}`)).toBe(high * 10_000 + low)
      }
    }),
    { numRuns: 300 },
  )
})

test('an inexact number is a figure of its own', () => {
  const [said] = figuresIn('大概七八万元')
  const [source] = figuresIn('最高8万元')
  expect(said && source && saysSame(said, source)).toBe(false)
})
