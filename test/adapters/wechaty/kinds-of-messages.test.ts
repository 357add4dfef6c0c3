import { expect, onTestFinished, test, vi } from 'vitest'
import { types } from 'wechaty-puppet'
import { SandboxPuppet } from '../../../src/adapters/wechaty/puppets/sandbox-puppet.ts'
import { botSaid, group, openTestLine, until } from './harness.ts'

const echo = async ({ text }: { text: string }) => [{ text: `听到：${text.slice(0, 20)}` }]
/** Stands for what is no text; some gateways give it the XML of WeChat, some an id. */
const content = '别的消息'
const xml =
  '<?xml version="1.0"?><msg><appmsg appid="" sdkver="0"><title>签到</title><type>33</type></appmsg></msg>'

/** Lets what is said with {@link content} come with this type and text. */
function arriveAs(type: types.Message, text: string) {
  const real = SandboxPuppet.prototype.messagePayload
  const spy = vi.spyOn(SandboxPuppet.prototype, 'messagePayload').mockImplementation(async function (
    this: SandboxPuppet,
    id,
  ) {
    const payload = await real.call(this, id)
    return payload.text?.includes(content) ? { ...payload, type, text } : payload
  })
  onTestFinished(() => spy.mockRestore())
}

test.each<[keyof typeof types.Message, string | undefined]>([
  ['Audio', '转文字'],
  ['Video', '视频看不了'],
  ['Contact', '转人工'],
  ['Url', '投稿'],
  ['MiniProgram', '小程序'],
  ['Location', '位置'],
  ['ChatHistory', '聊天记录'],
  ['RedEnvelope', undefined],
  ['Transfer', undefined],
  ['Recalled', undefined],
  ['Emoticon', undefined],
])(
  '%s: silence in a group, at most one sentence in private, and what comes next is answered',
  async (kind, told) => {
    arriveAs(types.Message[kind], xml)
    const { world, heard, notices, log } = await openTestLine(echo)
    await world.saysInGroup(group, { from: 'zhangwei', text: content, mention: true })
    await world.saysInGroup(group, { from: 'zhangwei', text: '之后', mention: true })
    for (let n = 0; n < 2; n++) await world.saysInPrivate('zhangwei', { text: content })
    await world.saysInPrivate('zhangwei', { text: '在吗' })
    const ofBot = async () =>
      (await world.privateMessages('zhangwei'))
        .filter(({ from }) => from === world.botId)
        .map(({ text }) => text)
    await until(
      async () => (await ofBot()).includes('听到：在吗') && (await botSaid(world, group)).length > 0,
    )
    expect(await botSaid(world, group)).toEqual(['听到：之后'])
    expect(await ofBot()).toEqual([...(told ? [expect.stringContaining(told)] : []), '听到：在吗'])
    expect(heard.map(({ text }) => text).toSorted()).toEqual(['之后', '在吗'])
    expect({ notices, lines: log.lines }).toEqual({ notices: [], lines: [] })
  },
)

test.each([
  ['3481726354012', '3481726354012'],
  [
    '<sysmsg type="revokemsg"><revokemsg><msgid>17</msgid><newmsgid>3481726354012</newmsgid></revokemsg></sysmsg>',
    '3481726354012',
  ],
  ['<sysmsg type="revokemsg"></sysmsg>', undefined],
])('a recall as %s names the message that was taken back, and is answered by nothing', async (text, id) => {
  arriveAs(types.Message.Recalled, text)
  const { world, heard, recalled } = await openTestLine(echo)
  await world.saysInGroup(group, { from: 'zhangwei', text: content })
  await world.saysInGroup(group, { from: 'zhangwei', text: '之后' })
  await until(() => heard.length === 1)
  expect(heard.map(one => one.text)).toEqual(['之后'])
  expect(recalled).toEqual(id === undefined ? [] : [id])
})

test('a message of 20,000 characters arrives whole, and what comes next is heard after it', async () => {
  const long = `@小创 ${'我想问一下高新技术企业认定的补贴，'.repeat(1200)}`.slice(0, 20_000)
  arriveAs(types.Message.Text, long)
  const { world, heard } = await openTestLine(echo)
  await world.saysInGroup(group, { from: 'zhangwei', text: content })
  await world.saysInPrivate('zhangwei', { text: content })
  await world.saysInGroup(group, { from: 'zhangwei', text: '签到' })
  await until(() => heard.length === 3)
  const lengthsOf = (groupId?: string) =>
    heard.filter(one => one.groupId === groupId).map(({ text }) => text.length)
  const whole = long.length - '@小创 '.length
  expect([lengthsOf(group), lengthsOf()]).toEqual([[whole, 2], [whole]])
  expect(heard.find(({ groupId }) => groupId)?.mentionsBot).toBe(true)
})

test('logged in as another account: mentions are those of the new one, and its own words are an echo', async () => {
  const { world, heard, echoes, line } = await openTestLine(async () => [])
  await world.saysInGroup(group, { from: 'zhangwei', text: '@小创 一' })
  await until(() => heard.length === 1)
  const account = vi.spyOn(SandboxPuppet.prototype, 'currentUserId', 'get').mockReturnValue('linxiaomei')
  onTestFinished(() => account.mockRestore())
  await world.saysInGroup(group, { from: 'linxiaomei', text: '我是新号' })
  await world.saysInGroup(group, { from: 'zhangwei', text: '@小创 二' })
  await until(() => heard.length === 2)
  expect(heard[1]).toMatchObject({ text: '二', mentionsBot: false })
  expect(echoes.map(({ text }) => text)).toEqual(['我是新号'])
  expect(line.status().state).toBe('up')
})
