import { expect, test } from 'vitest'
import { paragraphsOf } from '../../src/documents/layout/paragraphs.ts'

test('a heading with a number and no stop begins a paragraph behind a full line', () => {
  const texts = [
    '1 总则',
    '1.1 本规程适用于平台全部仪器设备的预约、使用和归还。',
    '2 预约',
    '2.1 提前两日预约。',
  ]
  const items = texts.map((text, at) => ({ text, x: 72, y: 72 + at * 24, width: text.length * 12, size: 12 }))
  expect(paragraphsOf([{ number: 1, height: 842, items }])[0]).toEqual(texts)
})
