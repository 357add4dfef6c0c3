import { describe, expect, test } from 'vitest'
import { createBot } from '../../src/bot.ts'
import type { Feature } from '../../src/feature.ts'
import { burstWaits } from '../../src/inbound/questions.ts'
import { type InboundSettings, unlimitedInbound } from '../../src/inbound/settings.ts'
import type { Message } from '../../src/ports/chat.ts'
import { ProcessedMessage } from '../../src/processed-messages.ts'
import { botSaid, openTestLine, until, group as youkongjian } from '../adapters/wechaty/harness.ts'
import { createFixedDirectory, createWorld } from '../conversation.ts'
import { settle } from '../outbox/world.ts'

const group = '优空间创客群'
const waiting: InboundSettings = { ...unlimitedInbound, waits: burstWaits }

const features: Feature[] = [
  {
    name: 'words',
    commands: [
      {
        words: ['签到'],
        takes: 'nothing',
        role: 'maker',
        where: 'anywhere',
        help: '',
        run: () => '已签到。',
      },
    ],
    listen: async ({ text }) => (text.startsWith('同意') ? `好，${text}` : undefined),
  },
  {
    name: 'questions',
    takesQuestions: true,
    awaits: ({ text }) => text === '2',
    async listen({ text }) {
      if (text.includes('坏')) throw new Error('disk on fire')
      return `答：${text.replaceAll('\n', '/')}`
    },
  },
]

/** A bot that waits for the rest of a question, and the answers in the order in which they came. */
function open(settings = waiting) {
  const world = createWorld()
  const { clock, log, store } = world
  const seen = store.collection('seen', ProcessedMessage)
  const bot = createBot({ features, directory: createFixedDirectory([group]), seen, clock, log, settings })
  const said: string[] = []
  let ids = 0
  async function hears(text: string, more: Partial<Message> & { inPrivate?: true } = {}) {
    const { inPrivate, ...given } = more
    const place = inPrivate ? {} : { groupId: group }
    const now = { sentAt: clock.now(), receivedAt: clock.now() }
    const who = { id: `in-${++ids}`, senderId: 'mei', senderName: '小美', mentionsBot: true }
    void bot
      .answer({ ...who, ...place, ...now, text, ...given })
      .then(replies => said.push(...replies.flatMap(reply => reply.text ?? [])))
    await settle()
  }
  async function pass(ms: number) {
    clock.forward({ milliseconds: ms })
    await settle()
  }
  return { world, said, hears, pass }
}

describe('a person’s burst of short messages', () => {
  test('is answered as one question, once', async () => {
    const { said, hears, pass } = open()
    await hears('请问')
    await pass(1500)
    await hears('高企')
    await pass(2000)
    await hears('怎么报')
    expect(said).toEqual([])
    await pass(1200)
    expect(said).toEqual(['答：请问/高企/怎么报'])
    await pass(60_000)
    expect(said).toHaveLength(1)
  })
  test('is over at once when its last piece ends it', async () => {
    const { said, hears } = open()
    await hears('请问')
    await hears('高企怎么报？')
    expect(said).toEqual(['答：请问/高企怎么报？'])
  })
  test('that stops in the middle is answered all the same', async () => {
    const { said, hears, pass } = open()
    await hears('请问')
    await pass(2999)
    expect(said).toEqual([])
    await pass(1)
    expect(said).toEqual(['答：请问'])
  })
  test('whose pieces lie too far apart is two', async () => {
    const { world, said, hears, pass } = open()
    await hears('请问', { sentAt: world.clock.now().subtract({ seconds: 90 }) })
    await hears('高企怎么报')
    expect(said).toEqual(['答：请问', '答：高企怎么报'])
    await pass(5000)
    expect(said).toHaveLength(2)
  })
  test('has nothing to do with what others say, or with what is said elsewhere', async () => {
    const { said, hears, pass } = open()
    await hears('请问')
    await hears('高企怎么报', { senderId: 'zhang' })
    await hears('科小怎么报', { inPrivate: true })
    await hears('大家早', { mentionsBot: false })
    expect(said).toEqual(['答：高企怎么报', '答：科小怎么报'])
    await pass(3000)
    expect(said.at(-1)).toBe('答：请问')
  })
  test('that is delivered again piece by piece is not answered again', async () => {
    const { world, said, hears, pass } = open()
    const sentAt = world.clock.now()
    await hears('请问', { id: 'a', sentAt })
    await hears('请问', { id: 'a', sentAt })
    await hears('高企怎么报？', { id: 'b', sentAt })
    await pass(5000)
    for (const id of ['a', 'new']) await hears('请问', { id, sentAt })
    for (const id of ['b', 'newer']) await hears('高企怎么报？', { id, sentAt })
    await pass(5000)
    expect(said).toEqual(['答：请问/高企怎么报？'])
  })
  test('that breaks something is excused once, and the next question is answered', async () => {
    const { world, said, hears } = open()
    await hears('请问')
    await hears('坏了怎么办？')
    await hears('高企怎么报')
    expect(said).toEqual([expect.stringContaining('抱歉'), '答：高企怎么报'])
    expect(world.log.lines).toHaveLength(1)
  })
})

describe('nothing else waits', () => {
  test('a whole question', async () => {
    const { said, hears } = open()
    await hears('高企怎么报')
    expect(said).toEqual(['答：高企怎么报'])
  })
  test('a command, a number that was asked for and words that somebody listens for: they end the burst before them', async () => {
    for (const [text, answer] of [
      ['签到', '已签到。'],
      ['2', '答：2'],
      ['同意 3', '好，同意 3'],
    ] as const) {
      const { said, hears, pass } = open()
      await hears('请问')
      await hears(text)
      expect(said).toEqual(['答：请问', answer])
      await pass(5000)
      expect(said).toHaveLength(2)
    }
  })
})

describe('too many questions', () => {
  const limited: InboundSettings = {
    ...unlimitedInbound,
    limits: { perPersonPerMinute: 2, perGroupPerMinute: 4 },
  }
  test('are dropped, which is said once a minute; commands are not', async () => {
    const { said, hears, pass } = open(limited)
    for (let n = 1; n <= 5; n++) await hears(`高企怎么报${n}`)
    for (let n = 0; n < 3; n++) {
      await pass(1)
      await hears('签到')
    }
    expect(said).toEqual([
      '答：高企怎么报1',
      '答：高企怎么报2',
      '问得有点快，我先歇一会儿，1 分钟后再问我。',
      '已签到。',
      '已签到。',
      '已签到。',
    ])
    await pass(60_000)
    await hears('高企怎么报')
    expect(said.at(-1)).toBe('答：高企怎么报')
  })
  test('of a whole group are dropped too, numbers that were asked for among them', async () => {
    const { said, hears } = open(limited)
    for (const senderId of ['a', 'b', 'c', 'd', 'e', 'f']) await hears('2', { senderId })
    expect(said).toEqual([...Array(4).fill('答：2'), '问得有点快，我先歇一会儿，1 分钟后再问我。'])
  })
})

test('over a line, a question that comes in pieces gets one answer, and nobody else waits for it', async () => {
  const answers: { answer: ReturnType<typeof createBot>['answer'] } = { answer: async () => [] }
  const { world, clock, log } = await openTestLine(message => answers.answer(message))
  const seen = createWorld().store.collection('seen', ProcessedMessage)
  const directory = createFixedDirectory([youkongjian])
  Object.assign(answers, createBot({ features, directory, seen, clock, log, settings: waiting }))
  await world.saysInGroup(youkongjian, { from: 'zhangwei', text: '请问', mention: true })
  await world.saysInGroup(youkongjian, { from: 'linxiaomei', text: '签到' })
  await until(async () => (await botSaid(world, youkongjian)).length === 1)
  await world.saysInGroup(youkongjian, { from: 'zhangwei', text: '高企怎么报？', mention: true })
  await until(async () => (await botSaid(world, youkongjian)).length === 2)
  expect(await botSaid(world, youkongjian)).toEqual(['已签到。', '答：请问/高企怎么报？'])
})
