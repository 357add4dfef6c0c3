import { expect, test } from 'vitest'
import { type AlertTarget, openAlertSettings } from '../../src/alerts/targets.ts'
import type { AlertChannel } from '../../src/ports/alarms.ts'
import { createWorld } from '../conversation.ts'

const wecom: AlertTarget = { kind: 'wecom', url: 'https://qyapi.weixin.qq.com/x', secret: '' }

async function open(world = createWorld(), fromMachine?: AlertChannel) {
  const log: string[] = []
  const desk = await openAlertSettings({
    store: world.store,
    clock: world.clock,
    fromMachine,
    channelOf: ({ kind }) => ({ tell: async () => void log.push(kind) }),
    alertsOver: channel => ({
      start() {
        log.push('start')
        return () => void log.push('stop')
      },
      test: () => channel.tell('试'),
      attempts: () => [],
    }),
  })
  return { world, desk, log }
}

test('what is set counts at once and after a restart, before the machine’s settings', async () => {
  const machine: string[] = []
  const fromMachine = { tell: async () => void machine.push('machine') }
  const { world, desk, log } = await open(createWorld(), fromMachine)
  const stop = desk.start()
  await desk.current()?.test()
  await desk.set(wecom)
  await desk.current()?.test()
  expect([machine, log]).toEqual([['machine'], ['start', 'stop', 'start', 'wecom']])
  const again = await open(world, fromMachine)
  await again.desk.current()?.test()
  expect(again.log).toEqual(['wecom'])
  await desk.clear()
  await desk.current()?.test()
  expect(machine).toHaveLength(2)
  stop()
  expect(log.at(-1)).toBe('stop')
  expect(desk.setting().changes.map(({ to }) => to)).toEqual(['off', 'wecom'])
})

test('without any setting nothing is sent', async () => {
  const { desk } = await open()
  expect(desk.current()).toBeUndefined()
  desk.start()()
})
