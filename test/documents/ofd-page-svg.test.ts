import { load } from 'cheerio'
import { expect, test } from 'vitest'
import { createPictures } from '../../src/adapters/pictures.ts'
import { drawOfdPage } from '../../src/documents/ofd/page-svg.ts'
import { ofdWith } from './packed-files.ts'

const object = (name: string, attributes: string, inside = '') =>
  `<ofd:${name}Object ${attributes}>${inside}</ofd:${name}Object>`
const code = (text: string, attributes = 'X="0" Y="4"') =>
  `<ofd:TextCode ${attributes}>${text}</ofd:TextCode>`
const path = (data: string, attributes = '', colours = '') =>
  object(
    'Path',
    `Boundary="20 40 170 1" ${attributes}`,
    `${colours}<ofd:AbbreviatedData>${data}</ofd:AbbreviatedData>`,
  )

/** The first page as XML. */
function drawn(content: string, options: Parameters<typeof ofdWith>[1] = {}) {
  const page = drawOfdPage(ofdWith([content], options), 1)
  return page && load(page.svg, { xml: true })
}

test('a text stands at its place, in its size and colour, character by character', () => {
  const title = object(
    'Text',
    'Boundary="30 20 150 8" CTM="0.5 0 0 0.5 0 0" Size="10" Weight="700"',
    `<ofd:FillColor Value="192 0 0"/>${code('示范区', 'X="1" Y="9" DeltaX="10 12.5"')}`,
  )
  const svg = drawn(title)
  const text = svg?.('text')
  expect(text?.text()).toBe('示范区')
  expect(text?.attr()).toMatchObject({
    x: '1 11 23.5',
    y: '9',
    'font-size': '10',
    'font-weight': '700',
    fill: '#c00000',
  })
  expect(svg?.('g').attr('transform')).toBe('translate(30 20) matrix(0.5 0 0 0.5 0 0)')
  expect(svg?.('svg').attr('viewBox')).toBe('0 0 210 297')
})

test('text that runs downwards, and pieces that say no place of their own', () => {
  const svg = drawn(
    object(
      'Text',
      'Boundary="0 0 9 9" Size="5"',
      `${code('上中下', 'X="2" Y="4" DeltaY="g 2 5"')}${code('右')}`.replace('X="0" Y="4">右', '>右'),
    ),
  )
  expect(svg?.('text').first().attr('y')).toBe('4 9 14')
  expect(svg?.('text').last().attr()).toMatchObject({ x: '2', y: '4' })
})

test('lines are stroked, shapes are filled where they say so, pictures are frames', () => {
  const svg = drawn(
    [
      path('M 0 0 L 170 0', 'LineWidth="0.5"', '<ofd:StrokeColor Value="#FF #00 #00"/>'),
      path(
        'S 0 0 M 0 0 B 1 1 2 2 3 3 Q 1 2 3 4 A 5 5 0 1 0 9 9 C',
        'Stroke="false" Fill="true"',
        '<ofd:FillColor Value="204"/>',
      ),
      object('Image', 'Boundary="50 60 40 30" ResourceID="7"'),
    ].join(''),
  )
  expect(svg?.('path').first().attr()).toMatchObject({
    d: 'M 0 0 L 170 0',
    fill: 'none',
    stroke: '#ff0000',
    'stroke-width': '0.5',
  })
  const shape = svg?.('path').last()
  expect(shape?.attr('d')).toBe('M 0 0 M 0 0 C 1 1 2 2 3 3 Q 1 2 3 4 A 5 5 0 1 0 9 9 Z')
  expect(shape?.attr('fill')).toBe('#cccccc')
  expect(shape?.attr('stroke')).toBeUndefined()
  expect(svg?.('rect').last().attr()).toMatchObject({
    x: '50',
    y: '60',
    width: '40',
    height: '30',
    fill: 'none',
  })
})

test('a template is drawn below the page that stands on it', () => {
  const template = object('Text', 'Boundary="0 0 9 9"', code('红头'))
  const svg = drawn(object('Text', 'Boundary="0 9 9 9"', code('正文')), { template })
  expect(
    svg?.('text')
      .toArray()
      .map(each => svg(each).text()),
  ).toEqual(['红头', '正文'])
})

test('what the file hides is not shown', () => {
  const hidden = [
    object('Text', 'Boundary="0 0 9 9" Visible="false"', code('隐')),
    object('Text', 'Boundary="0 0 9 9"', `<ofd:FillColor Value="0 0 0" Alpha="0"/>${code('透')}`),
    object('Text', 'Boundary="0 0 9 9"', code('见')),
  ]
  expect(drawn(hidden.join(''))?.('text').text()).toBe('见')
})

test.each([
  ['a text', object('Text', 'Boundary="0 0 9 9"', code('&lt;script&gt;alert(1)&lt;/script&gt;&#1;'))],
  ['a boundary', object('Text', 'Boundary="0)&quot;/&gt;&lt;script/&gt; 0 9 9"', code('字'))],
  ['a size', object('Text', 'Boundary="0 0 9 9" Size="5&quot;&gt;&lt;script&gt;"', code('字'))],
  ['a place', object('Text', 'Boundary="0 0 9 9"', code('字', 'X="&quot;&gt;&lt;script&gt;" Y="0"'))],
  ['a step', object('Text', 'Boundary="0 0 9 9"', code('字字', 'X="0" Y="0" DeltaX="&lt;script&gt;"'))],
  ['a matrix', object('Text', 'Boundary="0 0 9 9" CTM="1 0 0 1 0 0)&quot;&gt;&lt;script&gt;"', code('字'))],
  ['a path', path('M 0 0 &quot;&gt;&lt;script&gt;')],
  ['a path of an inherited name', path('M 0 0 constructor 0 0')],
  ['a line', path('M 0 0 L 1 1', 'LineWidth="&quot;&gt;&lt;script&gt;"')],
  [
    'a colour',
    path('M 0 0 L 1 1', '', '<ofd:StrokeColor Value="&quot;&gt;&lt;script&gt;" Alpha="&lt;script&gt;"/>'),
  ],
  ['a picture', object('Image', 'Boundary="0 0 &quot;&gt;&lt;script&gt; 9" ResourceID="file:///etc/passwd"')],
  ['a length beyond all sheets', object('Text', 'Boundary="1e300 0 9 9" Size="1e300"', code('字'))],
])('no markup and no address comes from %s of a hostile file', async (_, content) => {
  const page = drawOfdPage(ofdWith([content]), 1)
  expect(page?.svg).not.toMatch(/<script|passwd|NaN|Infinity|1e300|constructor/u)
  expect((await createPictures().png(page?.svg ?? '', 100)).length).toBeGreaterThan(0)
})

test.each(['0 0 0 0', '0 0 1e9 1e9', '"', '0 0 -5 9'])('a page of the size %s is drawn as A4', box => {
  expect(drawOfdPage(ofdWith([''], { box: box.replace('"', '&quot;') }), 1)).toMatchObject({
    widthMm: 210,
    heightMm: 297,
  })
})

test('a page with more on it than pages have is not drawn, nor one that is not there', () => {
  const many = (count: number) => path('M 0 0 L 1 1').repeat(count)
  expect(drawOfdPage(ofdWith([many(20_001)]), 1)).toBeUndefined()
  const long = (length: number) => object('Text', 'Boundary="0 0 9 9"', code('字'.repeat(length)))
  expect(drawOfdPage(ofdWith([long(30_000)]), 1)).toBeDefined()
  expect(drawOfdPage(ofdWith([long(15_000) + long(15_001)]), 1)).toBeUndefined()
  const winding = path(`M 0 0${' L 1 1'.repeat(350_000)}`)
  expect(drawOfdPage(ofdWith([winding]), 1)).toBeUndefined()
  expect(drawOfdPage(ofdWith(['']), 2)).toBeUndefined()
})
