import { rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadKnowledge } from '../../../src/features/faq/knowledge/knowledge.ts'
import { KnowledgeFault } from '../../../src/features/faq/knowledge/knowledge-sheet.ts'
import { entryYaml, folderWith, headYaml } from './knowledge-samples.ts'

/** Faults of loading: file, line and field of each. */
function faultsOf(files: Record<string, string>): string[] {
  try {
    loadKnowledge(folderWith(files))
    return []
  } catch (fault) {
    if (!(fault instanceof KnowledgeFault)) throw fault
    return fault.faults.map(({ file, line, field }) => `${basename(file)}:${line} ${field}`)
  }
}
const faq = (entries: string) => ({ 'faq/hnte.yaml': headYaml + entries })
const twin = (id: string) => entryYaml.replace('id: one', `id: ${id}`)

test('a sound folder gives entries that are complete in themselves', () => {
  const { entries } = loadKnowledge(folderWith())
  expect(entries).toHaveLength(1)
  expect(entries[0]).toMatchObject({
    programme: 'hnte',
    documents: [{ number: '某字〔2020〕1号' }],
    details: [{ document: { number: '某字〔2020〕1号' } }],
  })
})

test('a folder of one district stands before the shared one, file by file', () => {
  const shared = folderWith(faq(entryYaml + twin('two')))
  const own = folderWith(faq(entryYaml.replaceAll('最高30万元。', '最高60万元。')))
  rmSync(join(own, 'aliases.yaml'))
  rmSync(join(own, 'programmes'), { recursive: true })
  const { entries, programmes } = loadKnowledge([own, shared])
  expect(entries.map(({ id, short }) => [id, short])).toEqual([['one', '最高60万元。']])
  expect(programmes).toEqual(loadKnowledge(shared).programmes)
})

test('drafts and withdrawn entries lie apart, so that none is answered', () => {
  const draft = twin('two').replace('status: live', 'status: draft')
  const gone = twin('three').replace('status: live', 'status: withdrawn')
  const { entries, shelved } = loadKnowledge(folderWith(faq(entryYaml + draft + gone)))
  expect(entries.map(({ id }) => id)).toEqual(['one'])
  expect(shelved.map(({ id }) => id)).toEqual(['two', 'three'])
})

describe('a fault names file, line and field', () => {
  test('of a wrong value', () => {
    expect(faultsOf(faq(entryYaml.replace('region: 福建省', 'region: 火星')))).toEqual([
      'hnte.yaml:17 entries[0].region',
    ])
  })
  test('of 31 February', () => {
    const entry = entryYaml.replace('    verifiedOn', '    effectiveUntil: 2026-02-31\n    verifiedOn')
    expect(faultsOf(faq(entry))).toEqual(['hnte.yaml:18 entries[0].effectiveUntil'])
  })
  test('of a field that is missing: at the entry it is missing from', () => {
    expect(faultsOf(faq(entryYaml.replace('    ask: 区人社部门\n', '')))).toEqual([
      'hnte.yaml:9 entries[0].ask',
    ])
  })
  test('of broken YAML', () => {
    expect(faultsOf(faq(entryYaml.replace('    short: ', '   short: ')))[0]).toMatch(/^hnte\.yaml:1[12] /)
  })
  test('of a key that stands twice', () => {
    expect(faultsOf(faq(entryYaml.replace('    owner', '    short: 又一个\n    owner')))[0]).toMatch(
      /^hnte\.yaml:19 /,
    )
  })
  test('of a file that is not there', () => {
    expect(() => loadKnowledge('nowhere')).toThrow('nowhere/faq 第1行 （整个文件）：找不到')
  })
})

describe('between files', () => {
  test('two entries with one id', () => {
    expect(faultsOf(faq(entryYaml + entryYaml))).toEqual(['hnte.yaml:25 entries[1].id'])
  })
  test('a programme that does not exist', () => {
    expect(
      faultsOf({ 'faq/hnte.yaml': `${headYaml}${entryYaml}`.replace('programme: hnte', 'programme: x') }),
    ).toEqual(['hnte.yaml:1 programme'])
  })
  test('a document that the file does not have', () => {
    expect(faultsOf(faq(entryYaml.replace('documents: [rules]', 'documents: [rules, other]')))).toEqual([
      'hnte.yaml:16 entries[0].documents[1]',
    ])
  })
  test('a replacement that does not exist', () => {
    expect(faultsOf(faq(`${entryYaml}    replacedBy: nobody\n`))).toEqual([
      'hnte.yaml:25 entries[0].replacedBy',
    ])
  })
  test('replacements that go round in a circle, each of them', () => {
    const circle = `${entryYaml}    replacedBy: two\n${twin('two')}    replacedBy: one\n`
    expect(faultsOf(faq(circle))).toEqual([
      'hnte.yaml:25 entries[0].replacedBy',
      'hnte.yaml:42 entries[1].replacedBy',
    ])
  })
  test('a chain that leads into a circle is faulted only where the circle is', () => {
    const circle = `${entryYaml}    replacedBy: two\n${twin('two')}    replacedBy: two\n`
    expect(faultsOf(faq(circle))).toEqual(['hnte.yaml:42 entries[1].replacedBy'])
  })
  test('an alias of nothing, and a word that is both sure and ambiguous', () => {
    const aliases = `aliases: { 高企: x }
ambiguous:
  高企: [{ label: 国高, programme: hnte }, { label: 园区 }]
`
    expect(faultsOf({ 'aliases.yaml': aliases })).toEqual([
      'aliases.yaml:1 aliases.高企',
      'aliases.yaml:1 aliases.高企',
    ])
  })
})

test('all faults of all files come at once, in Chinese', () => {
  const files = { ...faq(entryYaml.replace('福建省', '火星')), 'aliases.yaml': 'aliases: {}\n' }
  expect(() => loadKnowledge(folderWith(files))).toThrow(
    /知识库有误[\s\S]*第17行 entries\[0\]\.region：只能写 国家、福建省、福州市、台江区[\s\S]*ambiguous/,
  )
})

test('the replacement is known by its question', () => {
  const { entries } = loadKnowledge(folderWith(faq(`${entryYaml}    replacedBy: two\n${twin('two')}`)))
  expect(entries[0]?.replacedBy).toEqual({ id: 'two', question: '能补多少？' })
})
