import { deflateRawSync } from 'node:zlib'
import { weights as allWeights } from '#finder-weights'
import { readingOf } from '../../text/pinyin.ts'
import { simplify } from '../../text/traditional.ts'
import { textOfBytes } from './assets/base91.ts'
import { characterCodesOf } from './assets/character-codes.ts'
import { columnsOf } from './assets/columns.ts'
import type { Findable } from './finder/finder.ts'
import type { KnowledgeFiles } from './knowledge/knowledge.ts'
import { findableOf, ownDistrict, textsOf } from './live-entries.ts'
import type { Entry } from './records.ts'

/** The program that is bundled for browsers, and what takes the place of packages in it. */
export const browserSearchProgram = {
  entry: new URL('./assets/search.js', import.meta.url),
  insteadOf: {
    '#finder-weights': new URL('./assets/finder-weights.js', import.meta.url),
    'pinyin-pro': new URL('./assets/pinyin-table.js', import.meta.url),
    'opencc-js/t2cn': new URL('./assets/simplified-table.js', import.meta.url),
  },
}

/** Entries as the finder reads them, for a search without a server. */
export const findablesOf = (
  entries: readonly Entry[],
  { situations }: Pick<KnowledgeFiles, 'situations'>,
): Findable[] => entries.filter(({ status }) => status === 'live').map(entry => findableOf(entry, situations))

/** Where the tables come from: their licences ask for that wherever they are copied to. */
const origins =
  '/* Pinyin: pinyin-pro, MIT. Simplified characters: opencc-js (OpenCC), MIT and Apache-2.0. */'

const fields = ['id', 'programme', 'region', 'question', 'otherQuestions', 'answer', 'situations'] as const

/** The data of the search as a script. */
export function browserSearchData(
  items: readonly Findable[],
  { aliases, strangers, makersWords }: Pick<KnowledgeFiles, 'aliases' | 'strangers' | 'makersWords'>,
): string {
  const weights = weightsOfEdited()
  const { chars, codes } = characterCodesOf(
    JSON.stringify({ items: columnsOf(items, fields), strangers: textsOf(strangers), makersWords, weights }),
  )
  const data = { chars, aliases, home: ownDistrict, tables: { sounds: sounds(), simplified: simplified() } }
  const packed = [new TextEncoder().encode(JSON.stringify(data)), codes].map(
    bytes => `"${textOfBytes(deflated(bytes))}"`,
  )
  return `${origins}\nglobalThis.siteSearch=[${packed.join()}]\n`
}

/** Less memory makes shorter blocks, which suit tables of several kinds, and not one long text: all sizes are tried. */
function deflated(bytes: Uint8Array): Buffer {
  const tried = [5, 6, 7, 8, 9].map(memLevel => deflateRawSync(bytes, { level: 9, memLevel }))
  return tried.reduce((best, one) => (one.length < best.length ? one : best))
}

/**
 * Digits of a network's weight that a browser gets, and how many of them behind the point at most; one question in a
 * hundred may be met otherwise than in chat. Weights that have a name are few, and stay whole.
 */
const digits = 2
const decimals = 3

/** The weights for entries of programmes, which are all that is searched there. */
function weightsOfEdited() {
  const { crawled: _ranking, ...ranking } = allWeights.ranking
  const { crawled: _outcome, ...outcome } = allWeights.outcome
  const round = (key: string, value: unknown) =>
    typeof value === 'number' && /^\d+$/.test(key)
      ? Number(Number(value.toPrecision(digits)).toFixed(decimals))
      : value
  return {
    ...JSON.parse(JSON.stringify({ ranking, outcome }, round)),
    familiarity: allWeights.familiarity,
  }
}

/** The characters of everyday use, of both levels of GB 2312. */
function everydayCharacters(): string[] {
  const decoder = new TextDecoder('gb2312')
  const rows = Array.from({ length: 72 }, (_, row) => row + 0xb0)
  const columns = Array.from({ length: 94 }, (_, column) => column + 0xa1)
  return rows
    .flatMap(row => columns.map(column => decoder.decode(Uint8Array.of(row, column))))
    .filter(char => /^\p{Script=Han}$/u.test(char))
}

function sounds(): Record<string, string> {
  const chars: Record<string, string> = {}
  for (const char of everydayCharacters()) {
    const reading = readingOf(char)
    if (reading !== undefined) chars[reading] = (chars[reading] ?? '') + char
  }
  return chars
}

function simplified(): { from: string; to: string } {
  const all = Array.from({ length: 0xa000 - 0x4e00 }, (_, at) => String.fromCharCode(0x4e00 + at))
  const from = all.filter(char => simplify(char) !== char)
  return { from: from.join(''), to: from.map(simplify).join('') }
}
