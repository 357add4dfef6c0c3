import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'

test('`npm run dev` starts again with whatever the bot reads at its start, and with no record', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'chuangke-dev-'))
  for (const one of ['src', 'prompts', 'data/faq', 'data/state/lessons'])
    mkdirSync(join(folder, one), { recursive: true })
  const write = (file: string, text: string) => writeFileSync(join(folder, file), text)
  write('src/main.ts', "console.log('started'); setInterval(() => {}, 1000)")
  write('data/topics.yaml', 'a')
  let told = ''
  const dev = spawn(process.execPath, [resolve('tools/dev/main.ts')], { cwd: folder })
  dev.stdout.on('data', chunk => (told += String(chunk)))
  const ended = new Promise(done => dev.once('exit', done))
  onTestFinished(async () => {
    dev.kill('SIGTERM')
    await ended
    rmSync(folder, { recursive: true })
  })
  const starts = () => told.split('started').length - 1
  await expect.poll(starts).toBe(1)

  const replace = () => {
    write('new', 'b')
    renameSync(join(folder, 'new'), join(folder, 'data/topics.yaml'))
  }
  const changes = [
    () => write('data/faq/one.yaml', 'a'),
    () => write('data/desks.yaml', 'a'),
    replace,
    replace,
    () => write('prompts/one.md', 'a'),
  ]
  for (const [at, change] of changes.entries()) {
    write('data/state/lessons/1.json', String(at))
    change()
    await expect.poll(starts).toBe(at + 2)
  }
})
