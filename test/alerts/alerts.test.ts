import { Temporal } from 'temporal-polyfill'
import { expect, onTestFinished, test } from 'vitest'
import { createMovableClock } from '../../src/adapters/clock.ts'
import { createAlarms } from '../../src/alarms.ts'
import { createAlerts } from '../../src/alerts/index.ts'
import { AlertChannelFault } from '../../src/ports/alarms.ts'
import { createQuietLog } from '../conversation.ts'

/** Alerts over a channel that keeps what it was told, and can be broken; half a minute to settle, 30 between two. */
function open() {
  const clock = createMovableClock({
    startAt: Temporal.Instant.from('2026-11-28T14:00:00+08:00'),
    isRunning: false,
  })
  const log = createQuietLog()
  const alarms = createAlarms({ clock, log })
  const told: string[] = []
  const channel = {
    isBroken: false,
    tries: 0,
    async tell(text: string) {
      channel.tries += 1
      if (channel.isBroken) throw new AlertChannelFault('连不上，请检查网络。')
      told.push(text)
    },
  }
  const alerts = createAlerts({
    alarms,
    channel,
    clock,
    log,
    throttle: { settleSeconds: 30, againMinutes: 30 },
  })
  onTestFinished(alerts.start())

  /** Second by second, so that everything has its turn. */
  async function pass(duration: Temporal.DurationLike) {
    const seconds = Temporal.Duration.from(duration).total('seconds')
    for (let n = 0; n < seconds; n += 1) {
      clock.forward({ seconds: 1 })
      for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
    }
  }
  return { alarms, alerts, channel, told, pass, log, clock }
}

test('an alarm that stays is told once, and its end with how long it lasted', async () => {
  const { alarms, told, pass } = open()
  alarms.raise('line', '聊天线路：网关没有开着')
  await pass({ seconds: 29 })
  expect(told).toEqual([])
  await pass({ minutes: 2, seconds: 31 })
  expect(told).toEqual(['【创客】1 件事要处理\n聊天线路：网关没有开着（今天 14:00起）'])
  alarms.clear('line')
  await pass({ seconds: 29 })
  expect(told).toHaveLength(1)
  await pass({ hours: 2 })
  expect(told.slice(1)).toEqual(['【创客】1 件事已恢复\n已恢复，持续了 3 分钟：聊天线路：网关没有开着'])
})

test('an alarm that clears by itself soon is told to nobody', async () => {
  const { alarms, told, pass } = open()
  for (let n = 0; n < 3; n += 1) {
    alarms.raise('line', '断开')
    await pass({ seconds: 20 })
    alarms.clear('line')
    await pass({ minutes: 5 })
  }
  expect(told).toEqual([])
})

test('flapping is told as one thing, with its end when it has stayed away', async () => {
  const { alarms, told, pass } = open()
  for (let n = 0; n < 10; n += 1) {
    alarms.raise('line', '断开')
    await pass({ seconds: 15 })
    alarms.clear('line')
    await pass({ seconds: 15 })
  }
  await pass({ minutes: 5 })
  expect(told).toEqual([
    '【创客】1 件事要处理\n断开（今天 14:00起，反复了 2 次）',
    '【创客】1 件事已恢复\n已恢复，前后 5 分钟，反复了 10 次：断开',
  ])
})

test('the same alarm is told at most once in half an hour, however often it comes back', async () => {
  const { alarms, told, pass } = open()
  for (let n = 0; n < 20; n += 1) {
    alarms.raise('line', '断开')
    await pass({ minutes: 1 })
    alarms.clear('line')
    await pass({ minutes: 2 })
  }
  expect(told.filter(text => text.includes('要处理'))).toHaveLength(2)
})

test('an outage that begins soon after a recovery and lasts is told within minutes, with its end', async () => {
  const { alarms, told, pass } = open()
  for (let n = 0; n < 2; n += 1) {
    alarms.raise('line', '断开')
    await pass({ minutes: 4 })
    alarms.clear('line')
    await pass({ minutes: 3 })
  }
  expect(told.map(text => text.split('\n')[0])).toEqual([
    '【创客】1 件事要处理',
    '【创客】1 件事已恢复',
    '【创客】1 件事要处理',
    '【创客】1 件事已恢复',
  ])
})

test('what is wrong in another way is told again, in its time', async () => {
  const { alarms, told, pass } = open()
  alarms.raise('line', '网关没有开着')
  await pass({ minutes: 5 })
  alarms.raise('line', '令牌不对')
  await pass({ minutes: 24 })
  expect(told).toHaveLength(1)
  await pass({ minutes: 2 })
  expect(told[1]).toContain('令牌不对')
})

test('many alarms at once are one message, short enough for every robot', async () => {
  const { alarms, told, pass } = open()
  for (let n = 0; n < 30; n += 1)
    alarms.raise(`outbox-failed-${n}`, `第 ${n} 群没有发出去：${'长'.repeat(500)}`)
  await pass({ minutes: 1 })
  expect(told).toHaveLength(1)
  expect(told[0]).toContain('30 件事要处理')
  expect(told[0]).toContain('另有 25 件，请看控制台。')
  expect(Buffer.byteLength(told[0] ?? '')).toBeLessThan(2048)
})

test('a channel that is broken is tried gently, shown on the console, and not told over itself', async () => {
  const { alarms, alerts, channel, told, pass } = open()
  channel.isBroken = true
  alarms.raise('line', '断开')
  await pass({ minutes: 1 })
  expect(alarms.list().map(({ id }) => id)).toEqual(['line', 'alert-channel'])
  expect(alerts.attempts()[0]?.fault).toContain('连不上')
  await pass({ hours: 3 })
  expect(channel.tries).toBe(5)
  channel.isBroken = false
  alarms.raise('disk', '磁盘满了')
  await pass({ minutes: 2 })
  expect(told).toEqual(['【创客】1 件事要处理\n磁盘满了（今天 17:01起）'])
  expect(alarms.list().map(({ id }) => id)).toEqual(['line', 'disk'])
})

test('a channel that comes back in time tells what is still wrong, and is itself no news', async () => {
  const { alarms, channel, told, pass } = open()
  channel.isBroken = true
  alarms.raise('line', '断开')
  await pass({ minutes: 1 })
  channel.isBroken = false
  await pass({ minutes: 1 })
  expect(told).toEqual(['【创客】1 件事要处理\n断开（今天 14:00起）'])
  expect(alarms.list().map(({ id }) => id)).toEqual(['line'])
})

test('a test alert goes at once, and says on the console why it did not', async () => {
  const { alarms, alerts, channel, told } = open()
  await alerts.test()
  expect(told[0]).toContain('测试提醒')
  channel.isBroken = true
  await expect(alerts.test()).rejects.toThrow('连不上')
  expect(alarms.list().map(({ id }) => id)).toEqual(['alert-channel'])
})

test.each([-1, -24 * 365])('a clock that is put back by %s hours delays no alert', async hours => {
  const { alarms, told, pass, clock } = open()
  alarms.raise('line', '断开')
  await pass({ minutes: 4 })
  expect(told).toHaveLength(1)
  clock.forward({ hours })
  alarms.raise('clock-jumped', '时间被拨回了')
  await pass({ minutes: 1 })
  expect(told.slice(1).join()).toContain('时间被拨回了')
  alarms.clear('line')
  await pass({ minutes: 1 })
  expect(told.slice(2).join()).toContain('已恢复')
  alarms.raise('line', '又断开')
  await pass({ minutes: 31 })
  expect(told.at(-1)).toContain('又断开')
})
