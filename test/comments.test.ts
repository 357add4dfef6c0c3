import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const files = ['src', 'tools', 'test'].flatMap(folder =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts') && !file.startsWith('out/'))
    .map(file => join(folder, file)),
)
/** The first lines of comments, without their marks. */
const comments = files.flatMap(file =>
  [...readFileSync(file, 'utf8').matchAll(/(?:^|\s)(?:\/\/|\/\*\*(?:\n\s*\*)?)\s+(\S.*)$/gmu)].map(
    ([, words = '']) => ({ file, words }),
  ),
)

test('a comment begins with the thing it is about', () => {
  const riddle = /^(?:It|Of|What|Who|Whoever|Nobody|Somebody|So many)\b(?!')/u
  const bad = comments.filter(({ file, words }) => riddle.test(words) && file !== 'test/comments.test.ts')
  expect(comments.length).toBeGreaterThan(1000)
  expect(bad).toEqual([])
})

test('a comment cites nothing that is not in the repository', () => {
  const cites = /field notes|\bissue \d|\bshared\//iu
  expect(comments.filter(({ words }) => cites.test(words))).toEqual([])
})
