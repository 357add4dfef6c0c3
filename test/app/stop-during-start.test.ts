import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chuangke-early-stop-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/**
 * Starts the bot with data that it cannot read to the end: its main thread waits, as
 * one that is busy for long does.
 */
async function startThatHangs() {
  const questions = join(folder, 'faq-questions.yaml')
  execFileSync('mkfifo', [questions])
  const bot = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', resolve('src/main.ts')], {
    env: { ...process.env, PORT: '0', DATA_DIR: folder, STATE_DIR: join(folder, 'state') },
    stdio: 'ignore',
  })
  const ended = new Promise(done => bot.once('close', (status, signal) => done(signal ?? status)))
  // Opens once the bot reads.
  const writing = await open(questions, 'w')
  onTestFinished(async () => {
    bot.kill('SIGKILL')
    await writing.close()
  })
  return { bot, ended }
}

describe.skipIf(process.platform !== 'linux')('a stop during the start', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)(
    'ends the bot at once on %s, whatever it is busy with',
    async signal => {
      const { bot, ended } = await startThatHangs()
      bot.kill(signal)
      expect(await ended).toBe(signal)
    },
  )
})
