import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { findPuppet } from '../../../src/adapters/wechaty/puppets/puppets.ts'
import { openTestLine, quickTimes, settings, until } from './harness.ts'
import { heardDings } from './qr-puppet.ts'

const named = (name: string, more = {}) => ({ ...settings, WECHATY_PUPPET: name, ...more })

test.each([
  ['wechaty-puppet-nowhere', {}, '请先在项目目录运行 npm install wechaty-puppet-nowhere'],
  ['yaml', {}, 'yaml 不是 Wechaty 的 puppet'],
  ['wechaty-puppet-service', {}, 'WECHATY_PUPPET_SERVICE_TOKEN'],
  [
    'wechaty-puppet-service',
    { WECHATY_PUPPET_SERVICE_TOKEN: 'x', WECHATY_PUPPET_SERVICE_TLS_CA_CERT: '/nowhere.pem' },
    '读不到网关的证书文件',
  ],
])('%s with %j is refused with one sentence that says what to do', async (name, more, sentence) => {
  await expect(findPuppet(named(name, more), undefined)).rejects.toThrow(sentence)
})

test('an installed puppet is found by its name, and remembers its login in the data folder', async () => {
  const { make, memoryName } = await findPuppet(named('wechaty-puppet-wechat4u'), undefined)
  expect(make().name()).toContain('wechaty-puppet-wechat4u')
  expect(memoryName).toBe(resolve(settings.STATE_DIR, 'wechaty-puppet-wechat4u'))
})

test('a QR code is shown in the terminal and told to the console, and waiting for it is no silence', async () => {
  const name = resolve('test/adapters/wechaty/qr-puppet.ts')
  const { line, printed, alarms } = await openTestLine(async () => [], {
    settings: named(name),
    times: { ...quickTimes, silenceMs: 60 },
  })
  expect(line.status()).toMatchObject({ state: 'scan', qrcode: 'https://login.example/abc' })
  expect(printed).toHaveLength(1)
  expect(printed[0]).toMatch(/请用手机微信扫码登录[\s\S]*█/)
  const before = heardDings.length
  await until(() => heardDings.length > before + 4)
  expect(line.status().state).toBe('scan')
  expect(alarms.list()).toMatchObject([{ id: 'line', text: '聊天线路：请用手机微信扫码登录。' }])
  await expect(line.chat.say({ groupId: 'x' }, { text: '喂' }, 50)).rejects.toThrow('nothing was sent')
  expect(existsSync('wechaty.memory-card.json')).toBe(false)
})
