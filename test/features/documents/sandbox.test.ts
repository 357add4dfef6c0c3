import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readConfig } from '../../../src/config.ts'
import { createQuietLog } from '../../conversation.ts'
import { startApp } from '../../started-app.ts'
import { measures } from './world.ts'

test('a file sent in a simulated private chat is read; files of others are left', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'chuangke-'))
  const quick = { SAME_GROUP_GAP_MS: '0', NEXT_GROUP_GAP_MIN_MS: '0', NEXT_GROUP_GAP_MAX_MS: '0' }
  const config = readConfig({ PORT: '0', STATE_DIR: folder, ...quick })
  const app = await startApp(config, { log: createQuietLog(), print: () => {} })
  onTestFinished(async () => {
    await app.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  const headers = { 'Content-Type': 'application/json' }
  const api = (path: string) => `${app.consoleUrl}/sandbox/api/${path}`
  async function say(from: string, body: object, answer: string) {
    await fetch(api(`members/${from}/messages`), { method: 'POST', headers, body: JSON.stringify(body) })
    const heard = async () => (await fetch(api(`members/${from}/messages`))).text()
    await expect.poll(heard).toContain(answer)
  }
  const file = {
    name: '办法.txt',
    mimeType: 'text/plain',
    base64: Buffer.from(measures()).toString('base64'),
  }

  await say('linxiaomei', { text: '', file }, '只看得懂文字')
  await say('chenjing', { text: '', file }, '收下了，是 1 号文件')
  await say('chenjing', { text: '文件 1' }, '单家企业最高不超过30万元')
})
