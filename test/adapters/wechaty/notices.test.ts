import { expect, onTestFinished, test, vi } from 'vitest'
import { types } from 'wechaty-puppet'
import { SandboxPuppet } from '../../../src/adapters/wechaty/puppets/sandbox-puppet.ts'
import { group, openTestLine, until } from './harness.ts'

const throttled = '操作过于频繁，可稍后再试。'

/** Lets what is said come with this type, as a gateway may give it, from our own account where `isOurs`. */
function arriveAs(type: types.Message, isOurs = false) {
  const real = SandboxPuppet.prototype.messagePayload
  const spy = vi.spyOn(SandboxPuppet.prototype, 'messagePayload').mockImplementation(async function (
    this: SandboxPuppet,
    id,
  ) {
    const payload = await real.call(this, id)
    const talkerId = isOurs ? this.currentUserId : payload.talkerId
    return payload.text === throttled ? { ...payload, type, talkerId } : payload
  })
  onTestFinished(() => spy.mockRestore())
}

async function noticesAfter(
  saying: (world: Awaited<ReturnType<typeof openTestLine>>['world']) => Promise<unknown>,
) {
  const { world, heard, notices } = await openTestLine(async () => [])
  await saying(world)
  await world.saysInGroup(group, { from: 'zhangwei', text: '之后' })
  await until(() => heard.some(({ text }) => text === '之后'))
  return notices
}

test('a member who types the throttle sentence is no notice, in the group or in private', async () => {
  const notices = await noticesAfter(async world => {
    await world.saysInGroup(group, { from: 'zhangwei', text: throttled, mention: true })
    await world.saysInPrivate('zhangwei', { text: throttled })
  })
  expect(notices).toEqual([])
})

test.each([
  ['of unknown type', types.Message.Unknown, false],
  ['of unknown type under our own account', types.Message.Unknown, true],
  ['as a note in the group', types.Message.GroupNote, false],
])('the platform itself is heard %s', async (_, type, isOurs) => {
  arriveAs(type, isOurs)
  const notices = await noticesAfter(world => world.saysInGroup(group, { from: 'zhangwei', text: throttled }))
  expect(notices).toEqual([throttled])
})
