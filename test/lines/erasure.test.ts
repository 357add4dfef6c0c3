import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { App } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { createQuietLog } from '../conversation.ts'
import { startApp } from '../started-app.ts'
import { nextTen, quick, sandboxOf } from './sandbox-posts.ts'
import { openQqServer } from './servers/qq-server.ts'
import { openWecomServer } from './servers/wecom-server.ts'

const log = createQuietLog()
const folder = mkdtempSync(join(tmpdir(), 'chuangke-'))
const words = ['linxiaomei', '林小美', '小美', 'qqLinInOne', 'qqLinInTwo', 'wcLin']
const startAt = nextTen()
let app: App
let qq: Awaited<ReturnType<typeof openQqServer>>
let wecom: Awaited<ReturnType<typeof openWecomServer>>

const { text: textAt, post } = sandboxOf(() => app.consoleUrl)
const said = {
  chenjing: () => textAt('members/chenjing/messages'),
  linxiaomei: () => textAt('members/linxiaomei/messages'),
  qq: async () => qq.shown.map(({ content }) => content).join('\n'),
  wecom: async () => wecom.shown.map(({ content }) => content).join('\n'),
}

/** Does something, and waits for the answer in one place. @returns what was said there since */
async function hears(place: keyof typeof said, deed: () => unknown, answer: string) {
  const before = (await said[place]()).length
  await deed()
  await expect.poll(async () => (await said[place]()).slice(before)).toContain(answer)
  return (await said[place]()).slice(before)
}
const inPrivate = (who: 'chenjing' | 'linxiaomei', text: string, answer: string) =>
  hears(who, () => post(`members/${who}/messages`, { text }), answer)
const inQq = (from: string, group: string, text: string, answer: string) =>
  hears('qq', () => qq.says({ from, group, text }), answer)
const inWecom = (text: string, answer: string) =>
  hears('wecom', () => wecom.says({ from: 'wcLin', text }), answer)
/** Time passes here and at the platforms. */
async function forward(duration: string) {
  await post('clock', { forward: duration })
  for (const server of [qq, wecom]) server.forward(Temporal.Duration.from(duration).total('milliseconds'))
}
const newCode = async (who: 'chenjing' | 'linxiaomei') =>
  /关联码 (\d{6})/u.exec(await inPrivate(who, '关联账号', '关联码'))?.[1] ?? ''

/** Files of ours in which one of these words stands; those of the simulated line are the platform's own. */
const traces = () =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => (file.endsWith('.json') || file.endsWith('.bak')) && !file.startsWith('sandbox-'))
    .filter(file => words.some(word => readFileSync(join(folder, file), 'utf8').includes(word)))

beforeAll(async () => {
  const startMs = startAt.epochMilliseconds
  qq = await openQqServer({ startMs })
  wecom = await openWecomServer({ startMs })
  const config = readConfig({
    PORT: '0',
    STATE_DIR: folder,
    ...quick,
    LINES: 'box:sandbox,qq1:qq,staff:wecom',
    ...{ QQ_APP_ID: '102', QQ_APP_SECRET: 'SECRET', QQ_API_URL: qq.url },
    ...{ WECOM_BOT_ID: 'BOT', WECOM_BOT_SECRET: 'SECRET', WECOM_WS_URL: wecom.url },
  })
  app = await startApp(config, { log, print: () => {} })
  await post('clock', { forward: Temporal.Now.instant().until(startAt, { largestUnit: 'hours' }).toString() })
})
afterAll(async () => {
  await app?.stop()
  await qq?.close()
  await wecom?.close()
  rmSync(folder, { recursive: true, force: true })
})

test('a person with ids on three lines asks in one of them to be erased: nothing of any stays', async () => {
  for (const group of ['QG1', 'QG2']) {
    const code = await newCode('chenjing')
    await inQq(`qqChen${group}`, group, `关联 ${code}`, '记在一起')
    await inQq(`qqChen${group}`, group, `绑定本群 ${group} 创客群`, '绑定好了')
  }
  await post('groups/youkongjian/messages', { from: 'linxiaomei', text: '签到' })
  await inQq('qqLinInOne', 'QG1', `关联 ${await newCode('linxiaomei')}`, '记在一起')
  await inQq('qqLinInTwo', 'QG2', `关联 ${await newCode('linxiaomei')}`, '记在一起')
  const code = await newCode('linxiaomei')
  await inWecom(`关联 ${code}`, '记在一起')
  await post('groups/youkongjian/messages', { from: 'chenjing', text: '开课 周末微党课 10:10' })
  await inQq('qqChenQG1', 'QG1', '开课 QQ群的课 10:10', 'QQ群的课')
  qq.says({ from: 'qqLinInOne', group: 'QG1', text: '签到' })
  await inQq('qqLinInOne', 'QG1', '高企怎么报', '依据')
  await inQq('qqLinInTwo', 'QG2', '转人工 股权怎么分', '号')
  await forward('PT1M')
  await inWecom('我的信息', '签到记录：1 节课')
  await forward('P2D')
  expect(traces().length).toBeGreaterThan(3)
  // A code that is still open is of no use afterwards.
  const open = await newCode('linxiaomei')
  await inWecom('删除我的信息', '会删掉')
  await inWecom('确认删除', '删好了')
  expect(traces()).toEqual([])
  await inQq('qqNew', 'QG1', `关联 ${open}`, '不对')
  expect(log.lines.filter(line => words.some(word => line.includes(word)))).toEqual([])
})
