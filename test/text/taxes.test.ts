import { expect, test } from 'vitest'
import { taxesNamed } from '../../src/text/taxes.ts'

test.each([
  ['个税起征点多少', ['个人所得税']],
  ['小规模增值税要交吗', ['增值税']],
  ['土地增值税怎么算', ['土地增值税']],
  ['土地增值税和增值税', ['增值税', '土地增值税']],
  ['城建税、印花税减半', ['印花税', '城市维护建设税']],
  ['所得税怎么交', []],
  ['报税', []],
])('%s names %j', (text, names) => {
  expect(taxesNamed(text)).toEqual(names)
})
