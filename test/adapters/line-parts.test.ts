import fc from 'fast-check'
import { expect, test } from 'vitest'
import { textParts } from '../../src/adapters/line/parts.ts'

const bytesOf = (text: string) => Buffer.byteLength(text)
const sentence = fc
  .tuple(
    fc.integer({ min: 0, max: 9_999_999 }),
    fc.constantFrom('万元。', '元；', '日前申报，', '年3月2日起施行。'),
  )
  .map(([figure, end]) => `单家企业每年最高不超过${figure}${end}`)

test('a line that is too long is cut behind a sentence or a pause, never in a figure', () => {
  fc.assert(
    fc.property(
      fc.array(sentence, { minLength: 5, maxLength: 60 }),
      fc.integer({ min: 120, max: 900 }),
      (sentences, most) => {
        const line = sentences.join('')
        const parts = textParts(line, most)
        expect(parts.join('')).toBe(line)
        for (const part of parts) expect(bytesOf(part)).toBeLessThanOrEqual(most)
        for (const part of parts.slice(0, -1)) expect(part).toMatch(/[。；，]$/u)
      },
    ),
  )
})

test('a line without a pause is cut ahead of a figure, and one of figures alone anywhere', () => {
  const line = `最高补贴金额不超过人民币3000000元整`
  const parts = textParts(line, bytesOf('最高补贴金额不超过人民币300'))
  expect(parts).toEqual(['最高补贴金额不超过人民币', '3000000元整'])
  expect(textParts('1'.repeat(25), 10)).toEqual(['1'.repeat(10), '1'.repeat(10), '1'.repeat(5)])
})

test('lines are kept together as far as they fit', () => {
  expect(textParts('第一行\n第二行\n第三行', 20)).toEqual(['第一行\n第二行', '第三行'])
  expect(textParts('😀😀😀', 4)).toEqual(['😀', '😀', '😀'])
})

test('an address is cut neither at its question mark nor at its end', () => {
  const address = 'https://kjj.example.gov.cn/detail?id=20261128&column=7'
  const line = `通知见 ${address} 请各企业按时申报`
  expect(textParts(line, bytesOf(`通知见 ${address.slice(0, -5)}`))).toEqual([
    '通知见',
    address,
    '请各企业按时申报',
  ])
})
