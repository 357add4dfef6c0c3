import type { DocumentHead, ParsedDocument } from '../../../src/documents/structure/index.ts'
import { readStructure } from '../../../src/parsing/index.ts'
import { fileOf } from './makers.ts'
import type { Sample } from './sample.ts'

/** How one document was read. */
export type Reading = {
  name: string
  clauses: { expected: number; found: number; right: number }
  head: { expected: number; right: number }
  /** Characters that are nowhere, though no gap is named. */
  lost: number
  characters: number
  /** For people: clauses and fields that differ. */
  differences: string[]
}

const plain = (text: string) => text.normalize('NFKC').replaceAll(/[\s|]/gu, '')

/** The spaces between the offices of a title count. */
const plainField = (name: string, text: string) =>
  name === 'title'
    ? text.normalize('NFKC').replaceAll(/(?<!\p{Script=Han})\s+|\s+(?!\p{Script=Han})/gu, '')
    : plain(text)

/**
 * Reads a document as its maker wrote it. A clause is right where its path and all of its text are; a scan is right
 * where it is refused.
 */
export async function readingOf(sample: Sample): Promise<Reading> {
  const { bytes, name } = fileOf(sample)
  if (sample.maker === 'scan') return scanReading(sample, await refusalOf(bytes, name))
  const { document } = await readStructure(bytes, name)
  const key = ({ path, text }: { path: readonly string[]; text: string }) =>
    `${path.join('/')}: ${plain(text)}`
  const expected = sample.blocks.filter(({ path }) => path.length > 0).map(key)
  const found = document.passages.map(key)
  const fields = fieldsOf(sample.head, document.head)
  return {
    name: sample.name,
    clauses: {
      expected: expected.length,
      found: found.length,
      right: found.filter(each => expected.includes(each)).length,
    },
    head: { expected: fields.length, right: fields.filter(({ isRight }) => isRight).length },
    ...lossIn(sample, document),
    differences: [
      ...expected.filter(each => !found.includes(each)).map(each => `- ${each}`),
      ...found.filter(each => !expected.includes(each)).map(each => `+ ${each}`),
      ...fields.filter(({ isRight }) => !isRight).map(({ said }) => said),
    ],
  }
}

async function refusalOf(bytes: Uint8Array, name: string): Promise<string> {
  try {
    await readStructure(bytes, name)
    return 'read'
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause)
  }
}

function scanReading({ name }: Sample, refusal: string): Reading {
  const isRight = refusal.includes('扫描件')
  return {
    name,
    clauses: { expected: 0, found: 0, right: 0 },
    head: { expected: 0, right: 0 },
    lost: isRight ? 0 : 1,
    characters: 1,
    differences: isRight ? [] : [refusal],
  }
}

function fieldsOf(expected: DocumentHead, found: DocumentHead) {
  const names = ['issuers', 'number', 'title', 'date', 'addressees'] as const
  return names.map(name => {
    const [want, got] = [expected, found].map(head => plainField(name, JSON.stringify(head[name] ?? '')))
    return { isRight: want === got, said: `${name}: ${want} but ${got}` }
  })
}

function lossIn({ blocks }: Sample, { passages, outside, gaps }: ParsedDocument) {
  const counts = new Map<string, number>()
  const count = (text: string, change: 1 | -1) => {
    for (const sign of plain(text)) counts.set(sign, (counts.get(sign) ?? 0) + change)
  }
  for (const { text } of blocks) count(text, 1)
  const characters = [...counts.values()].reduce((sum, each) => sum + each, 0)
  for (const text of [...passages.map(({ text }) => text), ...outside]) count(text, -1)
  const lost = [...counts.values()].reduce((sum, each) => sum + Math.max(0, each), 0)
  return { lost: gaps.length > 0 ? 0 : lost, characters }
}

/** Shares, 0 to 1, to four decimals. */
export function sharesOf(readings: readonly Reading[]) {
  const sum = (of: (reading: Reading) => number) => readings.reduce((total, each) => total + of(each), 0)
  const round = (value: number) => Math.round(value * 10_000) / 10_000
  const right = sum(({ clauses }) => clauses.right)
  const precision =
    right /
    Math.max(
      1,
      sum(({ clauses }) => clauses.found),
    )
  const recall =
    right /
    Math.max(
      1,
      sum(({ clauses }) => clauses.expected),
    )
  return {
    documents: readings.length,
    clauseBorders: {
      precision: round(precision),
      recall: round(recall),
      f1: round((2 * precision * recall) / Math.max(1e-9, precision + recall)),
    },
    headFields: round(
      sum(({ head }) => head.right) /
        Math.max(
          1,
          sum(({ head }) => head.expected),
        ),
    ),
    silentLoss: round(
      sum(({ lost }) => lost) /
        Math.max(
          1,
          sum(({ characters }) => characters),
        ),
    ),
  }
}
