import fc from 'fast-check'
import { expect, test } from 'vitest'
import { asCellText, fromCellText, splitCsv } from '../../src/text/cells.ts'

/** Characters of all kinds seldom begin a formula: these mostly do. */
const signs = fc.constantFrom(..."=+-@＝＋－＠'\t\r\n 1中")

test.each([
  ['of all characters', fc.string({ unit: 'binary' })],
  ['of signs', fc.string({ unit: signs, maxLength: 6 })],
])('no text %s becomes a formula or breaks a line, and it is read back as it was meant', (_, texts) => {
  fc.assert(
    fc.property(texts, typed => {
      const meant = fromCellText(typed)
      for (const written of [asCellText(typed), asCellText(meant)])
        expect(written).not.toMatch(/^[=+\-@＝＋－＠]|[\t\r\n]/u)
      expect(fromCellText(asCellText(meant))).toBe(meant)
    }),
  )
})

test.each([
  [
    'a,b\n1,2',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    '\uFEFFa,b\r\n1,2\r\n',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'a\tb,c\td\n1\t2\t3',
    [
      ['a', 'b,c', 'd'],
      ['1', '2', '3'],
    ],
  ],
  [
    'a;b\n1;2',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  ['"a,1","say ""hi""\nthere",', [['a,1', 'say "hi"\nthere', '']]],
  ['a"b,"c"d', [['a"b', 'cd']]],
  ['"open,b\nc', [['"open', 'b'], ['c']]],
  ['\n\n', []],
  ['a;b\n\n;\n1;2\n\n', [['a', 'b'], [], [], ['1', '2']]],
  ['title, two\na\tb\n1\t2', [['title, two'], ['a', 'b'], ['1', '2']]],
  ['="a","=""01"""', [['a', '01']]],
])('%j is %j', (text, rows) => expect(splitCsv(text)).toEqual(rows))

test('any cells, quoted, are split again as they were', () => {
  const cells = fc.array(
    fc.array(
      fc.string().map(text => `x${text.replaceAll(/[\r\t;]/gu, '')}`),
      { minLength: 1 },
    ),
    { minLength: 1 },
  )
  fc.assert(
    fc.property(cells, rows => {
      const csv = rows.map(row => row.map(cell => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n')
      expect(splitCsv(csv)).toEqual(rows)
    }),
  )
  fc.assert(fc.property(fc.string(), text => void splitCsv(text)))
})
