import { Temporal } from 'temporal-polyfill'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { KnownSkew } from '../../../src/adapters/line/handlers.ts'
import { createMemoryStore } from '../../../src/adapters/memory.ts'
import { createClockSkew } from '../../../src/adapters/wechaty/messages/clock-skew.ts'
import { servePuppet } from '../../../src/adapters/wechaty/puppets/gateway.ts'
import { SandboxPuppet } from '../../../src/adapters/wechaty/puppets/sandbox-puppet.ts'
import { isStale, withBelievableTime } from '../../../src/inbound/received.ts'
import type { Message } from '../../../src/ports/chat.ts'
import { readCommunity } from '../../../src/sandbox/world/community.ts'
import { createWorld } from '../../../src/sandbox/world/index.ts'
import { createTestClock, group, openTestLine, quickTimes, settings, until } from './harness.ts'

const token = 'insecure_the-right-token'
const start = Temporal.Instant.from('2026-11-28T13:00:00+08:00')
const shifts = [
  ['15 分钟 behind', -15],
  ['8 hours behind', -480],
  ['15 分钟 ahead', 15],
  ['8 hours ahead', 480],
] as const

/** A gateway whose clock is off by a number of minutes, and a bot that answers questions that are not stale. */
async function openSkewed(minutes: number, known?: KnownSkew) {
  const clock = createTestClock()
  clock.forward({ minutes })
  const world = await createWorld({
    store: createMemoryStore(),
    clock,
    community: readCommunity('data/community.yaml'),
  })
  const gateway = await servePuppet(new SandboxPuppet(world), {
    host: '127.0.0.1',
    port: 0,
    token,
    isTlsDisabled: true,
  })
  onTestFinished(() => gateway.stop())
  const kept: KnownSkew[] = []
  const answer = async (message: Message) => {
    const isAnswered = message.isTimeDoubtful || !isStale(withBelievableTime(message), message.receivedAt, 10)
    return message.text.startsWith('问') && isAnswered ? [{ text: `答${message.text}` }] : []
  }
  const opened = await openTestLine(answer, {
    settings: {
      ...settings,
      WECHATY_PUPPET: 'wechaty-puppet-service',
      WECHATY_PUPPET_SERVICE_ENDPOINT: gateway.endpoint,
      WECHATY_PUPPET_SERVICE_TOKEN: token,
      WECHATY_PUPPET_SERVICE_NO_TLS_INSECURE_CLIENT: 'true',
    },
    times: { ...quickTimes, dingMs: 200, silenceMs: 5000 },
    knownSkew: known,
    onClockSkew: one => void kept.push(one),
  })
  await until(() => opened.line.status().state === 'up')
  return { ...opened, far: world, kept }
}

const lateMs = ({ sentAt, receivedAt }: Message) => receivedAt.epochMilliseconds - sentAt.epochMilliseconds

describe.each(shifts)('a gateway %s', (_, minutes) => {
  test('answers, then takes sign-ins at the right time, shows it and raises an alarm', async () => {
    const { far, heard, kept, line, alarms } = await openSkewed(minutes, { skewMs: 0, isProven: true })
    await far.saysInGroup(group, { from: 'zhangwei', text: '问一', mention: true })
    await until(async () => (await far.groupMessages(group)).some(({ text }) => text.endsWith('答问一')))
    await until(() => line.status().clockSkewSeconds !== undefined)
    expect(line.status().clockSkewSeconds).toBe(minutes * 60)
    expect(kept.at(-1)).toEqual({ skewMs: minutes * 60_000, isProven: true })
    expect(alarms.list().map(({ text }) => text)).toEqual([
      expect.stringMatching(/^网关的时钟比这台电脑[快慢] (?:15 分钟|8 小时)。/),
    ])
    await far.saysInGroup(group, { from: 'wuhaoran', text: '签到' })
    await until(() => heard.length === 2)
    expect(Math.abs(lateMs(heard[1] as Message))).toBeLessThan(2000)
  })

  test('is known after a restart', async () => {
    const { far, heard } = await openSkewed(minutes, { skewMs: minutes * 60_000, isProven: true })
    await far.saysInGroup(group, { from: 'wuhaoran', text: '签到' })
    await until(() => heard.length === 1)
    expect(Math.abs(lateMs(heard[0] as Message))).toBeLessThan(2000)
  })
})

test('when the clock is set right again, the next echo says so', async () => {
  const { far, line, alarms } = await openSkewed(0, { skewMs: -900_000, isProven: true })
  expect(alarms.list()).toHaveLength(1)
  await far.saysInGroup(group, { from: 'zhangwei', text: '问一', mention: true })
  await until(() => line.status().clockSkewSeconds === undefined)
  expect(alarms.list()).toEqual([])
})

/** The estimator, with the machine's time in the test's hand. */
test('a sandbox whose clock leaps while messages are on their way shows no skew, nor one of an earlier run', async () => {
  const kept: KnownSkew[] = []
  const { line, alarms, clock, world } = await openTestLine(
    async message => {
      clock.forward({ hours: 9 })
      return [{ text: `答${message.text}` }]
    },
    { knownSkew: { skewMs: -900_000, isProven: true }, onClockSkew: one => void kept.push(one) },
  )
  const say = world.botEnd.says
  world.botEnd.says = async (target, said) => {
    const sent = await say(target, said)
    clock.forward({ minutes: 20 })
    return sent
  }
  for (const text of ['问一', '问二', '问三']) {
    await world.saysInGroup(group, { from: 'zhangwei', text })
    clock.forward({ minutes: 12 })
  }
  await until(async () => (await world.groupMessages(group)).length === 6)
  expect(kept).toEqual([])
  expect(line.status().clockSkewSeconds).toBeUndefined()
  expect(alarms.list()).toEqual([])
})

function open(known: KnownSkew = { skewMs: 0, isProven: true }) {
  let ms = 0
  const skew = createClockSkew({ known, nowMs: () => ms, onChange: () => {} })
  const note = (atMs: number, offsetMs: number, senderId = 'a') => {
    ms = atMs
    const at = start.add({ milliseconds: atMs })
    return skew.note({ sentAtMs: at.epochMilliseconds + offsetMs, at, senderId })
  }
  const skewMs = () => start.since(skew.corrected(start)).total('milliseconds')
  return { skewMs, note }
}

test('the first echo is read for its time; later ones are known by their ids, with place and words', async () => {
  const { far, echoes } = await openSkewed(0)
  const lookUps = vi.spyOn(SandboxPuppet.prototype, 'messagePayload')
  onTestFinished(() => lookUps.mockRestore())
  /** @returns how many messages were read from the gateway until the echo was known */
  async function ask(text: string) {
    const [read, known] = [lookUps.mock.calls.length, echoes.length]
    await far.saysInGroup(group, { from: 'zhangwei', text, mention: true })
    await until(() => echoes.length > known)
    return lookUps.mock.calls.length - read
  }
  expect(await ask('问一')).toBe(2)
  // Where this machine is busy, an id may come too late for its echo.
  await until(async () => (await ask('问二')) === 1)
  expect(echoes.at(-1)).toMatchObject({ target: { groupId: group }, text: expect.stringContaining('答问二') })
})

test('an echo has to show its time once a minute, and after a message whose time is odd', () => {
  let ms = 0
  const skew = createClockSkew({ known: { skewMs: 0, isProven: true }, nowMs: () => ms, onChange: () => {} })
  const noteEcho = () => skew.noteEcho(start.add({ milliseconds: ms }), start.add({ milliseconds: ms }))
  expect(skew.isEchoTimeDue()).toBe(true)
  noteEcho()
  ms += 59_000
  expect(skew.isEchoTimeDue()).toBe(false)
  ms += 1000
  expect(skew.isEchoTimeDue()).toBe(true)
  noteEcho()
  const at = start.add({ milliseconds: ms })
  skew.note({ sentAtMs: at.epochMilliseconds - 600_000, at, senderId: 'zhangwei' })
  expect(skew.isEchoTimeDue()).toBe(true)
  noteEcho()
  expect(skew.isEchoTimeDue()).toBe(false)
})

test('messages that are all late by the same time, and come one by one, show the skew', () => {
  const { skewMs, note } = open()
  note(0, -900_000)
  note(500, -900_400)
  expect(skewMs()).toBe(0)
  note(5000, -900_700)
  expect(skewMs()).toBe(-901_000)
})

test('what waited somewhere comes late by different times, and shows nothing', () => {
  const { skewMs, note } = open()
  for (let n = 0; n < 60; n += 1) note(n * 100, -300_000 + n * 2100, `p${n % 7}`)
  expect(skewMs()).toBe(0)
})

test('two that are late alike show nothing where others came between them, late by another time', () => {
  const { skewMs, note } = open()
  note(0, -300_000)
  note(1000, -200_000)
  note(3000, -300_000)
  expect(skewMs()).toBe(0)
})

test('a gateway that gives no times: its messages have none, and its echoes prove no skew', async () => {
  const real = SandboxPuppet.prototype.messageRawPayloadParser
  const spy = vi.spyOn(SandboxPuppet.prototype, 'messageRawPayloadParser').mockImplementation(async function (
    this: SandboxPuppet,
    raw,
  ) {
    return { ...(await real.call(this, raw)), timestamp: 0 }
  })
  onTestFinished(() => spy.mockRestore())
  const { far, heard, echoes, kept, alarms } = await openSkewed(0)
  await far.saysInGroup(group, { from: 'zhangwei', text: '问一', mention: true })
  await until(() => heard.length === 1)
  expect(heard[0]?.sentAt.epochMilliseconds).toBe(0)
  await until(() => echoes.length === 1)
  expect(kept).toEqual([])
  expect(alarms.list()).toEqual([])
})
