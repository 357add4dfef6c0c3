import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { addressedInGroup, withBotMention } from '../../src/text/line-words.ts'
import { openAllFeatures } from '../app/features.ts'

const sources = readdirSync('src', { recursive: true, withFileTypes: true }).filter(
  entry => entry.isFile() && entry.name.endsWith('.ts') && !/(?:console|page|cli)/u.test(entry.parentPath),
)

/** The Chinese texts of a source file with a quotation in them, as they stand between quotation marks. */
function textsIn(source: string): string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\//gu, '').replace(/^\s*\/\/.*$/gmu, '')
  return [...code.matchAll(/'([^'\n]*「[^'\n]*)'|`([^`]*「[^`]*)`/gu)].map(
    ([, plain = '', filled = '']) => plain || filled,
  )
}

/** Begins a sentence about a private chat, or about something to press on a page: no mention is needed there. */
const elsewhere = /(?:私聊|控制台|点)[^。！？]*$/u

test('every word of ours that tells to say a command in a group names the bot where that group wants it', async () => {
  const { all } = await openAllFeatures()
  const commands = all.flatMap(({ commands: own = [] }) => own).filter(({ where }) => where !== 'private')
  const words = new Set(commands.flatMap(({ words: own }) => own))
  const bare: string[] = []
  for (const { parentPath, name } of sources)
    for (const text of textsIn(readFileSync(join(parentPath, name), 'utf8'))) {
      const said = addressedInGroup(withBotMention(text))
      for (const { 0: quoted, 1: inside = '', index } of said.matchAll(/「(?!@)([^」\n]{1,40})」/gu)) {
        const isCommand = words.has(/^[^\s\d$]+/u.exec(inside)?.[0] ?? '')
        if (isCommand && !elsewhere.test(said.slice(0, index)))
          bare.push(`${name}: ${said.slice(Math.max(0, index - 20), index)}${quoted}`)
      }
    }
  expect(bare).toEqual([])
})
