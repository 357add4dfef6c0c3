import { expect, onTestFinished, test, vi } from 'vitest'
import { SandboxPuppet } from '../../../src/adapters/wechaty/puppets/sandbox-puppet.ts'
import type { Message } from '../../../src/ports/chat.ts'
import { botSaid, group, openTestLine, until } from './harness.ts'

type LookUp = SandboxPuppet['roomMemberPayload']

/** Members' names come only when the look-up says so; the bot's own as ever. */
function lookUpMembers(lookUp: LookUp) {
  const real = SandboxPuppet.prototype.roomMemberPayload
  const spy = vi.spyOn(SandboxPuppet.prototype, 'roomMemberPayload').mockImplementation(function (
    this: SandboxPuppet,
    groupId,
    id,
  ) {
    return id === this.currentUserId ? real.call(this, groupId, id) : lookUp.call(this, groupId, id)
  })
  onTestFinished(() => spy.mockRestore())
  return real
}

const hang = () => new Promise<never>(() => {})
const fail = () => Promise.reject(new Error('10 ABORTED: no such member'))

test.each([
  ['hang', hang],
  ['fail', fail],
])('names that %s hold up nobody: the last name stands, and without one there is none', async (_, lookUp) => {
  lookUpMembers(lookUp)
  const { world, heard } = await openTestLine(async ({ text }) => [{ text: `好${text}` }], {
    lastName: async (senderId, where) =>
      senderId === 'zhangwei' && where === group ? '优空间-张唯' : undefined,
  })
  const from = ['zhangwei', 'wuhaoran']
  for (let n = 0; n < 20; n++)
    await world.saysInGroup(group, { from: from[n % 2] ?? '', text: `签到${n}`, mention: true })
  await until(async () => (await botSaid(world, group)).length === 20)
  expect(heard.map(({ text }) => text)).toEqual(Array.from({ length: 20 }, (__, n) => `签到${n}`))
  expect(new Set(heard.map(({ senderId, senderName }) => `${senderId}=${senderName}`))).toEqual(
    new Set(['zhangwei=优空间-张唯', 'wuhaoran=']),
  )
})

test('names of several people are looked up side by side: slow ones add up to one wait', async () => {
  let asked = 0
  let most = 0
  const handedOn = new Set<string>()
  lookUpMembers(() => {
    asked += 1
    most = Math.max(most, asked - handedOn.size)
    return hang()
  })
  const { world } = await openTestLine(async ({ senderId }) => {
    handedOn.add(senderId)
    return []
  })
  const people = ['zhangwei', 'wuhaoran', 'linxiaomei', 'liukai']
  for (const from of people) await world.saysInGroup(group, { from, text: '签到' })
  await until(() => handedOn.size === people.length)
  expect(most).toBeGreaterThan(1)
})

test('a private message whose sender cannot be looked up is answered', async () => {
  const spy = vi.spyOn(SandboxPuppet.prototype, 'contactPayload').mockImplementation(fail)
  onTestFinished(() => spy.mockRestore())
  const { world, heard } = await openTestLine(async () => [])
  await world.saysInPrivate('zhangwei', { text: '在吗' })
  await until(() => heard.length === 1)
  expect(heard[0]).toMatchObject({ senderName: '', text: '在吗' })
})

test('a private message whose sender cannot be looked up comes under the last name that was seen in private', async () => {
  const spy = vi.spyOn(SandboxPuppet.prototype, 'contactPayload').mockImplementation(fail)
  onTestFinished(() => spy.mockRestore())
  const { world, heard } = await openTestLine(async () => [], {
    lastName: async (senderId, where) =>
      senderId === 'zhangwei' && where === undefined ? '张唯' : undefined,
  })
  await world.saysInPrivate('zhangwei', { text: '在吗' })
  await until(() => heard.length === 1)
  expect(heard[0]).toMatchObject({ senderName: '张唯', text: '在吗' })
})

test('a name that comes after its message is told', async () => {
  const gate = Promise.withResolvers<void>()
  const real = lookUpMembers(async function (this: SandboxPuppet, groupId, id) {
    await gate.promise
    return real.call(this, groupId, id)
  })
  const late: Message[] = []
  const { world, heard } = await openTestLine(async () => [], {
    onLateName: message => void late.push(message),
  })
  await world.saysInGroup(group, { from: 'zhangwei', text: '签到', mention: true })
  await until(() => heard.length === 1)
  expect(heard[0]?.senderName).toBe('')
  gate.resolve()
  await until(() => late.length === 1)
  expect(late[0]).toMatchObject({ senderId: 'zhangwei', senderName: '优空间-张唯' })
})

test('a name that comes long after its look-up was given up is told', async () => {
  const gate = Promise.withResolvers<void>()
  const real = lookUpMembers(async function (this: SandboxPuppet, groupId, id) {
    await gate.promise
    return real.call(this, groupId, id)
  })
  const late: Message[] = []
  const { world, heard, log } = await openTestLine(async () => [], {
    onLateName: message => void late.push(message),
  })
  await world.saysInGroup(group, { from: 'zhangwei', text: '签到', mention: true })
  await until(() => heard.length === 1)
  await until(() => log.lines.some(line => line.includes('a name could not be looked up')))
  gate.resolve()
  await until(() => late.length === 1)
  expect(late[0]).toMatchObject({ senderId: 'zhangwei', senderName: '优空间-张唯' })
})

test('who joins a group is told, ourselves left out', async () => {
  const puppets = new Set<SandboxPuppet>()
  const real = SandboxPuppet.prototype.messagePayload
  const spy = vi.spyOn(SandboxPuppet.prototype, 'messagePayload').mockImplementation(async function (
    this: SandboxPuppet,
    id,
  ) {
    puppets.add(this)
    return real.call(this, id)
  })
  onTestFinished(() => spy.mockRestore())
  const joined: unknown[] = []
  const { world, heard } = await openTestLine(async () => [], {
    onJoined: (groupId, personIds) => void joined.push([groupId, personIds]),
  })
  await world.saysInGroup(group, { from: 'zhangwei', text: '签到' })
  await until(() => heard.length === 1)
  for (const puppet of puppets) {
    const event = { inviterId: 'zhangwei', roomId: group, timestamp: 0 }
    puppet.emit('room-join', { ...event, inviteeIdList: ['mei', puppet.currentUserId] })
    puppet.emit('room-join', { ...event, inviteeIdList: [puppet.currentUserId] })
  }
  await until(() => joined.length > 0)
  expect(joined).toEqual([[group, ['mei']]])
})
