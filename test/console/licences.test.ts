import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
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

test('Node.js, which runs the bot, is one of them, with the licences of what it contains', () => {
  const found = shippedPackages().filter(({ name }) => name === 'node')
  expect(found.map(({ version }) => version)).toEqual([process.versions.node])
  const [node] = found
  expect(node && licenceTexts(node).join()).toContain('Node.js is licensed for use as follows')
})

test('every package that the sources import ships', () => {
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(name =>
    name.endsWith('.ts'),
  )
  const imported = sources.flatMap(name => {
    const text = readFileSync(join('src', name), 'utf8')
    return [...text.matchAll(/^(?:import|export) (?:[^'"]* from )?'(?<name>(?:@[\w.-]+\/)?[a-z][\w.-]*)/gmu)]
      .map(({ groups }) => groups?.name ?? '')
      .filter(one => one !== 'node')
  })
  const shipped = new Set(shippedPackages().map(({ name }) => name))
  expect(new Set(imported).size).toBeGreaterThan(20)
  expect([...new Set(imported)].filter(name => !shipped.has(name))).toEqual([])
})

test('the text of a licence lies with its package', () => {
  const hono = shippedPackages().find(({ name }) => name === 'hono')
  expect(hono && licenceTexts(hono).join()).toContain('MIT License')
})
