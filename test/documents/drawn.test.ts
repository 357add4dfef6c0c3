import { OPS } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { expect, test } from 'vitest'
import { drawnOn } from '../../src/documents/pdf/pdf-drawn.ts'

type Page = Parameters<typeof drawnOn>[0]
type Operators = Parameters<typeof drawnOn>[1]

const page = { pageNumber: 3, getViewport: () => ({ width: 100, height: 100 }) } as unknown as Page
const glyphsOf = (text: string) => [...text].map(unicode => ({ unicode, isSpace: false }))

/** Operators that draw these characters, and perhaps a picture over this part of the page. */
function drawing(text: string, pictured = 0): Operators {
  const picture = pictured > 0
  return {
    fnArray: [OPS.showText, ...(picture ? [OPS.transform, OPS.restore] : [])],
    argsArray: [[glyphsOf(text)], ...(picture ? [[100 * pictured, 0, 0, 100, 0, 0], []] : [])],
  } as unknown as Operators
}

const whole = '第一条为支持科技创新制定本办法第二条本办法适用于区内企业单家企业最高30万元'

test('a page whose text was got whole has no gap', () => {
  expect(drawnOn(page, drawing(whole), whole, '')).toEqual([])
})

test('a page that only sets its borders is blank, and one that draws lines may hold drawn text', () => {
  const path = (paint: number) =>
    ({
      fnArray: [OPS.save, OPS.constructPath, OPS.restore],
      argsArray: [null, [paint, [], null], null],
    }) as unknown as Operators
  expect(drawnOn(page, path(OPS.endPath), '', '')).toEqual([])
  expect(drawnOn(page, path(OPS.stroke), '', '').join()).toMatch(/没有文字层/u)
})

test.each([
  ['glyphs that stand for no character', drawing(`${whole}\uE123\uE124`), whole, /第 3 页有 2 个字认不出/u],
  ['a tenth of the characters', drawing(`${whole}最高不超过三个月`), whole, /第 3 页画了 \d+ 个字，只读到/u],
  ['one figure', drawing(`${whole}5`), whole, /第 3 页有 1 个数字没读到/u],
  ['text under a picture', drawing('扫描', 0.8), '扫描', /第 3 页大部分是图片/u],
  ['a page without text', drawing('', 1), '', /第 3 页没有文字层/u],
])('what is drawn and not got is named with its page: %s', (_, operators, got, said) => {
  const [gap, ...others] = drawnOn(page, operators, got, '')
  expect(gap).toMatch(said)
  expect(others).toEqual([])
})
