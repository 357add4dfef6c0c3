import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { checksOf } from '../../src/cli/doctor-checks.ts'
import { readConfig } from '../../src/config.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chuangke-doctor-'))
})
afterEach(() => {
  chmodSync(folder, 0o700)
  rmSync(folder, { recursive: true })
})

async function find(title: string, settings: NodeJS.ProcessEnv) {
  const config = readConfig({ STATE_DIR: join(folder, 'state'), ...settings })
  const check = checksOf({ name: 'main', config }).find(one => one.title === title)
  return check?.run()
}

test.each([
  ['Node', {}, 'good', /^\d+\./],
  ['设置', {}, 'good', /没有发现错误/],
  ['数据文件夹', {}, 'good', /还剩 .* GB/],
  ['线路', {}, 'warning', /只有模拟群/],
  ['字体', {}, 'good', /中文/],
  ['语言模型', {}, 'good', /原文/],
  ['语言模型', { OPENAI_API_KEY: 'sk-secret', OPENAI_MODEL: 'deepseek-chat' }, 'good', /^deepseek-chat$/],
  ['出事提醒', {}, 'warning', /ALERT_WEBHOOK_URL/],
  ['出事提醒', { ALERT_WEBHOOK_URL: 'https://hook.example/secret' }, 'good', /^(?!.*secret)/],
  ['备份', {}, 'warning', /BACKUP_DIR/],
  ['备份', { BACKUP_DIR: '/backups', BACKUP_PASSPHRASE: 'a long passphrase' }, 'good', /^(?!.*passphrase)/],
  ['知识库', {}, /good|warning/, /条在用/],
])('%s with %o is %s', async (title, settings, state, text) => {
  const found = await find(title, settings)
  expect(found?.state).toMatch(state)
  expect(found?.text).toMatch(text)
})

test('a data folder that cannot be made is bad, and says what to do', async () => {
  writeFileSync(join(folder, 'state'), '')
  expect(await find('数据文件夹', {})).toMatchObject({
    state: 'bad',
    text: expect.stringMatching(/STATE_DIR/),
  })
})

test('a database that is not there is told without its password', async () => {
  const settings = { STORE: 'postgres', DATABASE_URL: 'postgres://chuangke:secret@127.0.0.1:9/x' }
  await expect(find('数据库和时钟', settings)).rejects.toThrow(/^(?!.*secret).*数据库没有开/)
})
