import { expect, test } from 'vitest'
import { z } from 'zod'
import { withLimits } from '../src/language-limits.ts'
import { LanguageFault, type LanguageModel } from '../src/ports/language.ts'
import { createWorld } from './conversation.ts'

const form = {
  prompt: { name: 'p', version: 1, temperature: 0, maxTokens: 80, schema: 'p', text: '0123456789' },
  input: 12_345_678,
  schema: z.string(),
}
/** Ten of the prompt, eight of the input and eighty of the answer. */
const mostTokens = 98

function play({ callsPerDay = 100, tokensPerDay = 100_000 } = {}) {
  const world = createWorld('2026-11-28T23:50:00+08:00')
  const calls: string[] = []
  let next: () => Promise<string> = async () => '好'
  const endpoint = {
    async complete() {
      calls.push(world.clock.now().toString())
      return { value: await next(), tokens: 30 }
    },
  } as unknown as LanguageModel
  const model = withLimits(endpoint, { ...world, callsPerDay, tokensPerDay })
  return {
    ...world,
    model,
    calls,
    will: (then: () => Promise<string>) => {
      next = then
    },
    ask: () => model.complete(form, new AbortController().signal),
  }
}
const fails = () => Promise.reject(new LanguageFault('answered 500'))

test('calls and tokens are counted by the day in Shanghai', async () => {
  const { ask, model, clock } = play()
  await ask()
  await ask()
  expect(await model.spentToday()).toEqual({ calls: 2, tokens: 60 })
  clock.forward({ minutes: 10 })
  expect(await model.spentToday()).toEqual({ calls: 0, tokens: 0 })
})

test('past the calls of a day the model is not asked until the next', async () => {
  const { ask, calls, clock, alarms } = play({ callsPerDay: 2 })
  await Promise.allSettled([ask(), ask(), ask()])
  expect(calls).toHaveLength(2)
  await expect(ask()).rejects.toThrow('budget')
  expect(alarms.list().map(({ text }) => text)).toEqual([expect.stringContaining('额度用完')])
  clock.forward({ minutes: 10 })
  await ask()
  expect(calls).toHaveLength(3)
  expect(alarms.list()).toEqual([])
})

test('a call that may cost more than is left is not made', async () => {
  const { ask, calls } = play({ tokensPerDay: mostTokens + 30 + 20 })
  await ask()
  await ask().catch(() => {})
  expect(calls).toHaveLength(1 + 1)
  await expect(ask()).rejects.toThrow('budget')
})

test('a budget of no calls switches the model off', async () => {
  const { ask, calls } = play({ callsPerDay: 0 })
  await expect(ask()).rejects.toThrow('budget')
  expect(calls).toEqual([])
})

test('a call that fails counts at the most it may have cost', async () => {
  const { ask, will, model } = play()
  will(fails)
  await ask().catch(() => {})
  expect(await model.spentToday()).toEqual({ calls: 1, tokens: mostTokens })
})

test('after three failures in a row it is left alone for a minute, then tried once', async () => {
  const { ask, will, calls, clock, alarms, log } = play()
  will(fails)
  for (let n = 0; n < 5; n++) await ask().catch(() => {})
  expect(calls).toHaveLength(3)
  expect(alarms.list().map(({ text }) => text)).toEqual([expect.stringContaining('answered 500')])
  expect(log.lines).toHaveLength(1 + 1)
  clock.forward({ seconds: 61 })
  await Promise.allSettled([ask(), ask(), ask()])
  expect(calls).toHaveLength(4)
  clock.forward({ seconds: 61 })
  will(async () => '好')
  await ask()
  await ask()
  expect(calls).toHaveLength(6)
  expect(alarms.list()).toEqual([])
})

test('a success in between begins the count anew', async () => {
  const { ask, will, calls } = play()
  for (let n = 0; n < 3; n++) {
    will(fails)
    await ask().catch(() => {})
    await ask().catch(() => {})
    will(async () => '好')
    await ask()
  }
  expect(calls).toHaveLength(9)
})

test('a clock that is put back does not leave the model alone for longer', async () => {
  const { ask, calls, will, clock } = play()
  will(fails)
  for (let n = 0; n < 10; n++) await ask().catch(() => {})
  const before = calls.length
  clock.forward({ hours: -24 * 365 })
  will(async () => '好')
  await ask()
  expect(calls).toHaveLength(before + 1)
})
