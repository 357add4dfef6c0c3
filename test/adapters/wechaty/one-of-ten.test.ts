import { expect, onTestFinished, test, vi } from 'vitest'
import { SandboxPuppet } from '../../../src/adapters/wechaty/puppets/sandbox-puppet.ts'
import { botSaid, group, openTestLine, until } from './harness.ts'

test.each<[string, (real: () => Promise<unknown>) => unknown]>([
  ['are refused by the gateway', async () => Promise.reject(new Error('2 UNKNOWN: no such message'))],
  [
    'fail before they are asked for',
    () => {
      throw new Error('no connection')
    },
  ],
  ['come as nothing', async () => undefined],
  ['come without their sender', async real => ({ ...((await real()) as object), talkerId: undefined })],
  ['come without words', async real => ({ ...((await real()) as object), text: undefined })],
])('where two of some ten messages %s, the others are answered at once and in order', async (_, fail) => {
  const real = SandboxPuppet.prototype.messagePayload
  let count = 0
  const spy = vi.spyOn(SandboxPuppet.prototype, 'messagePayload').mockImplementation(function (
    this: SandboxPuppet,
    id,
  ) {
    const original = () => real.call(this, id)
    count += 1
    return (count === 4 || count === 8 ? fail(original) : original()) as ReturnType<typeof real>
  })
  onTestFinished(() => spy.mockRestore())
  const { world } = await openTestLine(async ({ text }) => [{ text: `答${text}` }])
  const startedAt = performance.now()
  for (let number = 1; number <= 10; number += 1)
    await world.saysInGroup(group, { from: 'zhangwei', text: String(number) })
  await until(async () => (await botSaid(world, group)).includes('答10'))
  expect(performance.now() - startedAt).toBeLessThan(4000)
  const numbers = (await botSaid(world, group)).flatMap(text => Number(text.slice(1)) || [])
  expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
  // Echoes of answers are looked up as well, and may be those that fail.
  expect(numbers.length).toBeGreaterThanOrEqual(8)
})
