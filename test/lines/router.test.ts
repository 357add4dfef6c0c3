import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { type LineHandlers, noHandlers } from '../../src/adapters/line/handlers.ts'
import type { Line } from '../../src/adapters/line/line.ts'
import { createLineRouter } from '../../src/adapters/line/router.ts'
import { createWording } from '../../src/adapters/line/wording.ts'
import { checkLines, plannedLines } from '../../src/app/lines/plan/plan.ts'
import { settingOf } from '../../src/app/lines/plan/settings.ts'
import { createSourcePages } from '../../src/app/lines/source-pages.ts'
import { sayHeld } from '../../src/features/digest/broadcast/words.ts'
import { createOutbox } from '../../src/outbox/index.ts'
import { LineDownError, type Message, type Reply, type Target } from '../../src/ports/chat.ts'
import {
  customerTraits,
  type LineTraits,
  qqTraits,
  robotTraits,
  wechatTraits,
  wecomTraits,
} from '../../src/ports/line-traits.ts'
import { createWorld } from '../conversation.ts'
import { later, pace, pass } from '../outbox/world.ts'

/** A line that keeps what leaves by it. */
function createFakeLine(traits: LineTraits) {
  const said: { target: Target; reply: Reply }[] = []
  let handlers: LineHandlers = noHandlers
  let isUp = true
  const now = Temporal.Instant.from('2026-11-28T13:00:00+08:00')
  const line: Line = {
    chat: {
      async say(target, reply) {
        if (!isUp) throw new LineDownError('down')
        said.push({ target, reply })
        return `m${said.length}`
      },
    },
    on(given) {
      handlers = given
    },
    start: async () => {},
    recall: async () => false,
    reconnect: () => {},
    stopReceiving: async () => {},
    stop: async () => {},
    status: () => ({ name: 'fake', state: isUp ? 'up' : 'down', note: '', since: now }),
    account: () => 'bot',
    traits: () => traits,
  }
  return {
    line,
    said,
    handlers: () => handlers,
    cut: () => {
      isUp = false
    },
  }
}

function openTwo(publicUrl = '', options: { drawsQrCodes?: boolean } = {}) {
  const pictures = { png: async (svg: string) => new TextEncoder().encode(svg) }
  const more = { drawsQrCodes: false, pictures, ...options }
  const world = createWorld()
  const [wechat, qq] = [createFakeLine(wechatTraits), createFakeLine(qqTraits)]
  const pages = createSourcePages({
    store: world.store,
    clock: world.clock,
    keepDays: 90,
    publicUrl,
    domains: ['bot.example.cn'],
    appIds: ['102'],
    ...more,
  })
  const lines = [
    { name: '', title: 'wechat', line: wechat.line },
    { name: 'qq1', title: 'qq1', line: qq.line },
  ]
  return { world, wechat, qq, pages, lines, router: createLineRouter(lines, createWording(pages)) }
}

test('unset, there is one line as today; of several, the first Wechaty line keeps its ids', () => {
  expect(plannedLines({ LINES: '', WECHATY_PUPPET: 'sandbox' })).toEqual([
    { name: '', title: '', kind: 'sandbox' },
  ])
  expect(plannedLines({ LINES: 'qq1:qq, we:wechaty,box:sandbox', WECHATY_PUPPET: 'x' })).toEqual([
    { name: 'qq1', title: 'qq1', kind: 'qq' },
    { name: '', title: 'we', kind: 'wechaty' },
    { name: 'box', title: 'box', kind: 'sandbox' },
  ])
  expect(() => checkLines({ LINES: 'a:qq,a:wecom', WECHATY_PUPPET: 'x' })).toThrow('同名')
  expect(settingOf('102', 'qq1')).toBe('102')
  expect(settingOf('qq1=102, qq2=103', 'qq2')).toBe('103')
  expect(settingOf('qq1=102', 'qq2')).toBe('')
})

test('names that come late, and names that were seen before, go by qualified ids', async () => {
  const { qq, router } = openTwo()
  const [late, asked]: [Message[], unknown[]] = [[], []]
  router.on(() => ({
    ...noHandlers,
    onLateName: message => void late.push(message),
    lastName: async (...ids) => {
      asked.push(ids)
      return '张唯'
    },
  }))
  const at = Temporal.Instant.from('2026-11-28T13:00:00+08:00')
  const message = { id: 'x', groupId: 'G', senderId: 'S', text: '签到', mentionsBot: true }
  qq.handlers().onLateName?.({ ...message, senderName: '张唯', sentAt: at, receivedAt: at })
  expect(late).toMatchObject([{ groupId: 'qq1!G', senderId: 'qq1!S', senderName: '张唯' }])
  expect(await qq.handlers().lastName?.('S', 'G')).toBe('张唯')
  await qq.handlers().lastName?.('S', undefined)
  expect(asked).toEqual([
    ['qq1!S', 'qq1!G'],
    ['qq1!S', undefined],
  ])
})

test('ids are qualified where they come in and stripped where they leave', async () => {
  const { wechat, qq, router } = openTwo()
  const heard: Message[] = []
  router.on(() => ({
    ...noHandlers,
    answer: async message => {
      heard.push(message)
      return []
    },
  }))
  const at = Temporal.Instant.from('2026-11-28T13:00:00+08:00')
  const message = { id: 'x', groupId: 'G', senderId: 'S', senderName: '', text: '签到', mentionsBot: true }
  for (const one of [wechat, qq]) await one.handlers().answer({ ...message, sentAt: at, receivedAt: at })
  expect(heard.map(({ id, groupId, senderId }) => [id, groupId, senderId])).toEqual([
    ['x', 'G', 'S'],
    ['qq1!x', 'qq1!G', 'qq1!S'],
  ])
  expect(await router.chat.say({ groupId: 'qq1!G' }, { text: '好', mention: ['qq1!S', 'T'] }, 1000)).toBe(
    'qq1!m1',
  )
  expect(await router.chat.say({ groupId: 'G' }, { text: '好' }, 1000)).toBe('m1')
  expect(qq.said).toEqual([{ target: { groupId: 'G' }, reply: { text: '好', mention: ['S'] } }])
  await expect(router.chat.say({ groupId: 'old!G' }, { text: '好' }, 1000)).rejects.toThrow('LINES')
})

test('a line that hears mentions only says so, and no link leaves that it refuses', async () => {
  const { qq, router, pages } = openTwo('https://bot.example.cn')
  const text = '《高企办法》国科发火〔2016〕32号\n原文：https://www.most.gov.cn/x.html\n直接发「签到」就行。'
  await router.chat.say({ groupId: 'qq1!G' }, { text }, 1000)
  const said = qq.said[0]?.reply.text ?? ''
  expect(said).toContain('发「@我 签到」')
  const path = /https:\/\/bot\.example\.cn(\/s\/\S+)/.exec(said)?.[1] ?? ''
  const page = await (await pages.open.request(path)).text()
  expect(page).toContain('https://www.most.gov.cn/x.html')
  expect(page).toContain('《高企办法》国科发火〔2016〕32号<br>')
  expect((await pages.open.request('/s/0123456789')).status).toBe(404)
  // QQ asks for this file before it lets a domain through.
  expect(await (await pages.open.request('/102.json')).json()).toEqual({ bot_appid: 102 })
  expect((await pages.open.request('/103.json')).status).toBe(404)
})

test('a line that can mention nobody promises no mention', async () => {
  const { pages } = openTwo()
  const reply = { text: '已转给组织者，有答复我在这里 @ 你。', mention: ['staff!mei'] }
  const place = { target: { groupId: 'staff!G' }, line: 'staff', traits: wecomTraits }
  expect(await createWording(pages)(reply, place)).toEqual({ text: '已转给组织者，有答复我在这里告诉你。' })
})

test.each([
  ['wechat', wechatTraits, true],
  ['qq1', qqTraits, true],
  ['staff', wecomTraits, false],
  ['push', robotTraits, false],
  ['kh', customerTraits, false],
] as const)(
  'the line %s mentions whom it promises to mention, or promises none',
  async (line, traits, mentions) => {
    const { pages } = openTwo()
    const word = createWording(pages)
    const place = { target: { groupId: `${line}!G` }, line, traits }
    for (const promise of [
      '有答复我在群里 @ 你。',
      '有答复我在这里 @ 你。',
      '转人工 问题 —— 请指导员来答，答了我 @ 你',
    ]) {
      const { text = '' } = await word({ text: promise }, place)
      expect(text.includes('@ 你')).toBe(mentions)
      if (!mentions) expect(text).toContain('告诉你')
    }
    const answer = await word({ text: '答复（3 号）：可以。', mention: [`${line}!mei`, 'other!mei'] }, place)
    expect(answer).toEqual({ text: '答复（3 号）：可以。', ...(mentions ? { mention: ['mei'] } : {}) })
  },
)

test('a text with several sources leads to one page of our own with all of them', async () => {
  const { qq, router, pages } = openTwo('https://bot.example.cn')
  const text = '政策速递 11月28日\n\n1. 甲\nhttps://a.gov.cn/1 \n\n2. 乙\n见 www.b.gov.cn/2。'
  await router.chat.say({ groupId: 'qq1!G' }, { text }, 1000)
  const said = qq.said[0]?.reply.text ?? ''
  expect(said.match(/https?:\S+/gu)).toHaveLength(1)
  const path = /https:\/\/bot\.example\.cn(\/s\/\S+)/.exec(said)?.[1] ?? ''
  const page = await (await pages.open.request(path)).text()
  expect(page).toContain('<a href="https://a.gov.cn/1"')
  expect(page).toContain('政策速递 11月28日')
})

test('where no link can stand, the settings may want the address as a QR code', async () => {
  const { wechat, qq, router } = openTwo('', { drawsQrCodes: true })
  const text = '依据：《办法》 https://a.gov.cn/1'
  await router.chat.say({ groupId: 'qq1!G' }, { text }, 1000)
  expect(qq.said[0]?.reply).toMatchObject({
    text: expect.not.stringContaining('gov.cn'),
    file: { mimeType: 'image/png' },
  })
  await router.chat.say({ groupId: 'qq1!G' }, { text: '没有网址' }, 1000)
  expect(qq.said[1]?.reply.file).toBeUndefined()
  await router.chat.say({ groupId: 'G' }, { text }, 1000)
  expect(wechat.said[0]?.reply).toEqual({ text })
})

test('a line that is down, or paused, holds up no other line; accepted is the proof where nothing comes back', async () => {
  const { world, wechat, qq, router, lines } = openTwo()
  const outbox = createOutbox({
    ...world,
    chat: router.chat,
    pace,
    nameOf: async () => '群',
    isLineUp: () => lines.every(({ line }) => line.status().state === 'up'),
    account: () => '',
    proofOf: target => router.traits(target)?.proof ?? 'echo',
    lines: lines.map(({ name, title, line }) => ({
      name,
      title,
      isUp: () => line.status().state === 'up',
      account: () => '',
      pace: line.traits({ groupId: '' }).pace,
    })),
  })
  await outbox.start()
  wechat.cut()
  const post = (key: string, groupId: string) => ({
    key,
    target: { groupId },
    kind: 'prompt' as const,
    reply: { text: key },
    notAfter: later(world),
  })
  await outbox.post([post('b1/g', 'G'), post('b1/q', 'qq1!G')])
  await pass(world, 10)
  expect(outbox.resendRefusal({ groupId: 'G' })).toContain('线路断着')
  expect(outbox.resendRefusal({ groupId: 'qq1!G' })).toBeUndefined()
  const states = async () =>
    Object.fromEntries((await outbox.deliveries('b1')).map(one => [one.key, one.state]))
  expect(await states()).toEqual({ 'b1/g': 'due', 'b1/q': 'confirmed' })
  await outbox.pause('试一试', 'qq1')
  await outbox.post([post('b1/q2', 'qq1!G')])
  await pass(world, 10)
  expect((await states())['b1/q2']).toBe('due')
  expect(outbox.status().lines.map(({ pause, waiting }) => [pause?.reason, waiting])).toEqual([
    [undefined, 1],
    ['试一试', 1],
  ])
  expect(sayHeld(outbox.status(), world.clock.now())).toEqual([
    expect.stringMatching(/线路「qq1」的发送暂停着（试一试），别的线路照发。.*恢复发送 qq1/),
    expect.stringContaining('线路「wechat」断着'),
  ])
  await outbox.pause('都停')
  expect(sayHeld(outbox.status(), world.clock.now())[0]).toBe(
    '注意：发送暂停着（都停）。要继续说「恢复发送」。',
  )
  await outbox.resume('')
  await outbox.resume('qq1')
  await pass(world, 10)
  expect((await states())['b1/q2']).toBe('confirmed')
  expect(qq.said).toHaveLength(2)
  await outbox.stop()
})
