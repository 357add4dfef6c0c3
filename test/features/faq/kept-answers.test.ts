import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import type { Answerer, Said } from '../../../src/features/faq/answers.ts'
import { keepingAnswers } from '../../../src/features/faq/kept-answers.ts'

const morning = Temporal.Instant.from('2026-11-30T09:00:00+08:00')
const evening = Temporal.Instant.from('2026-11-30T23:59:59+08:00')
const nextDay = Temporal.Instant.from('2026-12-01T00:00:00+08:00')

/** An answerer that says how often it was asked, and a state that the test changes. */
function setUp() {
  const asked: string[] = []
  const world = { state: '1', meanwhile: () => {} }
  const answerer: Answerer = {
    async answer(text) {
      asked.push(text)
      world.meanwhile()
      return [{ kind: 'answer', question: text, text: `第${asked.length}次` } as Said]
    },
    tell: () => '',
    quote: () => undefined,
  }
  const keeping = keepingAnswers(answerer, () => world.state)
  const ask = async (text: string, at = morning, topic?: string) =>
    (await keeping.answer(text, at, topic)).map(said => said.text).join()
  return { asked, world, ask }
}

test('the same words are worked out once a day', async () => {
  const { ask } = setUp()
  expect(await ask('高企怎么报')).toBe('第1次')
  expect(await ask('高企怎么报', evening)).toBe('第1次')
  expect(await ask('高企怎么报', nextDay)).toBe('第2次')
})

test('another topic is another question', async () => {
  const { ask } = setUp()
  expect(await ask('要什么材料', morning, 'hte')).toBe('第1次')
  expect(await ask('要什么材料', morning, 'kexiao')).toBe('第2次')
  expect(await ask('要什么材料')).toBe('第3次')
})

test('nothing is kept over a change of what is answered from', async () => {
  const { ask, world } = setUp()
  await ask('高企怎么报')
  world.state = '2'
  expect(await ask('高企怎么报')).toBe('第2次')
  expect(await ask('高企怎么报')).toBe('第2次')
})

test('an answer that began before a change is not kept after it', async () => {
  const { ask, world } = setUp()
  world.meanwhile = () => {
    world.state = '2'
    world.meanwhile = () => {}
  }
  expect(await ask('高企怎么报')).toBe('第1次')
  expect(await ask('高企怎么报')).toBe('第2次')
})

test('a failure is not kept', async () => {
  const { ask, world } = setUp()
  world.meanwhile = () => {
    world.meanwhile = () => {}
    throw new Error('broken')
  }
  await expect(ask('高企怎么报')).rejects.toThrow('broken')
  expect(await ask('高企怎么报')).toBe('第2次')
})

test('a letter is not kept', async () => {
  const { ask } = setUp()
  const letter = '我公司去年研发投入了不少，想问问'.repeat(10)
  await ask(letter)
  expect(await ask(letter)).toBe('第2次')
})
