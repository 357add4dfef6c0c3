import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { makeBackup } from '../src/app/platform/backups.ts'
import type { App } from '../src/app.ts'
import { runRestore } from '../src/cli/restore.ts'
import { readConfig } from '../src/config.ts'
import { createQuietLog } from './conversation.ts'
import { startApp } from './started-app.ts'

/** Files of the simulated line stand for the platform's own data. */
const isOfTheLine = (file: string) => file.startsWith('sandbox-')

describe('a member who used every feature and then has it erased', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chuangke-'))
  const log = createQuietLog()
  const backups = mkdtempSync(join(tmpdir(), 'chuangke-backups-'))
  const backup = join(backups, 'before.backup')
  const quick = { SAME_GROUP_GAP_MS: '0', NEXT_GROUP_GAP_MIN_MS: '0', NEXT_GROUP_GAP_MAX_MS: '0' }
  const config = readConfig({ PORT: '0', STATE_DIR: folder, BACKUP_DIR: backups, ...quick })
  const words = ['linxiaomei', '林小美', '小美']
  let app: App

  const start = () => startApp(config, { log, print: () => {} })
  beforeAll(async () => {
    app = await start()
  })
  afterAll(async () => {
    await app?.stop()
    for (const one of [folder, backups]) rmSync(one, { recursive: true, force: true })
  })

  const headers = { 'Content-Type': 'application/json' }
  const post = (path: string, body: object) =>
    fetch(`${app.consoleUrl}/sandbox/api/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  const read = async (path: string) => (await fetch(`${app.consoleUrl}/sandbox/api/${path}`)).text()
  const forward = (duration: string) => post('clock', { forward: duration })

  /** The next time that it is so late in Shanghai, whenever this test runs. */
  async function forwardTo(time: string) {
    const now = Temporal.Now.zonedDateTimeISO('Asia/Shanghai')
    const today = now.withPlainTime(time)
    const then = Temporal.ZonedDateTime.compare(today, now) > 0 ? today : today.add({ days: 1 })
    await forward(now.until(then, { largestUnit: 'hours' }).toString())
  }

  async function inGroup(from: string, text: string, answer: string, mention = false) {
    await post('groups/youkongjian/messages', { from, text, mention })
    if (answer !== '') await expect.poll(() => read('groups/youkongjian/messages')).toContain(answer)
  }
  async function inPrivate(from: string, text: string, answer: string) {
    await post(`members/${from}/messages`, { text })
    await expect.poll(() => read(`members/${from}/messages`)).toContain(answer)
  }

  /** Files of ours in which one of these words stands. */
  function traces(words: readonly string[]): string[] {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    return files
      .filter(file => file.endsWith('.json') || file.endsWith('.bak'))
      .filter(file => !isOfTheLine(file))
      .filter(file => words.some(word => readFileSync(join(folder, file), 'utf8').includes(word)))
  }

  test('leaves no trace on the disk', async () => {
    await forwardTo('10:00')
    await inGroup('chenjing', '开课 周末微党课 10:10', '「周末微党课」')
    await inGroup('linxiaomei', '签到', '')
    await forward('PT30S')
    await inGroup('linxiaomei', '高企怎么报', '依据', true)
    await inGroup('linxiaomei', '转人工', '号', true)
    await inPrivate('linxiaomei', '投稿 设计工作室新店开张，欢迎来坐坐', '编号 1')
    await inPrivate('linxiaomei', '我的信息', '签到记录：1 节课')
    const shown = await read('members/linxiaomei/messages')
    for (const kept of ['问过的问题：', '转给人答的问题：1 个', '聊天身份：优空间-林小美'])
      expect(shown).toContain(kept)
    await inGroup('chenjing', '下课', '签到')
    await forward('P2D')
    expect(traces(words).length).toBeGreaterThan(3)

    await makeBackup({ name: 'main', config }, backup)
    await inPrivate('linxiaomei', '删除我的信息', '会删掉')
    await inPrivate('linxiaomei', '确认删除', '删好了')
    expect(traces(words)).toEqual([])
    await inPrivate('linxiaomei', '我的信息', '不在名单上')
    expect(log.lines.filter(line => words.some(word => line.includes(word)))).toEqual([])
  })

  test.each([
    ['over the data of now', ['--replace'], () => {}],
    ['where all data were lost', [], () => rmSync(folder, { recursive: true })],
  ])('a backup that was made before brings nobody back: %s', async (_, options, lose) => {
    await app.stop()
    lose()
    vi.stubEnv('STATE_DIR', folder)
    vi.stubEnv('BACKUP_DIR', backups)
    await runRestore(['--from', backup, ...options]).finally(() => vi.unstubAllEnvs())
    expect(traces(words).length).toBeGreaterThan(3)
    app = await start()
    expect(traces(words)).toEqual([])
    // The organizers know since the first time.
    expect(await read('members/chenjing/messages')).not.toContain('要求删除个人信息')
  })
})
