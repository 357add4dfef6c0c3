import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createPictures } from '../../src/adapters/pictures.ts'
import { type Bar, columnChart, shareChart } from '../../src/charts/bars.ts'
import { heatMap } from '../../src/charts/heat-map.ts'
import type { SeriesStyle } from '../../src/charts/styles.ts'

const legend: SeriesStyle[] = [
  { title: '到', colour: '#1c6e3d', ink: '#fff', pattern: 'none' },
  { title: '缺勤', colour: '#b8232a', ink: '#fff', pattern: 'stripes' },
]
const bars: Bar[] = [
  { name: '11/2', parts: [42, 7], note: '86%' },
  { name: '11/9', parts: [0, 0], note: '' },
  { name: '11/16', parts: [31, 1], note: '97%' },
]
const column = (more: Partial<Parameters<typeof columnChart>[0]> = {}) =>
  columnChart({ title: '每周出勤', bars, legend, width: 480, ...more })
const share = () => shareChart({ title: '各支部出勤', bars, legend, width: 480 })
const heat = (rows = ['张三', '李四']) =>
  heatMap({
    title: '成员出勤',
    rows,
    columns: ['11/2', '11/9'],
    fields: [
      { row: 0, column: 0, styleIndex: 0, text: '到' },
      { row: 1, column: 1, styleIndex: 1, text: '缺' },
    ],
    legend,
    fieldWidth: 22,
    width: 480,
  })
const drawings: [string, () => string][] = [
  ['columns', column],
  ['shares', share],
  ['heat map', heat],
]

/** Texts of a drawing, in its order. */
const words = (svg: string) =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/gu)].map(([, text = '']) => text.replaceAll('&#160;', ' '))

describe.each(drawings)('%s', (_, drawing) => {
  test('may stand in a page that allows no inline style and no script', () => {
    expect(drawing()).not.toMatch(/ style=|<style| class=|<script|ecmeta|\son\w+=/u)
  })
  test('is set in the type that ships with the bot', () => {
    const fonts = [...drawing().matchAll(/font-family="([^"]*)"/gu)].map(([, font]) => font)
    expect(new Set(fonts)).toEqual(new Set(['Noto Sans SC']))
  })
  test('becomes a picture for chat', async () => {
    const png = Buffer.from(await createPictures().png(drawing(), 960))
    expect(png.subarray(1, 4).toString()).toBe('PNG')
    expect(png.readUInt32BE(16)).toBe(960)
  })
  test('names every part in its legend', () => {
    expect(words(drawing())).toEqual(expect.arrayContaining(['到', '缺勤']))
  })
})

test('a column tells its numbers, and the note at its end', () => {
  expect(words(column())).toEqual(expect.arrayContaining(['每周出勤', '11/2', '42', '7', '86%', '31', '97%']))
})

test('a part that is too small for a number has none', () => {
  expect(words(column())).not.toContain('1')
})

test('so many columns that nothing fits them are drawn without numbers', () => {
  const year = Array.from({ length: 52 }, () => ({ name: '周', parts: [40, 9], note: '82%' }))
  const written = words(column({ bars: year }))
  expect(written).not.toContain('82%')
  expect(written).not.toContain('9')
})

test('a share is drawn by share, and labelled by count', () => {
  expect(words(share())).toEqual(expect.arrayContaining(['42', '31', '97%']))
})

test('every bar has its note, however its parts add up', () => {
  const six = Array.from(
    { length: 6 },
    (_, n): SeriesStyle => ({ title: `类${n}`, colour: '#fff', ink: '#000', pattern: 'none' }),
  )
  const rows = fc.array(fc.array(fc.nat(90), { minLength: 6, maxLength: 6 }), { minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(rows, all => {
      const noted = all.map((parts, n) => ({ name: `支部${n}`, parts, note: `注${n}` }))
      const written = words(shareChart({ title: '', bars: noted, legend: six, width: 720 }))
      expect(written).toEqual(expect.arrayContaining(noted.map(({ note }) => note)))
    }),
    { numRuns: 60 },
  )
})

test('parts differ by more than colour', () => {
  expect(column()).toContain('<pattern')
  expect(share()).toContain('<pattern')
  expect(words(heat())).toEqual(expect.arrayContaining(['张三', '李四', '到', '缺']))
})

test('nothing to draw is a drawing as well', () => {
  expect(column({ bars: [] })).toContain('每周出勤')
  expect(
    heatMap({ title: '空', rows: [], columns: [], fields: [], legend, fieldWidth: 22, width: 300 }),
  ).toContain('空')
})

test('more lessons make a heat map wider, more members make it higher', () => {
  const sizeOf = (svg: string) => [
    Number(svg.match(/width="(\d+)"/u)?.[1]),
    Number(svg.match(/height="(\d+)"/u)?.[1]),
  ]
  const wide = heatMap({
    title: '',
    rows: ['a'],
    columns: Array(52).fill('1/1'),
    fields: [],
    legend,
    fieldWidth: 22,
    width: 480,
  })
  expect(sizeOf(wide)[0]).toBe(1268)
  expect((sizeOf(heat(Array(40).fill('张三')))[1] ?? 0) - (sizeOf(heat())[1] ?? 0)).toBe(38 * 24)
})

test.each([316, 340, 390])('type on a phone %i pixels wide is at least 16 pixels high', width => {
  const phone = { columns: ['11/2', '11/9'], fields: [{ row: 0, column: 0, styleIndex: 0, text: '100%' }] }
  const drawn = [
    column({ width }),
    shareChart({ title: '各支部出勤', bars, legend, width }),
    heatMap({ title: '', rows: ['张三'], ...phone, legend, fieldWidth: 40, width }),
    // Wider than the phone, which scrolls it.
    heatMap({
      title: '',
      rows: ['张三'],
      ...phone,
      columns: Array(20).fill('1/1'),
      legend,
      fieldWidth: 40,
      width,
    }),
  ]
  for (const svg of drawn) {
    const sizes = [...svg.matchAll(/font-size="(\d+)/gu)].map(([, size]) => Number(size))
    expect(sizes.length).toBeGreaterThan(0)
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(16)
  }
})

test('a name is text, whatever it is', () => {
  const svg = heat(['<script>alert(1)</script>', '"><image href="http://x"/>'])
  expect(svg).not.toMatch(/<script|<image/u)
})

test('the same numbers are the same picture', () => {
  expect(column()).toBe(column())
})
