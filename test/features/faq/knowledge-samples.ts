import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import type { Entry } from '../../../src/features/faq/records.ts'

const document = { title: '某某办法', number: '某字〔2020〕1号', issuer: '某局', date: '2020-01-02' }

/** A sound entry, to be spoilt in one place. */
export function anEntry(changes: Partial<Entry> = {}): Entry {
  return {
    id: 'one',
    programme: 'hnte',
    question: '能补多少？',
    otherQuestions: ['补多少钱'],
    short: '最高30万元。',
    details: [{ about: 'when', text: '期限不超过3年。', document }],
    documents: [document],
    region: '福建省',
    verifiedOn: '2026-08',
    owner: '政策咨询',
    ask: '区人社部门',
    policy: 'state',
    status: 'live',
    facts: ['sl.amount'],
    mayHaveChanged: 'no',
    ...changes,
  }
}

/** The same as it stands in a file, line for line. */
export const entryYaml = `  - id: one
    question: 能补多少？
    otherQuestions: [补多少钱]
    short: 最高30万元。
    details:
      - about: when
        text: 期限不超过3年。
    documents: [rules]
    region: 福建省
    verifiedOn: 2026-08
    owner: 政策咨询
    ask: 区人社部门
    policy: state
    status: live
    facts: [sl.amount]
    mayHaveChanged: "no"
`

/** Head of a file of entries; the first entry begins on line 9. */
export const headYaml = `programme: hnte
documents:
  rules:
    title: 某某办法
    number: 某字〔2020〕1号
    issuer: 某局
    date: 2020-01-02
entries:
`

const soundFiles = {
  'faq/hnte.yaml': headYaml + entryYaml,
  'programmes/science.yaml': `programmes:
  - { id: hnte, name: 高企认定, who: 企业, region: 国家, offices: [区科技主管部门], line: 认定, links: [] }
`,
  'aliases.yaml': 'aliases: { 高企: hnte }\nambiguous: {}\n',
}

/** A folder of knowledge on disk: sound, but for the files that are given. */
export function folderWith(files: Record<string, string> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'knowledge-'))
  for (const part of ['faq', 'programmes']) mkdirSync(join(folder, part))
  for (const [name, text] of Object.entries({ ...soundFiles, ...files }))
    writeFileSync(join(folder, name), text)
  return folder
}

/** Noon of a day in Shanghai. */
export function noonOf(day: string): Temporal.Instant {
  return Temporal.Instant.from(`${day}T12:00:00+08:00`)
}
