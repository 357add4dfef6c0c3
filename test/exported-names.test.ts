import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts'))

/** Exported types, and the files that declare each. */
function declarations(): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const file of files) {
    const declared = readFileSync(join('src', file), 'utf8').matchAll(
      /^export (?:type|interface|class) (\w+)/gm,
    )
    for (const [, name = ''] of declared) found.set(name, [...(found.get(name) ?? []), file])
  }
  return found
}

test('no two exported types share a name', () => {
  const shared = [...declarations()].filter(([, places]) => places.length > 1)
  expect(Object.fromEntries(shared)).toEqual({})
})
