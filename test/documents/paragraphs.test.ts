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

const height = 842
const drawn = (text: string, x: number, y: number, size = 16) => ({
  text,
  x,
  y,
  width: text.length * size,
  size,
})
const row = (y: number, cells: readonly string[]) =>
  cells.map((text, at) => drawn(text, 80 + at * 150, y, 12))

test('the head of a table that is drawn again on the next page is no row of it', () => {
  const head = [
    ['序号', '企业', '补助（万元）'],
    ['', '名称', '金额'],
  ]
  const rows = [
    ['1', '甲公司', '20'],
    ['2', '乙公司', '30'],
    ['3', '丙公司', '40'],
  ]
  const page = (number: number, above: string, table: readonly (readonly string[])[]) => ({
    number,
    height,
    items: [
      ...(above === '' ? [] : [drawn(above, 80, 120)]),
      ...table.flatMap((cells, at) => row(160 + at * 24, cells).filter(({ text }) => text !== '')),
    ],
  })
  const first = page(1, '附件', [...head, ...rows.slice(0, 2)])
  const found = paragraphsOf([first, page(2, '', [...head, ...rows.slice(2)])])
  expect(found.flat()).toEqual([
    '附件',
    '序号 | 企业 | 补助（万元）',
    '名称 | 金额',
    '1 | 甲公司 | 20',
    '2 | 乙公司 | 30',
    '3 | 丙公司 | 40',
  ])
  const another = paragraphsOf([first, page(2, '附件2', [...head, ...rows.slice(2)])])
  expect(another[1]).toEqual(['附件2', '序号 | 企业 | 补助（万元）', '名称 | 金额', '3 | 丙公司 | 40'])
})

test('the name of the office in small type above the second page is no text, and other small lines are', () => {
  const texts = ['台江区应急管理局文件', '第一条 为加强安全管理，制定本办法。', '第二条 检查每季度一次。']
  const pages = (above: string) => [
    { number: 1, height, items: texts.map((text, at) => drawn(text, 80, 120 + at * 30)) },
    { number: 2, height, items: [drawn(above, 400, 56, 9), drawn('第三条 发现隐患的，限期整改。', 80, 120)] },
  ]
  expect(paragraphsOf(pages('台江区应急管理局文件'))[1]).toEqual(['第三条 发现隐患的，限期整改。'])
  expect(paragraphsOf(pages('补助最高30万元。'))[1]).toHaveLength(2)
})

test('rows of a table that say the same as others stay, and only its head goes where it is drawn again', () => {
  const tableOn = (number: number, table: readonly (readonly string[])[]) => ({
    number,
    height,
    items: table.flatMap((cells, at) => row(160 + at * 24, cells)),
  })
  const textOf = (...tables: (readonly (readonly string[])[])[]) =>
    paragraphsOf(tables.map((table, at) => tableOn(at + 1, table))).flat()
  const head = ['区', '项目', '金额']
  const rows = [
    ['台江区', '场租', '5万元'],
    ['仓山区', '场租', '4万元'],
  ]
  const said = (...all: (readonly string[])[]) => all.map(cells => cells.join(' | '))
  expect(textOf([head, ...rows], [head, ...rows])).toEqual(said(head, ...rows, ...rows))
  const marks = [
    ['申报材料齐全', '5分'],
    ['场地合格', '5分'],
  ]
  expect(textOf(marks, marks)).toEqual(said(...marks, ...marks))
  const results = [
    ['材料齐全', '合格'],
    ['场地安全', '不合格'],
  ]
  expect(textOf(results, results)).toEqual(said(...results, ...results))
  for (const named of ['统一社会信用代码', '2026年补助（万元）', '2025—2026年度金额']) {
    const years = ['区', '项目', named]
    expect(textOf([years, ...rows], [years, ...rows])).toEqual(said(years, ...rows, ...rows))
  }
  // Not drawn again on every page: no head that a program repeats.
  const district = ['台江区', '场租', '不限']
  expect(textOf([district, ...rows], rows, [district, ...rows])).toHaveLength(8)
  expect(textOf([district, ...rows, district, ...rows], [district, ...rows])).toHaveLength(9)
  expect(textOf([head, ...rows], [head, ...rows], [head, ...rows])).toHaveLength(7)
})

test('a small line above a later page stays where it says no whole title or office of the first', () => {
  const texts = [
    '台江区应急管理局文件',
    '关于印发安全管理办法的通知',
    '各单位：',
    '扶持标准一览表见附件（单位：万元）。',
    '第二条 每家补助5万元。',
  ]
  const sizes = [16, 22]
  const first = texts.map((text, at) => drawn(text, 80, 120 + at * 30, sizes[at] ?? 16))
  const second = (above: string) => {
    const items = [drawn(above, 80, 66, 12), drawn('第三条 发现隐患的，限期整改。', 80, 120)]
    return paragraphsOf([
      { number: 1, height, items: first },
      { number: 2, height, items },
    ])[1]
  }
  for (const above of [
    '（单位：万元）',
    '扶持标准一览表',
    '每家补助5万元。',
    '第二条 每家补助5万元。',
    '各单位：',
  ])
    expect(second(above)).toHaveLength(2)
  for (const above of [texts[0] ?? '', texts[1] ?? '']) expect(second(above)).toHaveLength(1)
})

test('the beginning of the title in small type beside the page number is no text, on a single page too', () => {
  const title = '榕海市科技创新券申领兑现办理指南（试行）'
  const body = ['申请材料如下。', '办理时限为五个工作日。']
  const page = (above: string, number: string) => ({
    number: 1,
    height,
    items: [
      drawn(above, 80, 40, 8),
      drawn(number, 520, 40, 8),
      drawn(title, 80, 90, 22),
      ...body.map((text, at) => drawn(text, 80, 140 + at * 40)),
    ],
  })
  expect(paragraphsOf([page(title.slice(0, 14), '1')])[0]).toEqual([title, ...body])
  expect(paragraphsOf([page(title, '1')])[0]).toEqual([title, ...body])
  expect(paragraphsOf([page('补助最高30万元', '1')])[0]?.[0]).toContain('补助最高30万元')
})

test('a full line ends its paragraph where the next line stands further off than lines of a paragraph do', () => {
  const width = 28
  const long = (text: string) => text.padEnd(width, '创业').slice(0, width)
  const paragraphs = [
    [long('一、建设创业载体'), '每家补助五万元。'],
    [long('二、推进研发机构')],
    [long('三、组建导师团队'), '每人每年三万元。'],
    ['四、本措施执行三年。'],
    ['五、本措施由区里解释。'],
    ['六、本措施即日施行。'],
  ]
  const items = paragraphs
    .flatMap((lines, place) => lines.map(text => ({ text, place })))
    .map(({ text, place }, at) => drawn(text, 72, 100 + at * 29 + place * 11))
  expect(paragraphsOf([{ number: 1, height, items }])[0]).toEqual(paragraphs.map(lines => lines.join('')))
})
