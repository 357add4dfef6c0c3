import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { openWecomServer } from './wecom-server.ts'

const patient = { timeout: 60_000 }
const bots: ChildProcess[] = []

afterEach(() => {
  for (const bot of bots.splice(0)) bot.kill('SIGKILL')
})

function start(folder: string, url: string, ...groups: string[]): ChildProcess {
  const options = { execArgv: ['--disable-warning=ExperimentalWarning'] }
  const bot = fork(join(import.meta.dirname, 'killed-bot.ts'), [folder, url, ...groups], options)
  bots.push(bot)
  return bot
}

async function statesOf(bot: ChildProcess): Promise<string[]> {
  bot.send('states')
  const [states] = (await once(bot, 'message')) as [string[]]
  return states
}

test('killed between a message and its answer: unknown in the next life, which sends the rest and no second copy', {
  timeout: 120_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'killed-'))
  const server = await openWecomServer()
  for (const group of ['wrA', 'wrB']) server.says({ from: 'mei', group, text: '在吗' })
  server.behaviour.send = 'silent'
  const first = start(folder, server.url, 'wrA')
  await expect.poll(() => server.shown.length, patient).toBe(1)
  first.kill('SIGKILL')
  await once(first, 'exit')
  server.behaviour.send = 'ok'
  const second = start(folder, server.url, 'wrA', 'wrB')
  await expect.poll(() => server.shown.length, patient).toBe(2)
  await expect.poll(() => statesOf(second), patient).toEqual(['b1/wrA unknown', 'b1/wrB confirmed'])
  expect(server.shown.map(({ chat }) => chat)).toEqual(['wrA', 'wrB'])
  second.kill('SIGKILL')
  await once(second, 'exit')
  await server.close()
  rmSync(folder, { recursive: true })
})
