import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import type { Rephrase } from '../../../../src/features/faq/model/rephrase.ts'
import { rewordWith } from '../../../../src/features/faq/model/rewording.ts'
import type { Policy } from '../../../../src/features/faq/records.ts'
import { noClauses } from '../../../../src/ports/clauses.ts'
import { answerer, knowledge } from '../../../shipped-knowledge.ts'

const at = Temporal.Instant.from('2026-11-24T10:00:00+08:00')

/** A model that always has something to say, and one that never does. */
const talkative: Rephrase = async (_question, [found]) => ({
  text: '换个说法。',
  entryIds: [found?.id ?? ''],
})
const silent: Rephrase = async () => undefined

/** Reply to the standard question of an entry. */
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

test.each([
  ['checked', [{ question: '榕示科〔2026〕12号 第三条（二）', text: '同一项目只补贴一次。' }]],
  ['unchecked', []],
  ['changed', []],
  ['ended', []],
] as const)(
  'a cited clause that is %s gives the model and its guard these sources',
  async (state, sources) => {
    const { question, said } = await saidOf(({ policy }) => policy === 'state')
    const cited = '榕示科〔2026〕12号 第三条（二）'
    const clauses = {
      ...noClauses,
      resolve: () => ({ ...noClauses.resolve(cited), state, after: '同一项目只补贴一次。' }),
    }
    const given: unknown[] = []
    const noting: Rephrase = async (_question, [found]) => void given.push(found?.passages)
    const citing = said.entry && { ...said, entry: { ...said.entry, clauses: [cited] } }
    await rewordWith(noting, clauses)(question, citing ?? said, at)
    expect(given).toEqual([sources])
  },
)

test('where the finder is not sure, no model words an answer', async () => {
  const [said] = await answerer.answer('先入科小再报专精特新顺序对吗', at)
  expect(said?.kind).toBe('choices')
  expect(said && (await rewordWith(talkative)('顺序对吗', said, at))).toEqual(said)
})
