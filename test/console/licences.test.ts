import { expect, test } from 'vitest'
import { licenceTexts, shippedPackages } from '../../src/console/overview/shipped-packages.ts'

/** Licences that allow to ship under Apache-2.0; of a choice one is enough. */
const allowed =
  /MIT|Apache-2\.0|ISC|BSD|MPL-2\.0|Unlicense|BlueOak|OFL-1\.1|Zlib|CC0-1\.0|CC-BY|AFL-2\.1|WTFPL|Python-2\.0/u

test('every package that ships states a licence that allows it, or brings its text', () => {
  const packages = shippedPackages()
  expect(packages.map(({ name }) => name)).toContain('hono')
  expect(packages.map(({ name }) => name)).not.toContain('vitest')
  const doubtful = packages
    .filter(one => !allowed.test(one.licence || licenceTexts(one).join('\n')))
    .map(({ name }) => name)
  // exceljs reads archives by way of `buffers` 0.1.1, which states no licence anywhere; the page says so.
  expect(doubtful.filter(name => name !== 'buffers')).toEqual([])
})

test('the text of a licence lies with its package', () => {
  const hono = shippedPackages().find(({ name }) => name === 'hono')
  expect(hono && licenceTexts(hono).join()).toContain('MIT License')
})
