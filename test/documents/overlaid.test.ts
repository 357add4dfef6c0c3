import { expect, test } from 'vitest'
import { paragraphsOf } from '../../src/documents/layout/paragraphs.ts'

const drawn = (text: string, x: number, y: number, size = 16) => ({
  text,
  x,
  y,
  width: text.length * size,
  size,
})
const page = (number: number, ...items: ReturnType<typeof drawn>[]) => ({ number, height: 842, items })
const clauses = [
  '第一条 每家企业最高补助百分之五十，当年结清。',
  '第二条 每家企业最高补助百分之四十，次年结清。',
  '第三条 每家企业最高补助百分之三十，逐年结清。',
]

test('what is laid over the text of every page is no part of it', () => {
  const overlays = [
    [drawn('平江区科学', 430, 126, 10), drawn('技术局', 480, 126, 10)],
    [drawn('内部学习', 150, 122, 40)],
  ]
  for (const overlay of overlays) {
    const pages = clauses.map((text, at) => page(at + 1, drawn(text, 80, at === 0 ? 300 : 120), ...overlay))
    expect(paragraphsOf(pages)).toEqual(clauses.map(text => [text]))
    expect(paragraphsOf(pages.slice(1))).toEqual(clauses.slice(1).map(text => [text]))
  }
})

test('what stands at one place of every page stays where it covers nothing, or is of one page only', () => {
  const forms = clauses.map((text, at) => page(at + 1, drawn('一、姓名', 80, 400), drawn(text, 80, 460)))
  expect(paragraphsOf(forms).flat()).toEqual(clauses.flatMap(text => ['一、姓名', text]))
  const covered = clauses.map((text, at) =>
    page(
      at + 1,
      drawn('一、姓名', 80, 400),
      drawn(text, 80, 460),
      ...(at === 0 ? [drawn('作废', 300, 460)] : []),
    ),
  )
  expect(paragraphsOf(covered)[1]).toEqual(['一、姓名', clauses[1]])
  expect(paragraphsOf(covered)[0]?.join('')).toContain('作废')
})

test('a cell that stands at one place of every page stays where the cell beside it runs into it', () => {
  const pages = ['榕安市星澜光电有限公司', '榕安市天工激光有限公司'].map((company, at) =>
    page(
      at + 1,
      drawn(String(at + 1), 80, 120, 12),
      drawn(company, 120, 120, 12),
      drawn('高新区', 240, 120, 12),
      drawn('激光器', 330, 120, 12),
    ),
  )
  for (const paragraphs of paragraphsOf(pages)) expect(paragraphs.join('')).toContain('高新区')
})
