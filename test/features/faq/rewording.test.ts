import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { createAnswerer } from '../../../src/features/faq/answers.ts'
import { loadKnowledge } from '../../../src/features/faq/knowledge.ts'
import { finderOver, shelfOf } from '../../../src/features/faq/live-entries.ts'
import type { Rephrase } from '../../../src/features/faq/model/rephrase.ts'
import { rewordWith } from '../../../src/features/faq/model/rewording.ts'
import type { Policy } from '../../../src/features/faq/records.ts'
import { searching } from '../../../src/features/faq/search.ts'

const knowledge = loadKnowledge('data')
const answerer = createAnswerer(shelfOf(knowledge), searching(finderOver(knowledge), undefined))
const at = Temporal.Instant.from('2026-11-24T10:00:00+08:00')

/** A model that always has something to say, and one that never does. */
const talkative: Rephrase = async (_question, [found]) => ({
  text: '换个说法。',
  entryIds: [found?.id ?? ''],
})
const silent: Rephrase = async () => undefined

/** What is said to the standard question of an entry. */
async function saidOf(pick: (entry: (typeof knowledge.entries)[number]) => boolean) {
  const entry = knowledge.entries.find(pick)
  const [said] = await answerer.answer(entry?.question ?? '', at)
  expect(said?.entry?.id).toBe(entry?.id)
  if (!entry || !said) throw new Error('the base holds no such entry')
  return { question: entry.question, said }
}

describe('a language model may only reword what holds today', () => {
  test('a sure answer is said in its words', async () => {
    const { question, said } = await saidOf(({ policy }) => policy === 'state')
    expect((await rewordWith(talkative)(question, said, at)).text).toBe('换个说法。')
  })

  test('without a better wording the entry speaks for itself', async () => {
    const { question, said } = await saidOf(({ policy }) => policy === 'state')
    expect((await rewordWith(silent)(question, said, at)).text).toBe(said.text)
  })

  test.each<Policy>(['history_only', 'refer_only'])('%s is said word for word', async policy => {
    const { question, said } = await saidOf(entry => entry.policy === policy)
    expect((await rewordWith(talkative)(question, said, at)).text).toBe(said.text)
  })

  test('what has ended is said word for word', async () => {
    const { question, said } = await saidOf(
      ({ policy, effectiveUntil }) => policy === 'state' && effectiveUntil !== undefined,
    )
    const inTwentyYears = at.add({ hours: 24 * 365 * 20 })
    expect((await rewordWith(talkative)(question, said, inTwentyYears)).text).toBe(said.text)
  })
})

describe('where a few could be meant, it may choose', () => {
  const offered = knowledge.entries.filter(({ id }) => ['hnte-conditions', 'hnte-validity'].includes(id))
  const open = async () => {
    const [said] = await answerer.answer('高企怎么报', at)
    if (!said) throw new Error('nothing said')
    return { ...said, kind: 'choices' as const, text: '你想问的是不是？', offered, isAmbiguous: false }
  }
  const choosing =
    (...entryIds: string[]): Rephrase =>
    async () => ({ text: '选这条。', entryIds })

  test('one of them, which is then what was told', async () => {
    const said = await rewordWith(choosing('hnte-validity'))('高企', await open(), at)
    expect([said.kind, said.text, said.entry?.id]).toEqual(['answer', '选这条。', 'hnte-validity'])
  })
  test.each([
    ['two of them', choosing('hnte-validity', 'hnte-conditions')],
    ['one that was not offered', choosing('loan-who')],
    ['none', silent],
  ])('if it names %s, the maker is asked', async (_, rephrase) => {
    expect(await rewordWith(rephrase)('高企', await open(), at)).toEqual(await open())
  })
  test('between the meanings of a word only the maker chooses', async () => {
    const said = { ...(await open()), isAmbiguous: true }
    expect(await rewordWith(choosing('hnte-validity'))('高企', said, at)).toEqual(said)
  })
  test('not where one of them must be said word for word', async () => {
    const fixed = knowledge.entries.find(({ policy }) => policy === 'refer_only')
    const said = { ...(await open()), offered: [...offered, ...(fixed ? [fixed] : [])] }
    expect(await rewordWith(choosing('hnte-validity'))('高企', said, at)).toEqual(said)
  })
})
