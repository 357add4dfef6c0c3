import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { createQuietLog } from '../conversation.ts'
import { startApp } from '../started-app.ts'

test('who joins a bound group of a running bot is welcomed there, gathered, by day', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'chuangke-newcomers-'))
  const config = readConfig({ PORT: '0', STATE_DIR: folder, SAME_GROUP_GAP_MS: '0' })
  const app = await startApp(config, { log: createQuietLog(), print: () => {} })
  onTestFinished(async () => {
    await app.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  const api = `${app.consoleUrl}/sandbox/api`
  async function post(path: string, body: Record<string, string>) {
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`${api}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    expect(answer.status).toBe(200)
    return (await answer.json()) as { now?: string }
  }
  const said = async () => (await fetch(`${api}/groups/youkongjian/messages`)).text()

  // Newcomers are welcomed between 9 and 21 o'clock in Shanghai; the sandbox begins at the time of the machine.
  const { now = '' } = await post('/clock', { forward: 'PT1S' })
  const hour = new Date(Date.parse(now) + 8 * 3_600_000).getUTCHours()
  await post('/clock', { forward: `PT${(34 - hour) % 24}H` })
  for (const id of ['huangsiqi', 'caizhiming']) await post('/groups/youkongjian/members', { id })
  const kept = () =>
    globSync(join(folder, 'newcomers', '*.json'))
      .map(file => readFileSync(file, 'utf8'))
      .join()
  await expect.poll(kept).toContain('caizhiming')
  await post('/clock', { forward: 'PT5M' })
  expect(await said()).not.toContain('欢迎新朋友')
  await post('/clock', { forward: 'PT6M' })
  await post('/clock', { forward: 'PT1M' })
  await expect.poll(said).toContain('欢迎新朋友')
  expect(await said()).toMatch(/@\S*思琪\S*[\s\S]{0,20}蔡志明/u)
  expect(await said()).toContain('我是 姓名 手机尾号')
})
