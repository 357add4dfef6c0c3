import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { meaningOf } from '../../src/adapters/qq/close-codes.ts'
import { createReplyBudget } from '../../src/adapters/qq/replies.ts'
import { DeadlineError, LineDownError, RefusedError } from '../../src/ports/chat.ts'
import { targetKey } from '../../src/ports/conversation-keys.ts'
import { deadlineMs, type OpenRig, openQqRig } from './rigs.ts'

const group = { groupId: 'G1' }
let rig: Awaited<ReturnType<typeof openQqRig>>
let bot: OpenRig

beforeAll(async () => {
  rig = await openQqRig()
})
afterAll(() => rig.server.close())
afterEach(async () => {
  await bot.line.stop()
  rig.qq.closeResumed(undefined)
  rig.qq.behaviour.token = 'ok'
  rig.qq.behaviour.gateway = 0
  rig.qq.behaviour.next = 'replaces'
})

const isUp = () => bot.line.status().state === 'up'
async function open() {
  bot = rig.open()
  await bot.line.start()
  await bot.until(isUp)
}
const say = (text: string, to = group) => bot.line.chat.say(to, { text }, deadlineMs)

test('five replies to a message are passive, the sixth is our own; after five minutes all are', async () => {
  await open()
  rig.says({ from: 'mei', group: 'G1', text: '问' })
  await bot.until(() => rig.qq.shown.some(({ content }) => content === '听到：问'))
  for (let n = 2; n <= 6; n++) await say(`回${n}`)
  expect(rig.qq.shown.slice(-6).map(({ how }) => how)).toEqual([...Array(5).fill('reply'), 'push'])
  rig.says({ from: 'mei', group: 'G1', text: '再问' })
  await bot.until(() => rig.qq.shown.some(({ content }) => content === '听到：再问'))
  rig.qq.forward(5 * 60_000 + 1)
  await say('过了五分钟')
  expect(rig.qq.shown.at(-1)).toMatchObject({ content: '过了五分钟', how: 'push' })
})

test('in private four replies to a message are passive, the fifth is our own', async () => {
  const budget = createReplyBudget()
  for (const { key, most } of [
    { key: targetKey({ personId: 'li' }), most: 4 },
    { key: targetKey(group), most: 5 },
  ]) {
    budget.noteReceived(key, 'a')
    const numbers = Array.from({ length: 6 }, () => budget.take(key)?.msg_seq)
    expect(numbers.filter(one => one !== undefined)).toHaveLength(most)
  }
  await open()
  rig.says({ from: 'li', text: '私下问' })
  await bot.until(() => rig.qq.shown.some(({ content }) => content === '听到：私下问'))
  for (let n = 2; n <= 5; n++) await bot.line.chat.say({ personId: 'li' }, { text: `答${n}` }, deadlineMs)
  expect(rig.qq.shown.slice(-5).map(({ how }) => how)).toEqual([...Array(4).fill('reply'), 'push'])
})

test('a message that comes again after all its replies were used gives no second budget, and loses no reply', async () => {
  await open()
  for (const [n, wasAnswered] of [false, true].entries()) {
    const from = { from: 'mei', group: 'G1', text: `又来${n}`, id: `AGAIN${n}` }
    rig.says(from)
    await bot.until(() => rig.qq.shown.some(({ content }) => content === `听到：又来${n}`))
    for (let k = 2; k <= 5; k++) await say(`又来${n}的第${k}条`)
    if (wasAnswered) {
      // Another life has used the numbers of this message.
      await bot.line.stop()
      await open()
    }
    rig.qq.says({ ...from, isWhole: true, mention: true })
    await bot.until(() => bot.heard.filter(({ id }) => id === from.id).length === (wasAnswered ? 1 : 2))
    await say(`又来${n}的补充`)
    expect(rig.qq.shown.filter(({ content }) => content === `又来${n}的补充`)).toHaveLength(1)
  }
})

test('a reply without an answer is sent once more under the same number, and stands there once', async () => {
  await open()
  rig.says({ from: 'mei', group: 'G1', text: '慢' })
  await bot.until(() => rig.qq.shown.some(({ content }) => content === '听到：慢'))
  rig.qq.hold()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const sent = bot.line.chat.say(group, { text: '没有回音' }, 2000)
  await bot.until(() => rig.qq.held() === 1)
  vi.advanceTimersByTime(1000)
  await bot.until(() => rig.qq.held() === 2)
  vi.useRealTimers()
  rig.qq.letGo()
  await sent
  expect(rig.qq.shown.filter(({ content }) => content === '没有回音')).toHaveLength(1)
})

test('a reply without an answer, whose window is over when it is sent once more, is unknown and stands there once', async () => {
  await open()
  rig.says({ from: 'mei', group: 'G1', text: '晚' })
  await bot.until(() => rig.qq.shown.some(({ content }) => content === '听到：晚'))
  rig.qq.behaviour.send = 'close'
  rig.qq.behaviour.sent = () => {
    rig.qq.behaviour.send = 'ok'
    rig.qq.forward(6 * 60_000)
  }
  await expect(say('刚好过了')).rejects.toThrow(DeadlineError)
  rig.qq.behaviour.sent = () => {}
  expect(rig.qq.shown.filter(({ content }) => content === '刚好过了')).toHaveLength(1)
})

test('an uploaded file that the platform does not name is not sent', async () => {
  await open()
  const before = rig.qq.shown.length
  rig.qq.behaviour.files = 'silent'
  const file = { name: '表.xlsx', mimeType: 'application/x', bytes: new Uint8Array([1]) }
  await expect(bot.line.chat.say(group, { text: '附件', file }, 1000)).rejects.toThrow(LineDownError)
  rig.qq.behaviour.files = 'ok'
  expect(rig.qq.shown).toHaveLength(before)
})

test('a push without an answer is not sent again', async () => {
  await open()
  rig.qq.forward(3_600_000)
  rig.qq.hold()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const unanswered = expect(bot.line.chat.say({ groupId: 'G9' }, { text: '推送' }, 1000)).rejects.toThrow(
    DeadlineError,
  )
  await bot.until(() => rig.qq.held() > 0)
  vi.advanceTimersByTime(1000)
  await unanswered
  vi.useRealTimers()
  rig.qq.letGo()
  expect(rig.qq.shown.filter(({ chat }) => chat === 'G9')).toHaveLength(1)
})

test('one message under both names has one id; a group that is heard whole says so in its traits', async () => {
  await open()
  expect(bot.line.traits(group).receives).toBe('mentions')
  for (const isWhole of [true, false])
    rig.qq.says({ from: 'mei', group: 'G1', text: '签到', id: 'BOTH', mention: true, isWhole })
  await bot.until(() => bot.heard.length === 2)
  expect(bot.heard.map(({ id, text, mentionsBot }) => [id, text, mentionsBot])).toEqual([
    ['BOTH', '签到', true],
    ['BOTH', '签到', true],
  ])
  rig.qq.says({ from: 'mei', group: 'G1', text: '签到', isWhole: true })
  await bot.until(() => bot.heard.length === 3)
  expect(bot.heard.at(-1)?.mentionsBot).toBe(false)
  expect(bot.line.traits(group).receives).toBe('all')
  expect(bot.line.traits({ groupId: 'G2' }).receives).toBe('mentions')
})

test('a file sent in private can be read; words with a picture are words, and a group shows no file', async () => {
  await open()
  const attachments = [{ filename: '名册.csv', content_type: 'file', url: `${rig.qq.url}/file/BYTES` }]
  rig.qq.says({ from: 'li', text: '', attachments })
  rig.qq.says({ from: 'li', text: '看这个', attachments })
  rig.qq.says({ from: 'li', group: 'G1', text: '', attachments })
  rig.qq.says({ from: 'li', text: ' ', attachments: [{ url: `${rig.qq.url}/file/B` }] })
  await bot.until(() => bot.heard.length === 4)
  expect(bot.heard.map(({ text, file }) => [text, file?.name])).toEqual([
    ['[文件] 名册.csv', '名册.csv'],
    ['看这个', undefined],
    ['', undefined],
    ['[文件] 文件', '文件'],
  ])
  expect(Buffer.from((await bot.heard[0]?.file?.read()) ?? []).toString()).toBe('BYTES')
})

test('op 7 and close codes of a lost session: resume where it can be, identify where not, and no loop', async () => {
  await open()
  const before = rig.qq.identified.length
  rig.qq.ask(7)
  await bot.until(() => rig.qq.identified.length > before)
  expect(rig.qq.identified.at(-1)).toBe('resume')
  rig.qq.says({ from: 'mei', group: 'G1', text: '接上了' })
  await bot.until(() => bot.heard.some(({ text }) => text === '接上了'))
  expect(bot.events).toEqual(['up'])
  rig.qq.ask(9)
  await bot.until(() => rig.qq.identified.at(-1) === 'identify')
  await bot.until(() => bot.events.filter(event => event === 'up').length === 2)
  rig.qq.closeResumed(4902)
  rig.qq.kill()
  await bot.until(() => rig.qq.identified.slice(-2).join() === 'resume,identify')
  await bot.until(isUp)
  expect(bot.events.filter(event => event.startsWith('down')).length).toBeGreaterThan(0)
})

test.each([4014, 4914, 4915, 4001, 4013])(
  'close code %i is final, with a sentence, until a person connects again',
  async code => {
    await open()
    rig.qq.closeWith(code)
    await bot.until(() => !isUp())
    expect(bot.line.status().note).toMatch(/立即重连|维护/)
    expect(meaningOf(code, false).isFinal).toBe(true)
    bot.line.reconnect()
    await bot.until(isUp)
  },
)

test('a rest promises the messages of the break only where there is a session to resume', () => {
  expect(meaningOf(4008, true).note).toContain('会补收到')
  expect(meaningOf(4008, false).note).toContain('群里的话收不到')
})

test('an expired token is renewed, a refused one says which settings to look at', async () => {
  await open()
  rig.qq.expireToken()
  await expect(say('换了令牌')).resolves.toMatch(/ROBOT/)
  await bot.line.stop()
  rig.qq.behaviour.token = 'refuse'
  bot = rig.open()
  await bot.line.start()
  await bot.until(() => bot.line.status().state === 'down')
  expect(bot.line.status()).toMatchObject({ note: expect.stringContaining('QQ_APP_SECRET'), isRefused: true })
})

test.each([
  [100_001, /太频繁/u],
  [100_016, /QQ_APP_SECRET/u],
  [10_004, /封禁/u],
  [11_253, /功能配置/u],
  [50_015_001, /错误 50015001/u],
])('a connection that is refused with %i says why, and connects once it is allowed', async (code, words) => {
  rig.qq.behaviour.gateway = code
  bot = rig.open()
  await bot.line.start()
  await bot.until(() => bot.line.status().state === 'down')
  expect(bot.line.status().note).toMatch(words)
  expect(bot.line.status().note.includes('QQ_APP_SECRET')).toBe(code === 100_016)
  expect(bot.line.status().isRefused === true).toBe(code !== 100_001 && code !== 50_015_001)
  rig.qq.behaviour.gateway = 0
  await bot.until(isUp)
  expect(bot.line.status().isRefused).toBeUndefined()
})

test('a token refused while connecting is renewed', async () => {
  await open()
  const before = rig.qq.identified.length
  rig.qq.expireToken()
  rig.qq.kill()
  await bot.until(() => rig.qq.identified.length > before && isUp())
  rig.says({ from: 'mei', group: 'G1', text: '新令牌' })
  await bot.until(() => bot.heard.some(({ text }) => text === '新令牌'))
})

test('two programs that take the session from each other: one stops with an alarm, the other goes on', async () => {
  rig.qq.behaviour.next = 'takes'
  await open()
  const first = bot
  const second = rig.open()
  await second.line.start()
  const stopped = () => [first, second].filter(({ line }) => line.status().note.includes('好像在别处也连着'))
  await first.until(
    () => stopped().length === 1 && [first, second].some(({ line }) => line.status().state === 'up'),
  )
  const [loser] = stopped()
  const winner = loser === first ? second : first
  expect(loser?.alarms.list().map(({ text }) => text)).toContainEqual(expect.stringContaining('立即重连'))
  const before = rig.qq.identified.length
  rig.says({ from: 'mei', group: 'G1', text: '还剩谁' })
  await first.until(() => winner.heard.some(({ text }) => text === '还剩谁'))
  expect(rig.qq.identified).toHaveLength(before)
  await second.line.stop()
})

test('two programs that share the events: the one that finds out raises an alarm, and takes it back when alone', async () => {
  await open()
  rig.qq.behaviour.next = 'shares'
  const texts = () => bot.alarms.list().map(({ text }) => text)
  const second = rig.open()
  await second.line.start()
  await second.until(() => second.line.status().state === 'up')
  const before = rig.qq.identified.length
  rig.qq.ask(7)
  await bot.until(() => rig.qq.identified.length === before + 2)
  expect(texts()).toEqual([expect.stringContaining('别的程序')])
  expect(second.alarms.list()).toEqual([])
  await second.line.stop()
  rig.qq.ask(7)
  await bot.until(() => rig.qq.identified.length === before + 3 && isUp())
  expect(texts()).toEqual([])
})

test.each([
  ['ends every session', 4009],
  ['finds us too fast', 4008],
])('a gateway that %s is not asked again without a pause', async (_what, code) => {
  bot = rig.open(20_000, { firstMs: 3_600_000, lastMs: 3_600_000 })
  await bot.line.start()
  await bot.until(isUp)
  const before = rig.qq.identified.length
  if (code === 4009) {
    rig.qq.closeWith(code)
    await bot.until(() => rig.qq.identified.length === before + 1)
  }
  rig.qq.closeWith(code)
  await bot.until(() => bot.line.status().state === 'down')
  expect(bot.line.status().note).toContain(code === 4008 ? '太频繁' : '断了')
  expect(bot.alarms.list()).toHaveLength(code === 4008 ? 0 : 1)
  rig.says({ from: 'mei', group: 'G1', text: `断着${code}` })
  const resumed = rig.qq.identified.length
  bot.line.reconnect()
  await bot.until(() => isUp() && bot.heard.some(({ text }) => text === `断着${code}`))
  expect(rig.qq.identified).toHaveLength(resumed + 1)
  expect(rig.qq.identified.at(-1)).toBe('resume')
  // All of it was told afterwards, so there was no outage.
  expect(bot.events).not.toContain('down broken')
})

test('a message with empty fields is heard, one of another form is logged without its words', async () => {
  await open()
  const author = { member_openid: 'mei', username: null }
  const shared = { timestamp: '2026-11-28T13:00:00+08:00', group_openid: 'G1', author }
  const say = (d: object, s: number) =>
    rig.qq.sendRaw(JSON.stringify({ op: 0, s, t: 'GROUP_AT_MESSAGE_CREATE', d: { ...shared, ...d } }))
  say({ id: 'empty', content: '空的', mentions: null, attachments: null }, 901)
  say({ id: 'odd', content: ['悄悄话'] }, 902)
  rig.qq.sendRaw('{"t":"悄悄话"')
  say({ id: 'last', content: '完' }, 903)
  await bot.until(() => bot.heard.some(({ id }) => id === 'last'))
  expect(bot.heard.map(({ id }) => id)).toEqual(['empty', 'last'])
  expect(bot.log.lines).toHaveLength(2)
  expect(bot.log.lines.join()).not.toContain('悄悄话')
})

test('a frame that cannot be read ends neither the connection nor the program', async () => {
  await open()
  for (const frame of [
    'not json',
    '{"op":0,"s":1,"t":"READY","d":{}}',
    '{"op":10,"d":{}}',
    '[]',
    'null',
    '7',
  ])
    rig.qq.sendRaw(frame)
  rig.says({ from: 'mei', group: 'G1', text: '还在' })
  await bot.until(() => bot.heard.some(({ text }) => text === '还在'))
  expect(bot.events).toEqual(['up'])
})

test('a message is taken back whole within two minutes, and not later', async () => {
  await open()
  const long = Array.from({ length: 500 }, (_, line) => `第${line}行，要撤回的说明`).join('\n')
  const id = await say(long, { groupId: 'G7' })
  const there = () => rig.qq.shown.filter(({ chat }) => chat === 'G7').length
  expect(there()).toBeGreaterThan(1)
  expect(await bot.line.recall({ groupId: 'G7' }, id, deadlineMs)).toBe(true)
  expect(there()).toBe(0)
  const late = await say('晚了', { groupId: 'G7' })
  rig.qq.forward(121_000)
  expect(await bot.line.recall({ groupId: 'G7' }, late, deadlineMs)).toBe(false)
  expect(there()).toBe(1)
})

test('words that look like a mention mention nobody', async () => {
  await open()
  await bot.line.chat.say(
    group,
    { text: '有人写 <qqbot-at-user id="li" /> 和 <@li>，3<5', mention: ['mei'] },
    deadlineMs,
  )
  expect(rig.qq.shown.at(-1)?.content).toBe(
    '<qqbot-at-user id="mei" />有人写 ＜qqbot-at-user id="li" /> 和 ＜@li>，3<5',
  )
})

test('what QQ refuses for a link is a sentence, and nothing stands there', async () => {
  await open()
  const refusal = await say('请看 www.most.gov.cn').catch(cause => cause)
  expect(refusal).toBeInstanceOf(RefusedError)
  expect(refusal.message).toContain('消息 URL 配置')
})

test('the budget forgets what is over', () => {
  let nowMs = 0
  const budget = createReplyBudget(() => nowMs)
  budget.noteReceived('g', 'a')
  expect(budget.take('g')).toEqual({ msg_id: 'a', msg_seq: 1 })
  budget.noteReceived('g', 'b')
  expect(budget.take('g')).toEqual({ msg_id: 'b', msg_seq: 1 })
  budget.close('g', 'b')
  expect(budget.take('g')).toEqual({ msg_id: 'a', msg_seq: 2 })
  nowMs = 300_000
  expect(budget.take('g')).toBeUndefined()
})
