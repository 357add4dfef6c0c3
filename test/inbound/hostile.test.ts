import { setImmediate as turn } from 'node:timers/promises'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { apology } from '../../src/bot.ts'
import { restAfter } from '../../src/inbound/command-words.ts'
import { burstWaits } from '../../src/inbound/questions.ts'
import { asReceived } from '../../src/inbound/received.ts'
import { unlimitedInbound } from '../../src/inbound/settings.ts'
import type { Message, Reply } from '../../src/ports/chat.ts'
import { fold } from '../../src/text/fold.ts'
import { readMentions } from '../../src/text/names/mentions.ts'
import { hostileName, hostileText } from './hostile-words.ts'
import { openTown, type Town } from './town.ts'

const bound = ['优空间', '__proto__']
const groups = [...bound, '别人的群', 'constructor', '../g', 'g\u0000']
const senders = ['chen', 'mei', 'zhang', '__proto__', 'constructor', '../../x', 'a/b', '\ud800', '']

const strictHabits = {
  staleMinutes: 10,
  limits: { perPersonPerMinute: 6, perGroupPerMinute: 20 },
  commandLimits: { perPersonPerMinute: 10, perGroupPerMinute: 30 },
  privateCommandsPerMinute: 30,
  answersPerPersonPerDay: Number.POSITIVE_INFINITY,
  mergeSeconds: 20,
  waits: burstWaits,
}

type Shot = {
  written: string
  id: string
  senderId: string
  senderName: string
  place: string | undefined
  groupName: string
  isMentionedById: boolean
  otherName: string
  ageMs: number
  gapMs: number
}

const shot: fc.Arbitrary<Shot> = fc.record({
  written: hostileText,
  id: hostileName,
  senderId: fc.constantFrom(...senders),
  senderName: hostileName,
  place: fc.option(fc.constantFrom(...groups), { nil: undefined, freq: 3 }),
  groupName: hostileName,
  isMentionedById: fc.boolean(),
  otherName: hostileName,
  ageMs: fc.oneof(
    { arbitrary: fc.integer({ min: 0, max: 2000 }), weight: 8 },
    { arbitrary: fc.integer({ min: -1e9, max: 1e9 }), weight: 1 },
    { arbitrary: fc.constantFrom(1_795_846_800_000, -8e12), weight: 1 },
  ),
  gapMs: fc.integer({ min: 0, max: 9000 }),
})

function messageOf(one: Shot, { clock }: Town, count: number): Message {
  const now = clock.now()
  const setting = { botNames: ['小创'], otherNames: [one.otherName], isMentionedById: one.isMentionedById }
  return {
    // Most are new; a few come twice.
    id: count % 10 === 0 ? one.id : `${one.id}${count}`,
    senderId: one.senderId,
    senderName: one.senderName,
    ...(one.place === undefined ? {} : { groupId: one.place, groupName: one.groupName }),
    ...readMentions(one.written, setting),
    sentAt: Temporal.Instant.fromEpochMilliseconds(now.epochMilliseconds - one.ageMs),
    receivedAt: now,
  }
}

/** Whether the bot may speak up after this: it was named, or given a word or a number that it listens for. */
function isForTheBot(message: Message, { features }: Town, ours: Set<string>): boolean {
  const words = features.flatMap(({ commands = [] }) => commands)
  const heard = words.filter(
    command =>
      restAfter(command, message) !== undefined ||
      command.matches?.(message.text, message.groupId === undefined) !== undefined,
  )
  if (message.groupId === undefined) return true
  if (!ours.has(message.groupId)) return heard.some(command => command.inUnboundGroups)
  const isAwaited = /^(?:完整答案|完整|详细|全部|[^\s]{0,3}\s*[1-9一二三]\s*[^\s]{0,2})$/u.test(
    fold(message.text),
  )
  return message.mentionsBot || heard.length > 0 || isAwaited
}

function expectDecent(reply: Reply) {
  const { text = '' } = reply
  expect(text === '' && reply.file === undefined).toBe(false)
  expect(text.length).toBeLessThanOrEqual(4000)
  expect(text.isWellFormed()).toBe(true)
  expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}|\p{Cs}/u)
  expect(text).not.toContain('undefined')
  expect(text).not.toContain('[object')
}

/** Everybody speaks, as fast as the shots say, and the clock runs on until all is answered. */
async function speak(town: Town, shots: readonly Shot[]) {
  const answers: Promise<{ message: Message; replies: Reply[] }>[] = []
  for (const [count, one] of shots.entries()) {
    const message = messageOf(one, town, count)
    answers.push(town.bot.answer(message).then(replies => ({ message, replies })))
    town.clock.forward({ milliseconds: one.gapMs })
    if (count % 3 === 0) await turn()
  }
  let isOver = false
  const all = Promise.all(answers).finally(() => {
    isOver = true
  })
  while (!isOver) {
    town.clock.forward({ seconds: 1 })
    await turn()
  }
  return all
}

/** `npm run test:hostile` sends them all; each commit has a seed of its own, so that the fewer are others each time. */
const messages = process.env.HOSTILE === 'full' ? 10_000 : 4000

test(`${messages} hostile messages neither crash the bot nor make it speak out of turn`, async () => {
  const perRun = 200
  let answered = 0
  const property = fc.asyncProperty(
    fc.array(shot, { minLength: perRun, maxLength: perRun, size: 'max' }),
    fc.boolean(),
    async (shots, isStrict) => {
      const town = await openTown(bound, isStrict ? strictHabits : unlimitedInbound)
      const ours = new Set(bound)
      for (const { message, replies } of await speak(town, shots)) {
        const { groupId, text } = message
        if (replies.length > 0)
          expect(isForTheBot(asReceived(message), town, ours), JSON.stringify(text)).toBe(true)
        // Any organizer may bind by then: 陈静 agrees to applications, too.
        if (groupId && replies.some(reply => reply.text?.includes('绑定好了'))) ours.add(groupId)
        answered += replies.length
        for (const reply of replies) expectDecent(reply)
        expect(replies).not.toContainEqual({ text: apology })
      }
      for (const { target, reply } of town.posted) {
        if ('groupId' in target) expect(ours).toContain(target.groupId)
        expectDecent(reply)
      }
      expect(town.log.lines).toEqual([])
    },
  )
  await fc.assert(property, { numRuns: messages / perRun, endOnFailure: true })
  // Else it was merely deaf.
  expect(answered).toBeGreaterThan(messages / 10)
})
