import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { createMemoryJournal } from '../../src/adapters/journal.ts'
import { createBot } from '../../src/bot.ts'
import type { Feature } from '../../src/feature.ts'
import { openAttendanceRecords } from '../../src/features/attendance/lessons/records/records.ts'
import type { Message } from '../../src/ports/chat.ts'
import type { Journal } from '../../src/ports/journal.ts'
import { ProcessedMessage } from '../../src/processed-messages.ts'
import { createWorld, openCommunity, type World } from '../conversation.ts'
import { openAttendance } from '../features/attendance/opened.ts'
import { createRecordingOutbox } from '../features/attendance/recording-outbox.ts'
import { createMortalStep, createMortalStore, settle } from '../outbox/world.ts'

const group = '优空间创客群'
const Effect = z.object({ times: z.number() })

/** One life of the bot, with lessons, something that may happen once only, and questions. */
function live(
  { clock, log, store: kept, scheduler, journal }: World & { journal: Journal },
  stepsToLive = Number.POSITIVE_INFINITY,
) {
  const { step, kill } = createMortalStep(stepsToLive)
  const store = createMortalStore(kept, step)
  const outbox = createRecordingOutbox(clock)
  const { feature: people, directory, roster } = openCommunity({ store, clock, outbox })
  const effects = store.collection('effects', Effect)
  const pushing: Feature = {
    name: 'pushing',
    commands: [
      {
        words: ['推送'],
        takes: 'text',
        role: 'maker',
        where: 'anywhere',
        help: '',
        async run(_, rest) {
          await effects.update(`all/${rest}`, now => ({ times: (now?.times ?? 0) + 1 }))
          return '推送好了'
        },
      },
    ],
    takesQuestions: true,
    listen: async ({ text }) => `听到：${text}`,
  }
  const features = [
    people,
    openAttendance({
      store,
      clock,
      outbox,
      directory,
      roster,
      scheduler,
    }).feature,
    pushing,
  ]
  const bot = createBot({
    features,
    directory,
    seen: store.collection('seen', ProcessedMessage),
    journal,
    clock,
    log,
  })
  return { bot, kill }
}

const said = fc.record({
  senderId: fc.constantFrom('mei', 'zhang', 'lin'),
  text: fc.constantFrom('签到', '请假 出差', '推送', '高企怎么报'),
  mentionsBot: fc.boolean(),
  isInPrivate: fc.boolean(),
})
const crash = fc.record({ stepsToLive: fc.nat(80), isUnderNewIds: fc.boolean() })

async function openLesson() {
  const world = { ...createWorld('2026-11-28T13:55:00+08:00'), journal: createMemoryJournal() }
  const { bot } = live(world)
  const now = world.clock.now()
  const chen = { senderId: 'chen', senderName: '陈姐', mentionsBot: false, sentAt: now, receivedAt: now }
  for (const text of ['认领 482913', '绑定本群', '开课 周末微党课 14:00'])
    await bot.answer({ ...chen, id: text, groupId: group, text })
  return world
}

test('whatever crashes and is redelivered: who signed in is in, and nothing happens or is answered twice', async () => {
  const scenario = fc.tuple(
    fc.array(said, { minLength: 1, maxLength: 12 }),
    fc.array(crash, { minLength: 1, maxLength: 4 }),
  )
  await fc.assert(
    fc.asyncProperty(scenario, async ([lines, crashes]) => {
      const world = await openLesson()
      const messages = lines.map(({ isInPrivate, ...line }, index): Message => {
        const text = line.text === '推送' ? `推送 ${index}` : line.text
        // Each in a second of its own: these are different messages.
        const sentAt = world.clock.now().add({ seconds: index })
        const place = isInPrivate ? {} : { groupId: group, groupName: group }
        return {
          ...line,
          ...place,
          text,
          id: `m${index}`,
          senderName: line.senderId,
          sentAt,
          receivedAt: sentAt,
        }
      })
      world.clock.forward({ seconds: lines.length })
      const answers = messages.map(() => 0)
      const lives = [...crashes, { stepsToLive: Number.POSITIVE_INFINITY, isUnderNewIds: false }]
      for (const [number, { stepsToLive, isUnderNewIds }] of lives.entries()) {
        const { bot, kill } = live(world, stepsToLive)
        for (const [index, message] of messages.entries()) {
          const id = isUnderNewIds ? `${message.id}-again-${number}` : message.id
          const redelivered = { ...message, id, receivedAt: world.clock.now() }
          void bot.answer(redelivered).then(replies => {
            if (replies.length > 0) answers[index] = (answers[index] ?? 0) + 1
          })
        }
        for (let turns = 0; turns < 40; turns++) await settle()
        kill()
        world.clock.forward({ seconds: 5 })
      }
      const checkIns = (await openAttendanceRecords(world.store).checkIns.list('')).map(({ value }) => value)
      for (const senderId of ['mei', 'zhang', 'lin']) {
        const signed = messages.find(one => one.senderId === senderId && one.text === '签到' && one.groupId)
        const checkIn = checkIns.find(({ name }) => name === senderId)
        expect(checkIn?.tries[0]?.at).toBe(signed?.sentAt.toString())
        const left = messages.some(one => one.senderId === senderId && one.text.startsWith('请假'))
        expect(checkIn?.leave !== undefined).toBe(left)
      }
      const effects = await world.store.collection('effects', Effect).list('')
      for (const { value } of effects) expect(value.times).toBe(1)
      for (const times of answers) expect(times).toBeLessThanOrEqual(1)
      expect(world.log.lines).toEqual([])
    }),
    { numRuns: 150 },
  )
})
