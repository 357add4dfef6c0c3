import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createMovableClock } from '../../src/adapters/clock.ts'
import { createMemoryStore } from '../../src/adapters/memory.ts'
import { servePuppet } from '../../src/adapters/wechaty/puppets/gateway.ts'
import { SandboxPuppet } from '../../src/adapters/wechaty/puppets/sandbox-puppet.ts'
import type { App } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { readCommunity } from '../../src/sandbox/world/community.ts'
import { createWorld as createSimulation, type World } from '../../src/sandbox/world/index.ts'
import { formalismIn } from '../../src/text/formalism.ts'
import { createQuietLog } from '../conversation.ts'
import { docxOf, numbered } from '../documents/packed-files.ts'
import { startApp } from '../started-app.ts'
import { nextTen, quick, sandboxOf } from './sandbox-posts.ts'
import { openCustomersServer } from './servers/customers-server.ts'
import { openQqServer } from './servers/qq-server.ts'
import { encrypted, openWecomServer } from './servers/wecom-server.ts'

const token = 'insecure_the-right-token'
const group = 'youkongjian'
const log = createQuietLog()
const startAt = nextTen()

let app: App
let wechat: World
let qq: Awaited<ReturnType<typeof openQqServer>>
let wecom: Awaited<ReturnType<typeof openWecomServer>>
let customers: Awaited<ReturnType<typeof openCustomersServer>>
let gateway: Awaited<ReturnType<typeof servePuppet>>
let cookie = ''

const { text: textAt, post } = sandboxOf(() => app.consoleUrl)

/** The bot's messages in each place, so far. */
const said = {
  sandbox: () => textAt(`groups/${group}/messages`),
  private: () => textAt('members/chenjing/messages'),
  wechat: async () => JSON.stringify(await wechat.groupMessages(group)),
  qq: async () => qq.shown.map(({ content }) => content).join('\n'),
  wecom: async () => wecom.shown.map(({ content }) => content).join('\n'),
}
const speak = {
  sandbox: (text: string) => post(`groups/${group}/messages`, { from: 'chenjing', text, mention: true }),
  private: (text: string) => post('members/chenjing/messages', { text }),
  wechat: (text: string) => wechat.saysInGroup(group, { from: 'chenjing', text, mention: true }),
  qq: async (text: string) => qq.says({ from: 'qqChen', group: 'QG', text }),
  wecom: async (text: string) => wecom.says({ from: 'wcChen', group: 'wrWG', text: `@创客助手 ${text}` }),
}
type Place = keyof typeof said
const places = ['sandbox', 'wechat', 'qq', 'wecom'] as const

async function says(place: Place, text: string, answer: string) {
  const before = (await said[place]()).length
  await speak[place](text)
  await expect.poll(async () => (await said[place]()).slice(before)).toContain(answer)
  const added = (await said[place]()).slice(before).replaceAll('\\n', '\n')
  if (place !== 'private') expect(formalismIn(added)).toEqual([])
  return added
}

async function visit(path: string, fields?: [string, string][]) {
  const body = fields ? { method: 'POST', body: new URLSearchParams(fields) } : {}
  const headers = { Cookie: cookie, Origin: app.consoleUrl, 'Sec-Fetch-Site': 'same-origin' }
  return fetch(new URL(path, app.consoleUrl), { ...body, headers, redirect: 'manual' })
}

beforeAll(async () => {
  const startMs = startAt.epochMilliseconds
  qq = await openQqServer({ startMs })
  wecom = await openWecomServer({ startMs })
  customers = await openCustomersServer()
  customers.owned.set(
    'zhangsan',
    new Map([
      ['wrA', '优空间老板群'],
      ['wrB', '恒丰老板群'],
    ]),
  )
  wechat = await createSimulation({
    store: createMemoryStore(),
    clock: createMovableClock({ startAt, isRunning: true }),
    community: readCommunity('data/community.yaml'),
  })
  gateway = await servePuppet(new SandboxPuppet(wechat), {
    host: '127.0.0.1',
    port: 0,
    token,
    isTlsDisabled: true,
  })
  const config = readConfig({
    PORT: '0',
    STORE: 'memory',
    ...quick,
    LINES: 'box:sandbox,wechat:wechaty,qq1:qq,staff:wecom,kh:customers',
    WECHATY_PUPPET: 'wechaty-puppet-service',
    WECHATY_PUPPET_SERVICE_ENDPOINT: gateway.endpoint,
    WECHATY_PUPPET_SERVICE_TOKEN: token,
    WECHATY_PUPPET_SERVICE_NO_TLS_INSECURE_CLIENT: 'true',
    QQ_APP_ID: '102',
    QQ_APP_SECRET: 'SECRET',
    QQ_API_URL: qq.url,
    WECOM_BOT_ID: 'BOT',
    WECOM_BOT_SECRET: 'SECRET',
    WECOM_BOT_NAME: '创客助手',
    WECOM_WS_URL: wecom.url,
    WECOM_CORP_ID: 'CORP',
    WECOM_APP_SECRET: 'SECRET',
    WECOM_API_URL: customers.url,
    CUSTOMER_GROUPS: '创客客户群=zhangsan',
    ONE_PERSON_REVIEW: 'true',
  })
  app = await startApp(config, { log, print: () => {} })
  await post('clock', { forward: Temporal.Now.instant().until(startAt, { largestUnit: 'hours' }).toString() })
  const entered = await visit(app.loginLink, [])
  cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? ''
})

afterAll(async () => {
  await app?.stop()
  await gateway?.stop()
  await qq?.close()
  await wecom?.close()
  await customers?.close()
})

test('the three jobs over a sandbox, a gateway, QQ and WeCom at once', async () => {
  // One organizer, four ids: linked by codes, so the rights follow.
  for (const place of ['wechat', 'qq', 'wecom'] as const) {
    const issued = await says('private', '关联账号', '关联码')
    await says(place, `关联 ${/关联码 (\d{6})/.exec(issued)?.[1]}`, '两边的签到和统计记在一起')
    if (place !== 'wechat') await says(place, '绑定本群', '看不到群名')
    await says(
      place,
      place === 'wechat' ? '绑定本群' : `绑定本群 ${place} 创客群`,
      place === 'wechat' ? '绑定好了' : '就叫',
    )
  }
  // Questions: the same answer, worded for each line.
  for (const place of places) await says(place, '高企怎么报', '依据')
  expect(await said.qq()).not.toMatch(/https?:/)
  expect(await said.qq()).toContain('发「@我 帮助」')
  expect(await said.wechat()).toContain('发「帮助」')

  // Attendance: one lesson in all groups.
  const form = await (await visit('/lessons/new')).text()
  const groups = [...form.matchAll(/name="group" value="([^"]+)"/g)].map(([, id = '']) => id)
  expect(groups.map(id => id.split('!')[0])).toEqual(
    expect.arrayContaining([group, 'wechat', 'qq1', 'staff']),
  )
  expect(form).not.toContain('创客客户群')
  expect(form).toContain('优空间创客群（wechat）')
  const csrf = /name="csrf" value="([^"]+)"/.exec(form)?.[1] ?? ''
  const date = startAt.toZonedDateTimeISO('Asia/Shanghai').toPlainDate().toString()
  const fields: [string, string][] = [
    ['csrf', csrf],
    ['title', '四条线路的课'],
    ['date', date],
    ['start', '10:05'],
    ['end', '10:40'],
    ['whom', 'groups'],
    ['repeat', 'once'],
    ...groups.map((id): [string, string] => ['group', id]),
  ]
  const opened = await visit('/lessons', fields)
  expect(opened.status).toBe(303)
  for (const place of places) await expect.poll(said[place]).toContain('四条线路的课')
  expect(await said.qq()).toContain('「@我 签到」')
  qq.says({ from: 'qqLin', group: 'QG', text: '签到' })
  wecom.says({ from: 'wcWang', group: 'wrWG', text: '@创客助手 签到' })
  await wechat.saysInGroup(group, { from: 'linxiaomei', text: '签到' })
  await post(`groups/${group}/messages`, { from: 'linxiaomei', text: '签到' })
  const lesson = opened.headers.get('location') ?? ''
  const tally = async () => (await (await visit(lesson)).text()).replace(/<[^>]*>/g, ' ')
  for (const name of ['林小美', 'qqLin']) await expect.poll(tally).toContain(name)
  await expect.poll(tally).toMatch(/已到\s*4|到\s*4\s*人|签到\s*4/)

  // A push: reviewed once, in four groups, each proven in its own way.
  // A scheduled digest may be number 1: the clock goes from the day of this run to ten in the morning.
  const letter = await says('private', '立即推送', '等你确认')
  const number = /推送 (\d+) 等你确认/.exec(letter)?.[1]
  const preview = (await (await visit(`/digest/${number}`)).text()).replace(/<[^>]*>/g, ' ')
  for (const title of ['线路 qq1 的', '线路 kh 的', '优空间创客群（wechat）'])
    expect(preview).toContain(title)
  // A text that was not shown whole cannot be approved.
  await expect.poll(said.private).toContain('金额和条件以文件原文为准')
  await says('private', `通过 ${number}`, '开始发了')
  for (const place of places) await expect.poll(said[place]).toContain('政策速递')
  expect(await said.qq()).not.toMatch(/https?:|www\./)
  const board = async () => (await (await visit(`/digest/${number}`)).text()).replace(/<[^>]*>/g, ' ')
  await expect.poll(board).toContain('已送达 4')
  for (const name of ['优空间创客群（box）', '优空间创客群（wechat）', 'qq 创客群（qq1）'])
    expect(await board()).toContain(name)

  // Customer groups: one task, sent by the employee's tap, with a result for each group.
  await expect.poll(board).toContain('等员工点发送 2')
  const [[msgid = '', task] = []] = [...customers.tasks]
  expect(task).toMatchObject({ sender: 'zhangsan', chats: ['wrA', 'wrB'] })
  expect(task?.text).toContain('政策速递')
  expect(task?.text).not.toContain('@我')
  customers.tap(msgid)
  expect(log.lines).toEqual([])
  await post('clock', { forward: 'PT2M' })
  await expect.poll(board).toContain('已送达 6')
  expect(await board()).toContain('优空间老板群')

  // Documents: a file that an organizer sends in private goes into the library, on each line.
  const word = docxOf([numbered('为鼓励创业，制定本办法。', 0), numbered('每户最高补贴8万元。', 0)].join(''))
  const url = `${qq.url}/base64/${encodeURIComponent(word.toString('base64'))}`
  qq.says({ from: 'qqChen', text: '', attachments: [{ filename: '办法.docx', content_type: 'file', url }] })
  await expect.poll(said.qq).toContain('收下了，是 1 号文件')
  const [key, plain] = [Buffer.alloc(32, 7), Buffer.from('创业大赛办法\n第一条 一等奖奖励3万元。')]
  const sent = `${qq.url}/base64/${encodeURIComponent(encrypted(plain, key).toString('base64'))}`
  const file = { url: sent, aeskey: key.toString('base64') }
  wecom.says({ from: 'wcChen', body: { msgtype: 'file', file } })
  await expect.poll(said.wecom).toContain('收下了，是 2 号文件')
  await says('private', '文件 1', '第二条')
  await says('private', '文件 2', '一等奖奖励3万元')

  // One line paused on the console: the others go on, and all can be resumed at once.
  const sending = async () => (await (await visit('/digest')).text()).replace(/<[^>]*>/g, ' ')
  await visit('/digest/pause?line=qq1', [['csrf', csrf]])
  expect(await sending()).toMatch(/1 条线路暂停[\s\S]*全部恢复发送[\s\S]*全部暂停发送/)
  expect((await visit('/digest/pause?line=qq9', [['csrf', csrf]])).status).toBe(409)
  await visit('/digest/resume', [['csrf', csrf]])
  expect(await sending()).not.toContain('线路暂停')
})
