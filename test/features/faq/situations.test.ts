import { expect, test } from 'vitest'
import {
  isHeldBackBeside,
  isSituationHeldBack,
  readSituations,
  readStrangers,
} from '../../../src/features/faq/knowledge/situations.ts'
import { finder, knowledge } from '../../shipped-knowledge.ts'

const folder = 'data/faq-situations'
const all = readSituations(folder, () => true)
const heldBack = [...readSituations(folder, isSituationHeldBack).situations].flatMap(([id, texts]) =>
  texts.map(text => ({ id, text })),
)

test('every live entry has situations, and each belongs to an entry', () => {
  expect(all.faults).toEqual([])
  const ids = new Set(knowledge.entries.map(({ id }) => id))
  for (const id of ids) expect(all.situations.get(id)?.length ?? 0, id).toBeGreaterThanOrEqual(25)
  for (const id of all.situations.keys()) expect(ids.has(id), id).toBe(true)
})

test('about one in ten is held back, and never indexed', () => {
  const count = [...all.situations.values()].flat().length
  expect(heldBack.length / count).toBeGreaterThan(0.07)
  expect(heldBack.length / count).toBeLessThan(0.13)
  for (const { id, text } of heldBack) expect(knowledge.situations.get(id)).not.toContain(text)
})

test('situations that nothing was learnt from are told or offered, and seldom told wrong', () => {
  const programmeOf = new Map(knowledge.entries.map(({ id, programme }) => [id, programme]))
  const met = heldBack.map(({ id, text }) => {
    const { kind, ranked, choices } = finder.find(text)
    const told = kind === 'answer' ? ranked[0]?.item : undefined
    const isOffered = choices.some(({ found }) => found.item.id === id)
    return {
      isMet: told?.id === id || isOffered,
      isWrong: told !== undefined && told.programme !== programmeOf.get(id),
    }
  })
  expect(met.filter(({ isMet }) => isMet).length / met.length).toBeGreaterThanOrEqual(0.65)
  expect(met.filter(({ isWrong }) => isWrong).length / met.length).toBeLessThanOrEqual(0.015)
})

test('what is asked beside the name of a programme, and no entry says, is seldom told', () => {
  const beside = readStrangers('data/faq-strangers.yaml', isHeldBackBeside).value?.beside ?? []
  const kinds = beside.map(text => finder.find(text).kind)
  const share = (kind: string) => kinds.filter(each => each === kind).length / kinds.length
  expect(beside.length).toBeGreaterThanOrEqual(350)
  for (const text of beside) expect(knowledge.strangers.beside).not.toContain(text)
  expect(share('answer')).toBeLessThanOrEqual(0.02)
  expect(share('none')).toBeGreaterThanOrEqual(0.8)
})

test('what an entry says itself is not strange to it, whatever the strangers say', () => {
  const [entry] = knowledge.entries.filter(({ id }) => id === 'sts-agent')
  if (entry === undefined) throw new Error('no entry on agents')
  expect(entry.otherQuestions.length).toBeGreaterThan(0)
  expect(finder.find('科小能不能找中介代报').kind).toBe('answer')
})

test('of what only a situation speaks nothing is offered', () => {
  expect(finder.find('护照在哪里办').kind).toBe('none')
})

test('a question that one wording has whole is told, with a mark at its end or without', () => {
  const [entry] = knowledge.entries.filter(({ id }) => id === 'sts-validity')
  expect(finder.find('科小有效期几年').ranked[0]?.item.id).toBe('sts-validity')
  expect(finder.find('科小有效期几年').kind).toBe('answer')
  const standard = entry?.question.replace(/？$/u, '') ?? ''
  expect(finder.find(standard)).toMatchObject({ kind: 'answer', sureness: { ofFirst: 1, ofAny: 1 } })
})

test('the ledger of research is asked of the tax office', () => {
  const found = finder.find('研发费用辅助账怎么做')
  expect([found.kind, found.ranked[0]?.item.id]).toEqual(['answer', 'rd-how'])
})
