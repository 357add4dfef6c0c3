import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { baseOf, withPieces } from '../../../../src/features/faq/editing/changes/pieces.ts'
import { exportFiles } from '../../../../src/features/faq/editing/sheets/export.ts'
import { readKnowledge } from '../../../../src/features/faq/knowledge/knowledge.ts'
import { EntryRecord } from '../../../../src/features/faq/records.ts'
import { entryYaml, folderWith, headYaml } from '../knowledge-samples.ts'

const shipped = readKnowledge('data')
const baseOfShipped = baseOf(shipped.sources.map(({ value }) => value))
const all = shipped.sources.flatMap(({ value }) =>
  value.entries.map(entry => ({ programme: value.programme, entry })),
)

/** The lines of one text that the other does not have, by position from both ends. */
function differing(one: string, other: string): string[] {
  const [a, b] = [one.split('\n'), other.split('\n')]
  while (a.length > 0 && b.length > 0 && a[0] === b[0]) {
    a.shift()
    b.shift()
  }
  while (a.length > 0 && b.length > 0 && a.at(-1) === b.at(-1)) {
    a.pop()
    b.pop()
  }
  return b
}

test('unedited files come back byte for byte', () => {
  const files = exportFiles(shipped.sources, baseOfShipped, 'data/faq')
  expect(files.map(({ file, text }) => [file, text])).toEqual(
    shipped.sources.map(({ file, text }) => [file, text]),
  )
  expect(files.some(({ isChanged }) => isChanged)).toBe(false)
})

test('any one entry, edited in any one field, changes only its own lines of its own file', () => {
  const edits: ((entry: EntryRecord, word: string) => EntryRecord)[] = [
    (entry, word) => ({ ...entry, short: word }),
    (entry, word) => ({ ...entry, otherQuestions: [...entry.otherQuestions, word] }),
    (entry, word) => ({ ...entry, details: [{ about: 'note', text: word }] }),
    entry => ({ ...entry, verifiedOn: '2026', effectiveUntil: '2031-12-31' }),
    entry => ({ ...entry, status: 'withdrawn' }),
  ]
  const word = fc
    .string({ minLength: 1, maxLength: 30, unit: 'grapheme' })
    // An editor's text stands on one line.
    .map(text => `甲${text.replace(/[\p{Cc}\u2028\u2029]/gu, '')}乙`)
  fc.assert(
    fc.property(
      fc.constantFrom(...all),
      fc.constantFrom(...edits),
      word,
      ({ programme, entry }, edit, said) => {
        const next = edit(entry, said)
        // The forms refuse a figure in an entry that only refers, and signs such as ⒠ are read as one.
        fc.pre(EntryRecord.safeParse(next).success)
        const place = { programme, part: 'entries' as const, name: entry.id }
        const base = withPieces(baseOfShipped, [{ place, piece: next }])
        const files = exportFiles(shipped.sources, base, 'data/faq')
        for (const [at, { text, isChanged }] of files.entries()) {
          const source = shipped.sources[at]
          if (source?.value.programme !== programme) expect(isChanged).toBe(false)
          else {
            expect(parse(text)).toEqual({
              ...source.value,
              entries: source.value.entries.map(one => (one.id === entry.id ? clean(next) : one)),
            })
            const others = differing(source.text, text).filter(
              line => line.startsWith('  - id:') && !line.endsWith(entry.id),
            )
            expect(others).toEqual([])
            expect(Math.abs(text.length - source.text.length)).toBeLessThan(
              JSON.stringify(entry).length * 2 + 500,
            )
          }
        }
      },
    ),
    { numRuns: 150 },
  )
})
const clean = (entry: EntryRecord) => JSON.parse(JSON.stringify(entry))

describe('a small file with comments', () => {
  const commented = `# 谁改谁核实\n${headYaml}${entryYaml}\n  # 下面这条另有来历\n${entryYaml.replace('id: one', 'id: two')}`
  const { sources } = readKnowledge(folderWith({ 'faq/hnte.yaml': commented }))
  const base = baseOf(sources.map(({ value }) => value))
  const [one] = base.get('hnte')?.entries ?? []
  const put = (part: 'entries' | 'documents', name: string, piece: Record<string, unknown>) =>
    exportFiles(sources, withPieces(base, [{ place: { programme: 'hnte', part, name }, piece }]), 'x')[0]
      ?.text ?? ''

  test('keeps them when an entry beside is edited', () => {
    const text = put('entries', 'one', { ...one, short: '最高50万元。' })
    expect(text).toContain('# 谁改谁核实')
    expect(text).toContain('\n\n  # 下面这条另有来历\n  - id: two\n')
    expect(text).toContain('short: 最高50万元。')
  })
  test('gets a new entry at its end', () => {
    const text = put('entries', 'three', { ...one, id: 'three' })
    expect(text.startsWith(commented.trimEnd())).toBe(true)
    expect(text.slice(commented.trimEnd().length)).toMatch(/^\n+ {2}- id: three\n/)
  })
  test('gets a new document after the others, and an edited one in its place', () => {
    const document = { title: '新办法', number: null, issuer: '某局', date: '2026' }
    expect(put('documents', 'newer', document)).toContain(
      '    date: 2020-01-02\n  newer:\n    title: 新办法\n    number: null\n',
    )
    const text = put('documents', 'rules', {
      ...base.get('hnte')?.documents.rules,
      number: '某字〔2026〕9号',
    })
    expect(differing(commented, text)).toEqual(['    number: 某字〔2026〕9号'])
  })
})

test('a file in a style of its own is written anew, and says the same', () => {
  const flow = `programme: hnte\ndocuments: {}\nentries: []\n`
  const { sources } = readKnowledge(folderWith({ 'faq/hnte.yaml': flow }))
  const [sound] = readKnowledge(folderWith()).sources
  const value = sound?.value
  const base = baseOf(value ? [value] : [])
  const [file] = exportFiles(sources, base, 'x')
  expect(parse(file?.text ?? '')).toEqual(value)
})

test('what looks like the end of a line to some, and is none, is written as it is', () => {
  const [first] = shipped.sources
  if (!first) throw new Error('nothing is shipped')
  const entries = first.value.entries.map(entry => ({ ...entry, short: '甲 \u2028 乙\u2029丙' }))
  const [file] = exportFiles([], baseOf([{ ...first.value, entries }]), 'x')
  expect(parse(file?.text ?? '')).toEqual({ ...first.value, entries })
})

test('a programme without a file gets one, in the form of the others', () => {
  const [first] = shipped.sources
  const [file] = exportFiles([], baseOf(first ? [first.value] : []), 'data/faq')
  expect(file).toEqual({ file: first?.file, text: first?.text, isChanged: true })
})
