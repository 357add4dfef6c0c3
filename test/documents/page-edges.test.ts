import fc from 'fast-check'
import { expect, test } from 'vitest'
import { linesWithoutFurniture } from '../../src/documents/layout/furniture.ts'
import { paragraphsOf } from '../../src/documents/layout/paragraphs.ts'

const height = 842
const drawn = (text: string, y: number, size = 16) => ({ text, x: 80, y, width: text.length * size, size })
/** Full pages: the first and last lines stand where running heads and feet stand. */
const places = Array.from({ length: 26 }, (_, at) => 72 + at * 27)

const amount = fc.integer({ min: 1, max: 90 })
/** Lines of a text that stand at the edges of pages, alike but for their figures. */
const line = fc.oneof(
  amount.map(money => `每家补助${money}万元。`),
  amount.map(money => `合计${money}万元`),
  fc.tuple(fc.integer({ min: 1, max: 20 }), amount).map(([at, money]) => `（${at}）每户奖励${money}元；`),
  amount.map(share => `按实际投入的${share}%给予补助`),
  amount.map(people => `${people}. 新招用${people}人以上的企业。`),
  fc.constant('申报单位（盖章）：'),
)

const pages = fc.array(fc.array(line, { minLength: places.length, maxLength: places.length }), {
  minLength: 2,
  maxLength: 5,
})
const frames = fc.record({
  head: fc.constantFrom(undefined, '福州市台江区科学技术局文件汇编', '榕台科〔2026〕12号'),
  hasNumbers: fc.boolean(),
})

test('no line of a text is lost at the edges of printed pages', () => {
  fc.assert(
    fc.property(pages, frames, (texts, { head, hasNumbers }) => {
      const printed = texts.map((lines, at) => ({
        number: at + 1,
        height,
        items: [
          ...(head ? [drawn(head, 40, 9)] : []),
          ...lines.map((text, row) => drawn(text, places[row] ?? 0)),
          ...(hasNumbers ? [drawn(`— ${at + 1} —`, 800, 14)] : []),
        ],
      }))
      const found = paragraphsOf(printed).flat().join('')
      expect(found).toBe(texts.flat().join(''))
    }),
    { numRuns: 200 },
  )
})

test('no line of a plain text is lost at its form feeds', () => {
  fc.assert(
    fc.property(pages, frames, (texts, { head, hasNumbers }) => {
      const text = texts
        .map((lines, at) =>
          [...(head ? [head] : []), ...lines, ...(hasNumbers ? [`— ${at + 1} —`] : [])].join('\n'),
        )
        .join('\n\f')
      const kept = linesWithoutFurniture(text).filter(one => one !== head)
      expect(kept).toEqual(texts.flat())
    }),
    { numRuns: 200 },
  )
})
