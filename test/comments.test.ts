import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const files = ['src', 'tools', 'test'].flatMap(folder =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts') && !file.startsWith('out/') && file !== 'comments.test.ts')
    .map(file => join(folder, file)),
)
/**
 * Whole comments as one line each, without their marks and without what they quote.
 * Lines of `//` are one comment each.
 */
const comments = files.flatMap(file =>
  [...readFileSync(file, 'utf8').matchAll(/^[ \t]*(?:\/\*\*?[\s\S]*?\*\/|\/\/.*$)|[ ]\/\/ .*$/gmu)].map(
    ([text]) => ({
      file,
      words: text
        .replaceAll(/^\s*(?:\/\*\*?|\/\/|\*\/?)|\*\/$/gmu, '')
        .replaceAll(/「[^」]*」/gu, '「」')
        .replaceAll(/\s+/gu, ' ')
        .trim(),
    }),
  ),
)

test('a comment begins with the thing it is about', () => {
  const riddle = /^(?:It|Of|What|Who|Whoever|Nobody|Somebody|So many)\b(?!')/u
  expect(comments.length).toBeGreaterThan(5000)
  expect(comments.filter(({ words }) => riddle.test(words))).toEqual([])
})

test('a comment names persons and numbers', () => {
  const vague = /\b(?:who(?:m)?ever|nobody|somebody|anybody|so many)\b/iu
  expect(comments.filter(({ words }) => vague.test(words))).toEqual([])
})

test('a comment cites nothing that is not in the repository', () => {
  const cites = /field notes|\bissue \d|\bshared\//iu
  expect(comments.filter(({ words }) => cites.test(words))).toEqual([])
})

test('a line of a comment has at most 120 characters', () => {
  const long = files.flatMap(file =>
    readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((line, index) =>
        /^\s*(?:\/?\*|\/\/)/u.test(line) && line.length > 120 ? [`${file}:${index + 1}`] : [],
      ),
  )
  expect(long).toEqual([])
})
