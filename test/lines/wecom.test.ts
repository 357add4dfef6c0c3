import { WSClient } from '@wecom/aibot-node-sdk'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { toMarkdown } from '../../src/adapters/wecom/protocol/markdown.ts'
import { DeadlineError } from '../../src/ports/chat.ts'
import { deadlineMs, type OpenRig, openWecomRig } from './rigs.ts'

let rig: Awaited<ReturnType<typeof openWecomRig>>
let bot: OpenRig | undefined

beforeAll(async () => {
  rig = await openWecomRig()
})
afterAll(() => rig.server.close())
afterEach(async () => {
  await bot?.line.stop()
  bot = undefined
  rig.wecom.behaviour.subscribe = 'ok'
})

const isUp = () => bot?.line.status().state === 'up'
async function open() {
  const opened = rig.open()
  bot = opened
  await opened.line.start()
  await opened.until(isUp)
  return opened
}

test('taken over by another connection, it stops and says so, and never fights', async () => {
  const first = await open()
  const before = rig.connections()
  const second = rig.open()
  await second.line.start()
  await first.until(() => first.line.status().state === 'down')
  expect(first.line.status()).toMatchObject({ note: expect.stringContaining('别处连上了'), isFinal: true })
  expect(first.alarms.list().map(({ text }) => text)).toEqual([expect.stringContaining('别处连上了')])
  rig.says({ from: 'mei', text: '谁在' })
  await second.until(() => second.heard.length === 1)
  expect(rig.connections()).toBe(before + 1)
  await second.line.stop()
  first.line.reconnect()
  await first.until(isUp)
  expect(first.alarms.list()).toEqual([])
})

test.each(['silent', 'close'] as const)(
  'a subscription that is answered with %s is tried again',
  async how => {
    rig.wecom.behaviour.subscribe = how
    const opened = rig.open()
    bot = opened
    void opened.line.start()
    const before = rig.connections()
    await opened.until(() => rig.connections() > before)
    rig.wecom.behaviour.subscribe = 'ok'
    await opened.until(isUp)
  },
)

test('a bot that is not accepted says which settings to look at, and connects once it is', async () => {
  rig.wecom.behaviour.subscribe = 'refuse'
  const opened = rig.open()
  bot = opened
  await opened.line.start()
  expect(opened.line.status()).toMatchObject({
    state: 'down',
    isRefused: true,
    note: expect.stringContaining('WECOM_BOT_SECRET'),
  })
  rig.wecom.behaviour.subscribe = 'ok'
  await opened.until(isUp)
  expect(opened.line.status().isRefused).toBeUndefined()
})

test('every kind of callback that has words is heard, the case of a chat id is kept', async () => {
  const opened = await open()
  const encrypted = 'woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA'
  rig.wecom.says({ from: encrypted, group: 'wrAbC', text: '@创客助手 签到 ' })
  rig.wecom.says({ from: 'mei', body: { msgtype: 'voice', voice: { content: '请假' } } })
  rig.wecom.says({
    from: 'mei',
    group: 'wrAbC',
    body: {
      msgtype: 'mixed',
      mixed: { msg_item: [{ msgtype: 'text', text: { content: '@创客助手 看图' } }, { msgtype: 'image' }] },
    },
  })
  rig.wecom.says({ from: 'mei', body: { msgtype: 'image', image: { url: 'https://x', aeskey: 'k' } } })
  rig.wecom.says({
    from: 'mei',
    group: 'wrAbC',
    body: { msgtype: 'image', image: { url: 'https://x', aeskey: 'k' } },
  })
  rig.wecom.says({ from: 'mei', text: '完' })
  await opened.until(() => opened.heard.some(({ text }) => text === '完'))
  expect(opened.heard.map(({ senderId, groupId, text }) => [senderId, groupId, text])).toEqual([
    [encrypted, 'wrAbC', '签到'],
    ['mei', undefined, '请假'],
    ['mei', 'wrAbC', '看图'],
    ['mei', undefined, '[文件] 图片'],
    ['mei', undefined, '完'],
  ])
  expect(opened.heard.slice(0, 2).map(({ senderName }) => senderName)).toEqual(['', 'mei'])
})

test('a message with a time that is none is heard at the time of its arrival', async () => {
  const opened = await open()
  rig.wecom.says({ from: 'mei', text: '签到', body: { create_time: 1e300 } })
  await opened.until(() => opened.heard.length === 1)
  const [heard] = opened.heard
  expect(heard?.sentAt).toEqual(heard?.receivedAt)
})

test('an answer is a finished stream, what comes unasked is markdown', async () => {
  const opened = await open()
  rig.says({ from: 'mei', group: 'wrB', text: '问' })
  await opened.until(() => rig.wecom.shown.some(({ content }) => content === '听到：问'))
  expect(rig.wecom.shown.at(-1)?.how).toBe('reply')
  await opened.line.stop()
  const again = await open()
  await again.line.chat.say({ groupId: 'wrB' }, { text: '【推送】\n1. 高企_申报' }, deadlineMs)
  expect(rig.wecom.shown.at(-1)).toMatchObject({ how: 'push', content: '【推送】\n1. 高企\\_申报' })
})

test('an answer that comes after its deadline proves nothing about the next message', async () => {
  const opened = await open()
  rig.says({ from: 'mei', group: 'wrLate', text: '迟到' })
  await opened.until(() => rig.wecom.shown.some(({ content }) => content === '听到：迟到'))
  rig.wecom.hold()
  const say = (text: string) => opened.line.chat.say({ groupId: 'wrLate' }, { text }, 80)
  await expect(say('第一条')).rejects.toThrow(DeadlineError)
  rig.wecom.behaviour.send = 'silent'
  const second = say('第二条')
  rig.wecom.letGo()
  await expect(second).rejects.toThrow(DeadlineError)
  rig.wecom.behaviour.send = 'ok'
  expect(rig.wecom.shown.slice(-2).map(({ content }) => content)).toEqual(['第一条', '第二条'])
})

test('an answer that comes twice proves nothing about the next message', async () => {
  const opened = await open()
  rig.says({ from: 'mei', group: 'wrTwice', text: '两遍' })
  await opened.until(() => rig.wecom.shown.some(({ content }) => content === '听到：两遍'))
  Object.assign(rig.wecom.behaviour, { repeatsAcks: true, send: 'silent' })
  const next = opened.line.chat.say({ groupId: 'wrTwice' }, { text: '下一条' }, 80)
  await expect(next).rejects.toThrow(DeadlineError)
  Object.assign(rig.wecom.behaviour, { repeatsAcks: false, send: 'ok' })
})

test('markdown loses nothing of a plain text', () => {
  const shown = (markdown: string) =>
    markdown.replace(/\\([\\`*_~[\]<#>+=&|:.)-])/gu, '$1').replaceAll('\u00a0', ' ')
  fc.assert(
    fc.property(
      fc.string({
        unit: fc.constantFrom(
          '*',
          '_',
          '#',
          ' ',
          '>',
          '-',
          '\n',
          '政',
          'a',
          '[',
          '`',
          '<',
          '~',
          '=',
          '&',
          ';',
          '|',
          ':',
          '1',
          '2',
          '.',
          ')',
        ),
      }),
      text => {
        expect(shown(toMarkdown(text))).toBe(text)
      },
    ),
    { numRuns: 300 },
  )
  expect(toMarkdown('见 https://a.gov.cn/x_y_z?a=1*2')).toBe('见 https://a.gov.cn/x_y_z?a=1*2')
  expect(toMarkdown('标题\n---\n正文\n==\n')).toBe('标题\n\\---\n正文\n\\==\n')
  expect(toMarkdown('A&B；&lt;')).toBe('A&B；\\&lt;')
  expect(toMarkdown('# 一\n> 二\n- 三')).toBe('\\# 一\n\\> 二\n\\- 三')
})

test.each([
  ['a heading of any level', '## 二\n###### 六\n甲\n#', '\\## 二\n\\###### 六\n甲\n\\#'],
  ['a topic is no heading', '#创客周#', '#创客周#'],
  ['a quotation without a blank', '>引用\n>>再引用', '\\>引用\n\\>>再引用'],
  ['a table', '| 甲 | 乙 |\n| --- | :-: |', '| 甲 | 乙 |\n\\| --- | :-: |'],
  ['numbers that count up', '1. 甲\n说明\n\n2. 乙', '1. 甲\n说明\n\n2. 乙'],
  ['a list with a gap would be counted anew', '1. 甲\n2. 乙\n4. 丁', '1. 甲\n2. 乙\n4\\. 丁'],
  ['a list that begins later', '3. 丙\n4. 丁', '3\\. 丙\n4\\. 丁'],
  ['a second list', '1. 甲\n2. 乙\n\n1. 丙', '1. 甲\n2. 乙\n\n1\\. 丙'],
  ['brackets, and a year', '1) 甲\n5) 戊\n2026. 年', '1) 甲\n5\\) 戊\n2026\\. 年'],
  ['a figure', '1.5 万元\n10.甲', '1.5 万元\n10.甲'],
  [
    'an indented paragraph would be code',
    '通知\n\n    各单位：\n\t见_附件_',
    '通知\n\n\u00a0\u00a0\u00a0\u00a0各单位：\n\u00a0\u00a0\u00a0\u00a0见\\_附件\\_',
  ],
])('markdown keeps what stands there: %s', (_what, text, markdown) => {
  expect(toMarkdown(text)).toBe(markdown)
})

test.each([
  ['families', '👨‍👩‍👧‍👦'.repeat(1200)],
  ['flags', `甲a${'🇨🇳'.repeat(3000)}`],
  ['skins', `a${'👍🏽'.repeat(3000)}`],
  ['stars', `a${'*'.repeat(11_000)}`],
  ['names with lines', 'a_'.repeat(8000)],
])('a text of more than 20 kB is cut between characters as people see them: %s', async (what, text) => {
  const opened = await open()
  rig.says({ from: 'mei', group: 'wrLong', text: what })
  await opened.until(() => rig.wecom.shown.some(({ content }) => content === `听到：${what}`))
  const before = rig.wecom.shown.length
  await opened.line.chat.say({ groupId: 'wrLong' }, { text }, deadlineMs)
  const parts = rig.wecom.shown.slice(before).map(({ content }) => content)
  expect(parts.length).toBeGreaterThan(1)
  expect(parts.join('')).toBe(toMarkdown(text))
  const characters = (words: string) => [...new Intl.Segmenter('zh').segment(words)].length
  const shown = parts.map(part => part.replace(/\\([*_])/gu, '$1'))
  expect(shown.join('')).toBe(text)
  expect(shown.reduce((sum, part) => sum + characters(part), 0)).toBe(characters(text))
})

test('the official SDK can talk to the same server: it was not made to fit our client only', async () => {
  const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
  const sdk = new WSClient({ botId: 'BOT', secret: 'SECRET', wsUrl: rig.wecom.url, logger: silent })
  const heard = Promise.withResolvers<{ frame: Parameters<typeof sdk.reply>[0]; text: string }>()
  const authenticated = Promise.withResolvers<void>()
  sdk.on('authenticated', () => authenticated.resolve())
  sdk.on('message.text', frame => heard.resolve({ frame, text: frame.body?.text?.content ?? '' }))
  sdk.connect()
  await authenticated.promise
  rig.wecom.says({ from: 'mei', group: 'wrSdk', text: '@创客助手 你好' })
  const { frame, text } = await heard.promise
  expect(text).toBe('@创客助手 你好')
  await sdk.replyStream(frame, 'stream-1', '**好**', true)
  await sdk.sendMessage('wrSdk', { msgtype: 'markdown', markdown: { content: '推送' } })
  const { media_id } = await sdk.uploadMedia(Buffer.from('表'), { type: 'file', filename: '表.xlsx' })
  expect(media_id).toMatch(/^MEDIA-/)
  expect(rig.wecom.shown.slice(-2).map(({ content, how }) => [content, how])).toEqual([
    ['**好**', 'reply'],
    ['推送', 'push'],
  ])
  await expect(
    sdk.sendMessage('wrsdk', { msgtype: 'markdown', markdown: { content: 'x' } }),
  ).rejects.toMatchObject({
    errcode: 93_006,
  })
  sdk.disconnect()
})
