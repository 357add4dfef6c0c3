import { expect, test } from 'vitest'
import { apology, createBot } from '../../src/bot.ts'
import { type Command, Refusal } from '../../src/feature.ts'
import { unlimitedInbound } from '../../src/inbound/settings.ts'
import { ProcessedMessage } from '../../src/processed-messages.ts'
import { createFixedDirectory, createWorld } from '../conversation.ts'

const group = '优空间创客群'
const otherGroup = '恒丰创客群'
const word = (text: string, run: Command['run'], more: Partial<Command> = {}): Command => ({
  words: [text],
  takes: 'nothing',
  role: 'maker',
  where: 'anywhere',
  help: '',
  run,
  ...more,
})

function open() {
  const { clock, log, store } = createWorld()
  let runs = 0
  const commands = [
    word('帮助', () => '可以这样跟我说：'),
    word('数数', () => `第 ${++runs} 次`),
    word('暂停', () => '已暂停。'),
    word('恢复', () => '已恢复。'),
    word('拒绝', () => {
      throw new Refusal('现在没有课。')
    }),
    word('台账', () => '', { where: 'private', takes: 'text' }),
    word('出勤图', () => '', { where: 'private', takes: 'text' }),
    word('签到', () => '收到。', { repeatable: true }),
    word('绑定本群', () => `绑定好了 ${++runs}。`, { role: 'organizer' }),
    word('坏', () => {
      throw new Error('disk full')
    }),
  ]
  const bot = createBot({
    features: [{ name: 'x', commands }],
    directory: createFixedDirectory([group, otherGroup], { chen: ['organizer'] }),
    seen: store.collection('seen', ProcessedMessage),
    clock,
    log,
    settings: {
      ...unlimitedInbound,
      commandLimits: { perPersonPerMinute: 10, perGroupPerMinute: 30 },
      privateCommandsPerMinute: 20,
      answersPerPersonPerDay: 50,
      mergeSeconds: 20,
    },
  })
  let ids = 0
  async function says(senderId: string, text: string, groupId: string | undefined = group) {
    clock.forward({ milliseconds: 150 })
    const at = clock.now()
    const message = { id: `in-${++ids}`, senderId, senderName: senderId, text, mentionsBot: false }
    const place = groupId ? { groupId } : {}
    const replies = await bot.answer({ ...message, ...place, sentAt: at, receivedAt: at })
    return replies.map(reply => reply.text)
  }
  return { clock, says, runs: () => runs }
}

test.each(['帮助', '拒绝', '坏', '签到'])('40 times 「%s」 in six seconds draws one answer', async text => {
  const { says } = open()
  const heard: unknown[] = []
  for (let n = 0; n < 40; n += 1) heard.push(...(await says(`p${n}`, text)))
  const answers = heard.filter(said => said !== undefined && !String(said).startsWith('问得有点快'))
  expect(answers).toHaveLength(1)
  expect(heard.length).toBeLessThanOrEqual(2)
})
test('sixty people who mention the bot twice hear each refusal once, whoever it was for', async () => {
  const { says } = open()
  const heard: unknown[] = []
  for (let n = 0; n < 60; n += 1) heard.push(...(await says(`p${n}`, '拒绝')), ...(await says(`p${n}`, '坏')))
  expect(heard.filter(said => said === '现在没有课。').length).toBeLessThanOrEqual(1)
  expect(heard.filter(said => said === apology).length).toBeLessThanOrEqual(1)
})
test('a refused command is told so, also right after another one was refused in the same words', async () => {
  const { says } = open()
  const refusal = [expect.stringContaining('请私聊我')]
  expect(await says('mei', '台账 本月')).toEqual(refusal)
  expect(await says('mei', '出勤图 本季度')).toEqual(refusal)
  expect(await says('zhang', '出勤图 上季度')).toEqual([])
  expect(await says('mei', '台账 上月')).toEqual(refusal)
  expect(await says('mei', '台账 上月')).toEqual([])
})
test('commands that have something new to say are answered ten times a minute, then told to wait once', async () => {
  const { clock, says, runs } = open()
  const heard: unknown[] = []
  for (let n = 0; n < 40; n += 1) heard.push(...(await says('mei', '数数')))
  expect(heard).toHaveLength(11)
  expect(runs()).toBe(10)
  expect(await says('zhang', '数数')).toEqual(['第 11 次'])
  clock.forward({ minutes: 1 })
  expect(await says('mei', '数数')).toEqual(['第 12 次'])
})
test('commands of an organizer are never too many, a maker who types them is told once', async () => {
  const { says } = open()
  for (let n = 1; n <= 25; n += 1) expect(await says('chen', '绑定本群')).toEqual([`绑定好了 ${n}。`])
  const heard: unknown[] = []
  for (let n = 0; n < 40; n += 1) heard.push(...(await says('mei', '绑定本群')))
  expect(heard).toHaveLength(2)
  expect(await says('chen', '绑定本群')).toEqual(['绑定好了 26。'])
})
test('what was said before something else, or twenty seconds ago, is said again', async () => {
  const { clock, says } = open()
  expect(await says('mei', '暂停')).toEqual(['已暂停。'])
  expect(await says('mei', '恢复')).toEqual(['已恢复。'])
  expect(await says('mei', '暂停')).toEqual(['已暂停。'])
  expect(await says('mei', '暂停')).toEqual([])
  clock.forward({ seconds: 20 })
  expect(await says('mei', '暂停')).toEqual(['已暂停。'])
})
test('in private nothing is merged', async () => {
  const { says } = open()
  for (let n = 0; n < 15; n += 1) expect(await says('mei', '坏', '')).toEqual([apology])
})
test('in private one person is answered up to a limit a minute, then told to wait once; the deeds are done', async () => {
  const { clock, says, runs } = open()
  const heard: unknown[] = []
  for (let n = 0; n < 40; n += 1) heard.push(...(await says('mei', '签到', '')))
  expect(heard).toHaveLength(21)
  expect(await says('zhang', '帮助', '')).toEqual(['可以这样跟我说：'])
  for (let n = 1; n <= 25; n += 1) expect(await says('chen', '绑定本群', '')).toEqual([`绑定好了 ${n}。`])
  clock.forward({ minutes: 1 })
  expect(await says('mei', '数数', '')).toEqual([`第 ${runs()} 次`])
})
test('one person does not use up the replies of a day: the limit is told once, and ends at midnight', async () => {
  const { clock, says } = open()
  const heard: unknown[] = []
  for (let n = 0; n < 60; n += 1) {
    heard.push(...(await says('mei', '数数', '')))
    clock.forward({ seconds: 20 })
  }
  expect(heard).toHaveLength(51)
  expect(heard.at(-1)).toContain('明天再接着问我')
  expect(await says('zhang', '帮助', '')).toEqual(['可以这样跟我说：'])
  clock.forward({ hours: 24 })
  expect(await says('mei', '帮助', '')).toEqual(['可以这样跟我说：'])
})
test('the limit of a day is told once in each chat where the person is silenced', async () => {
  const { clock, says } = open()
  for (let n = 0; n < 50; n += 1) {
    await says('mei', '数数', '')
    clock.forward({ seconds: 20 })
  }
  const heard: unknown[] = []
  for (const chat of ['', group, otherGroup, '', group, otherGroup])
    heard.push(...(await says('mei', '数数', chat)))
  expect(heard).toEqual([1, 2, 3].map(() => expect.stringContaining('明天再接着问我')))
})
test('beyond the limit of a day the result of a repeatable command is said, for it is done', async () => {
  const { clock, says } = open()
  for (let n = 0; n < 60; n += 1) {
    await says('mei', '数数', '')
    clock.forward({ seconds: 20 })
  }
  expect(await says('mei', '数数', '')).toEqual([])
  expect(await says('mei', '签到', '')).toEqual(['收到。'])
  clock.forward({ minutes: 1 })
  expect(await says('mei', '签到')).toEqual(['收到。'])
})
