import { expect, test } from 'vitest'
import { machineSettingsOf, privacyFactsOf } from '../../src/app/files/settings.ts'
import { checkBots, checkLineSettings } from '../../src/app/lines/plan/check.ts'
import { linkDomainsOf, qqSettingsOf, robotsOf } from '../../src/app/lines/plan/settings.ts'
import { readConfig } from '../../src/config.ts'

test('each line says what it lacks, and where in the admin pages that is found', () => {
  const checks = checkLineSettings(readConfig({ LINES: 'box:sandbox,qq1:qq,staff:wecom,push:robot' }))
  expect(checks.map(({ line, missing }) => [line, missing.length > 0])).toEqual([
    ['box（模拟群）', false],
    ['qq1（QQ 官方机器人）', true],
    ['staff（企业微信智能机器人）', true],
    ['push（企业微信群机器人）', true],
  ])
  const all = checks.flatMap(({ missing }) => missing).join('\n')
  for (const word of ['QQ_APP_ID', 'q.qq.com', 'WECOM_BOT_SECRET', '智能机器人', 'ROBOT_WEBHOOKS']) {
    expect(all).toContain(word)
  }
})

test('a line with everything lacks nothing, and no secret is said', () => {
  const settings = {
    LINES: 'qq1:qq',
    QQ_APP_ID: 'qq1=102',
    QQ_APP_SECRET: 'qq1=TOPSECRET',
    PUBLIC_URL: 'https://bot.example.cn',
    QQ_LINK_DOMAINS: 'bot.example.cn',
  }
  expect(checkLineSettings(readConfig(settings))).toEqual([{ line: 'qq1（QQ 官方机器人）', missing: [] }])
})

test('the privacy notice names each platform that carries messages once', () => {
  function processors(LINES: string) {
    const config = readConfig({ LINES })
    return privacyFactsOf(config, { current: () => machineSettingsOf(config) }).processors.join('')
  }
  expect(processors('box:sandbox')).toBe('')
  expect(processors('we:sandbox,qq1:qq,qq2:qq').match(/QQ（/gu)).toHaveLength(1)
  expect(processors('staff:wecom,push:robot,kh:customers').match(/企业微信（/gu)).toHaveLength(1)
})

test('customer groups say what is missing, and where each thing is found', () => {
  const [check] = checkLineSettings(readConfig({ LINES: 'kh:customers' }))
  for (const word of ['WECOM_CORP_ID', 'WECOM_APP_SECRET', '可调用应用', '企业可信 IP', 'CUSTOMER_GROUPS'])
    expect(check?.missing.join('\n')).toContain(word)
})

test('an entry that cannot be read is told, and no address with it', () => {
  const [robots, groups] = checkLineSettings(
    readConfig({
      LINES: 'push:robot,kh:customers',
      ROBOT_WEBHOOKS: '产业园群=https://a/send?key=SECRET,没有地址=SECRET',
      WECOM_CORP_ID: 'c',
      WECOM_APP_SECRET: 's',
      CUSTOMER_GROUPS: '创客客户群=zhangsan，没有员工',
    }),
  )
  expect(robots?.missing).toEqual([expect.stringContaining('ROBOT_WEBHOOKS 里有几项看不懂')])
  expect(groups?.missing).toEqual([expect.stringContaining('CUSTOMER_GROUPS 里有几项看不懂')])
  expect(JSON.stringify(robots)).not.toContain('SECRET')
})

test.each([
  [
    { LINES: 'push:robot', ROBOT_WEBHOOKS: '产业园群' },
    /^ROBOT_WEBHOOKS 看不懂：要写成「群名=webhook 地址」/,
  ],
  [{ LINES: 'push:robot' }, /^缺 ROBOT_WEBHOOKS：写成/],
  [
    { LINES: 'kh:customers', WECOM_CORP_ID: 'c', WECOM_APP_SECRET: 's', CUSTOMER_GROUPS: '创客' },
    /^CUSTOMER_GROUPS 看不懂：要写成「名字=员工账号」/,
  ],
  [
    { LINES: 'staff:wecom', WECOM_BOT_ID: 'B' },
    /^缺 WECOM_BOT_SECRET：在.*「.*智能机器人」抄 Secret，连接方式要选「长连接」。$/,
  ],
])('what is missing and what cannot be read are told apart: %o', (settings, words) => {
  expect(checkLineSettings(readConfig(settings))[0]?.missing[0]).toMatch(words)
})

test.each([
  [{ LINES: 'a:qq,b:qq', QQ_APP_ID: '102' }, 'QQ_APP_ID'],
  [{ LINES: 'a:wecom,b:wecom', WECOM_BOT_ID: 'a=BOT,b=BOT' }, 'WECOM_BOT_ID'],
  [{ LINES: 'a:qq,b:qq', QQ_APP_ID: 'a=102,b=103' }, undefined],
  [{ LINES: 'a:qq,b:wecom', QQ_APP_ID: '102', WECOM_BOT_ID: '102' }, undefined],
  [{ LINES: 'a:qq,b:qq' }, undefined],
])('two lines with one bot are refused: %o', (settings, word) => {
  const check = () => checkBots(readConfig(settings))
  if (word === undefined) expect(check).not.toThrow()
  else expect(check).toThrow(word)
})

test('where two bots share a setting, what one of them lacks says how to write both', () => {
  const [, second] = checkLineSettings(
    readConfig({ LINES: 'qq1:qq,qq2:qq', QQ_APP_ID: 'qq1=1,qq2=2', QQ_APP_SECRET: 'qq1=a' }),
  )
  expect(second?.missing[0]).toMatch(/^缺 QQ_APP_SECRET（写成 qq1=…,qq2=…）：在 QQ 开放平台/u)
})

const qqWithPage = { LINES: 'qq1:qq', QQ_APP_ID: '1', QQ_APP_SECRET: 's' }
test.each([
  ['https://bot.example.cn', 'bot.example.cn', []],
  ['https://bot.example.cn', 'a.cn，Bot.Example.cn', []],
  ['https://bot.example.cn', 'https://bot.example.cn/', []],
  ['http://bot.example.cn', 'bot.example.cn', [expect.stringMatching(/^（可选）PUBLIC_URL.*https:\/\//u)]],
  ['https://bot.example.cn', 'a.cn', [expect.stringMatching(/^（可选）QQ 群里发不了网址/u)]],
])('what is said of the address %s with the domains %s', (PUBLIC_URL, QQ_LINK_DOMAINS, missing) => {
  const config = readConfig({ ...qqWithPage, PUBLIC_URL, QQ_LINK_DOMAINS })
  expect(checkLineSettings(config)[0]?.missing).toEqual(missing)
})

test('lists of settings take a Chinese comma too', () => {
  const config = readConfig({
    LINES: 'qq1:qq,qq2:qq,push:robot',
    QQ_APP_ID: 'qq1=1，qq2=2',
    QQ_APP_SECRET: 'qq1=a，qq2=b',
    ROBOT_WEBHOOKS: '甲群=https://a/send?key=1，乙群=https://a/send?key=2',
  })
  expect(qqSettingsOf(config, 'qq2')).toMatchObject({ appId: '2', secret: 'b' })
  expect(robotsOf(config)).toEqual([
    { name: '甲群', url: 'https://a/send?key=1' },
    { name: '乙群', url: 'https://a/send?key=2' },
  ])
  expect(linkDomainsOf({ QQ_LINK_DOMAINS: 'a.cn，https://B.cn/' })).toEqual(['a.cn', 'b.cn'])
})
