import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import * as conversation from './conversation.ts'

const english = readFileSync('README.md', 'utf8')
const chinese = readFileSync('README.zh-CN.md', 'utf8')

/** The code blocks of a language, in order. */
const blocks = (text: string, language: string) =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, code = '']) => code)

const scripts = Object.keys(JSON.parse(readFileSync('package.json', 'utf8')).scripts)

describe.each([
  ['README.md', english],
  ['README.zh-CN.md', chinese],
])('%s', (_, text) => {
  test('names only npm scripts that exist', () => {
    const named = [...text.matchAll(/npm run (?:-s )?([\w:-]+)/g)].map(([, name]) => name)
    expect(named.filter(name => !scripts.includes(name ?? ''))).toEqual([])
  })

  test('shows a feature and its conversation that run', async () => {
    const [feature = '', talk = ''] = blocks(text, 'ts')
    mkdirSync('test/out/readme', { recursive: true })
    writeFileSync('test/out/readme/dice.ts', feature.replaceAll("'../../", "'../../../src/"))
    const { dice } = await import('./out/readme/dice.ts' as string)
    const imported = [...talk.matchAll(/^import \{ (.+) \} from '(.+)'$/gm)]
    const [, named = '', from = ''] = imported.find(([line]) => line.includes('conversation')) ?? []
    expect(existsSync(join('test/features', from))).toBe(true)
    expect(named.split(', ').filter(name => !(name in conversation))).toEqual([])
    const body = talk.replaceAll(/^import .+$/gm, '')
    const run = new Function(
      'dice',
      'test',
      ...Object.keys(conversation),
      `return ${body.replace(/^\s*\/\/.*$/m, '').trim()}`,
    )
    await run(dice, (_: string, told: () => Promise<void>) => told(), ...Object.values(conversation))
  })
})

test('the READMEs and CONTRIBUTING link only to files that exist', () => {
  const texts = [english, chinese, readFileSync('CONTRIBUTING.md', 'utf8')]
  const links = texts.flatMap(text =>
    [...text.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, to = '']) => to),
  )
  expect(links.filter(to => !existsSync(to))).toEqual([])
})

test.each(['docs/going-live.md', 'docs/zh/going-live.md'])('%s says how the first organizer begins', file => {
  expect(readFileSync(file, 'utf8')).toMatch(/「认领 \d{6}」[\s\S]*「绑定本群」[\s\S]*manual\/start\.md/)
})

test('the Chinese of the glossary is what users read, unless it stands in brackets', () => {
  const rows = [...readFileSync('docs/glossary.md', 'utf8').matchAll(/^\| [^|]+ \| ([^（|]+) \|/gm)].slice(2)
  const read = ['src', 'docs/manual']
    .flatMap(folder =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(name => join(folder, name)),
    )
    .filter(file => /\.(?:ts|md)$/.test(file))
    .map(file => readFileSync(file, 'utf8'))
    .join('\n')
  expect(rows.length).toBeGreaterThan(20)
  expect(rows.map(([, word = '']) => word).filter(word => !read.includes(word))).toEqual([])
})

test('the READMEs are short', () => {
  expect(
    [english, chinese].map(text => text.trimEnd().split('\n').length).filter(lines => lines > 130),
  ).toEqual([])
})

test('both say the same: as many headings, tables, code blocks and pictures', () => {
  const shape = (text: string) => ({
    headings: text.match(/^#+ /gm)?.length,
    rows: text.match(/^\|/gm)?.length,
    code: text.match(/^```/gm)?.length,
    pictures: text.match(/!\[/g)?.length,
  })
  expect(shape(chinese)).toEqual(shape(english))
})
