import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rowsOfSeparatedText } from '../../src/tables/separated-text.ts'

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
  ['a"b,"c"d,"""e"" f"', [['a"b', '"c"d', '"e" f']]],
  ['"open,b\nc', [['"open', 'b'], ['c']]],
  ['甲,"乙\n丙"\n"丁,""\n戊', [['甲', '乙\n丙'], ['"丁', '""'], ['戊']]],
  ['\n\n', []],
  ['a;b\n\n;\n1;2\n\n', [['a', 'b'], [], [], ['1', '2']]],
  ['title, two\na\tb\n1\t2', [['title, two'], ['a', 'b'], ['1', '2']]],
  ['"甲" ,"乙，\t丙"  \n丁', [['甲', '乙，\t丙'], ['丁']]],
  ['="a","=""01"""', [['a', '01']]],
])('%j is %j', (text, rows) => expect(rowsOfSeparatedText(text)).toEqual(rows))

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
      expect(rowsOfSeparatedText(csv)).toEqual(rows)
    }),
  )
  fc.assert(fc.property(fc.string(), text => void rowsOfSeparatedText(text)))
})
