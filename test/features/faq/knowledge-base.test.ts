import fc from 'fast-check'
import * as OpenCC from 'opencc-js'
import { describe, expect, test } from 'vitest'
import { readQuestionSet } from '../../../src/features/faq/editing/trials/trial.ts'
import type { Entry, Policy } from '../../../src/features/faq/records.ts'
import { validity } from '../../../src/features/faq/validity.ts'
import { groupLimit, sayEntry } from '../../../src/features/faq/wording/entries.ts'
import { statesFigure, statesNumber } from '../../../src/features/faq/wording/figures.ts'
import { sayKeptDay } from '../../../src/text/dates/kept-day.ts'
import { knowledge } from '../../shipped-knowledge.ts'
import { noonOf } from './knowledge-samples.ts'

/** Proofs over the knowledge that ships, whole: what one wrong figure would cost is the reason. */
const { entries, shelved, programmes, aliases } = knowledge
const days = ['2026-11-24', '2017-12-31', '2028-01-01', '2029-06-30'].map(noonOf)
const forms = ['short', 'full'] as const
const withPolicy = (policy: Policy) => entries.filter(entry => entry.policy === policy)
const everyAnswer = (of: readonly Entry[]) =>
  of.flatMap(entry =>
    days.flatMap(at => forms.map(form => ({ entry, form, text: sayEntry(entry, at, form) }))),
  )

/** An answer without its source lines, whose numbers are names of documents. */
const body = (text: string) =>
  text
    .split('\n')
    .filter(line => !/^(当时)?依据：|^原文：/.test(line))
    .join('\n')

test('all 36 programmes and all 60 fact items are there', () => {
  expect(programmes).toHaveLength(36)
  expect(new Set(entries.map(entry => entry.programme)).size).toBe(36)
  expect(new Set(entries.flatMap(entry => entry.facts)).size).toBe(60)
  expect(shelved).toEqual([])
})

test('no answer to a group is longer than its limit, on any day', () => {
  const tooLong = everyAnswer(entries).filter(
    ({ form, text }) => form === 'short' && [...text].length > groupLimit,
  )
  expect(tooLong.map(({ entry }) => entry.id)).toEqual([])
})

test('first lines are short: at most 60 characters', () => {
  expect(entries.filter(entry => [...entry.short].length > 60).map(({ id }) => id)).toEqual([])
})

test('every answer ends with document, number and date', () => {
  for (const { text } of everyAnswer(entries))
    expect(text.split('\n').at(-1)).toMatch(
      /^(当时)?依据：(《.+》(.+，.+|（文号和日期未核到）)|还没有核到可引用的文件，以主管部门答复为准)$/,
    )
})

test('only what gives no figure may lack a document', () => {
  const bare = entries.filter(entry => entry.documents.length === 0)
  expect(bare.every(entry => entry.policy === 'refer_only')).toBe(true)
})

describe('policies, in every answer on every day', () => {
  test('refer_only never states a number', () => {
    expect(withPolicy('refer_only').length).toBeGreaterThan(5)
    const withNumber = everyAnswer(withPolicy('refer_only')).filter(({ text }) => statesNumber(body(text)))
    expect(withNumber.map(({ entry }) => entry.id)).toEqual([])
  })
  test('history_only states no figure before it says that this is history, and always says whom to ask', () => {
    expect(withPolicy('history_only').length).toBeGreaterThan(10)
    for (const { entry, text } of everyAnswer(withPolicy('history_only'))) {
      const [before = ''] = text.split(/以下是.+的历史口径，不是现行标准：/)
      expect(statesFigure(body(before)), entry.id).toBe(false)
      for (const office of entry.ask.split('或')) expect(body(text), entry.id).toContain(office)
    }
  })
  test('whom to ask is said once, in the words of the entry where these are enough', () => {
    for (const { entry, text } of everyAnswer(withPolicy('history_only'))) {
      const sends = body(text)
        .split('\n')
        .filter(line => entry.ask.split('或').every(one => line.includes(one)))
      expect(sends, entry.id).toHaveLength(1)
    }
  })
  test('history_only states no figure in a group unless history is asked for', () => {
    for (const entry of withPolicy('history_only'))
      for (const question of [
        '',
        entry.question,
        ...entry.otherQuestions.filter(each => /今年|现在|还/u.test(each)),
      ])
        for (const form of ['short', 'brief'] as const) {
          const text = sayEntry(entry, noonOf('2026-11-24'), form, { question })
          expect(statesFigure(body(text)), `${entry.id} ${question}`).toBe(false)
        }
  })
  test('state_with_date says as of when, hedge says whom to check with', () => {
    const now = days
      .slice(0, 1)
      .flatMap(at => entries.map(entry => ({ entry, text: sayEntry(entry, at, 'short') })))
    for (const { entry, text } of now) {
      if (entry.policy === 'state_with_date') expect(text, entry.id).toMatch(/截至\d{4}.*，以最新通知为准。/)
      if (entry.policy === 'hedge') expect(text, entry.id).toContain(`请向${entry.ask}核实。`)
    }
  })
})

test('on no day is an entry past its end given as current', () => {
  const dated = entries.filter(entry => entry.effectiveUntil)
  expect(dated.length).toBeGreaterThan(10)
  fc.assert(
    fc.property(
      fc.constantFrom(...dated),
      fc.integer({ min: 0, max: 4000 }),
      fc.constantFrom(...forms),
      (entry, day, form) => {
        const at = noonOf('2024-01-01').add({ hours: 24 * day })
        const said = sayEntry(entry, at, form).includes(
          `这一条已于${sayKeptDay(entry.effectiveUntil ?? '')}结束，不能再按它办。`,
        )
        expect(said).toBe(validity(entry, at) === 'ended')
      },
    ),
  )
})

test('links lead to public offices only', () => {
  const urls = everyAnswer(entries).flatMap(({ text }) => text.match(/[a-z]+:\/\/\S+/g) ?? [])
  const all = [...urls, ...programmes.flatMap(({ links }) => links.map(({ url }) => url))]
  expect(all.length).toBeGreaterThan(50)
  expect(all.filter(url => !/^https?:\/\/([\w-]+\.)+gov\.cn\//.test(url))).toEqual([])
})

test('no telephone number but the three public hotlines', () => {
  const numbers = everyAnswer(entries).flatMap(
    ({ text }) => body(text).match(/(?<![\d.-])1\d{4}(?![\d元])/g) ?? [],
  )
  expect(new Set(numbers)).toEqual(new Set(['12366', '12333', '12315']))
})

test('an answer is plain Simplified Chinese without markdown or emoji', () => {
  const simplify = OpenCC.Converter({ from: 't', to: 'cn' })
  for (const { entry, text } of everyAnswer(entries)) {
    expect(body(text), entry.id).not.toMatch(/[*#`>]|^\s*[-+] |\]\(|\p{Extended_Pictographic}/mu)
    expect(simplify(text), entry.id).toBe(text)
  }
})

test('every entry can be asked for in at least eight other ways, and no wording belongs to two entries', () => {
  expect(entries.filter(entry => entry.otherQuestions.length < 8).map(({ id }) => id)).toEqual([])
  const owners = new Map<string, string[]>()
  for (const entry of entries)
    for (const wording of [entry.question, ...entry.otherQuestions])
      owners.set(wording, [...(owners.get(wording) ?? []), entry.id])
  expect([...owners].filter(([, ids]) => ids.length > 1)).toEqual([])
})

test('the line about a programme gives no figure: figures live in entries, where they are dated', () => {
  expect(
    programmes.filter(({ line, who }) => statesFigure(line) || statesFigure(who)).map(({ id }) => id),
  ).toEqual([])
})

test('words that mean several things are asked back about, the two giants first of all', () => {
  expect(aliases.ambiguous.小巨人?.map(({ programme }) => programme)).toEqual(['srdi', 'sti_giant'])
  expect(Object.keys(aliases.ambiguous)).toEqual(
    expect.arrayContaining(['高新', '贷款', '补贴', '奖励', '入库']),
  )
})

test('the questions that ship name entries that exist, each entry at least twice, in words that no entry has', () => {
  const questions = readQuestionSet('data/faq-questions.yaml')
  const known = new Set(entries.map(({ id }) => id))
  expect(questions.flatMap(({ expected }) => expected).filter(id => !known.has(id))).toEqual([])
  const asked = Map.groupBy(questions, ({ expected }) => expected[0])
  expect([...known].filter(id => (asked.get(id)?.length ?? 0) < 2)).toEqual([])
  const wordings = new Set(entries.flatMap(({ question, otherQuestions }) => [question, ...otherQuestions]))
  expect(questions.filter(({ question }) => wordings.has(question))).toEqual([])
  expect(asked.get(undefined)?.length).toBeGreaterThanOrEqual(50)
})
