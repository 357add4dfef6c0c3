import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { openCustomersServer } from './servers/customers-server.ts'
import { openQqServer } from './servers/qq-server.ts'
import { openRobotServer } from './servers/robot-server.ts'
import { openWecomServer } from './servers/wecom-server.ts'

const bots: ChildProcess[] = []

afterEach(() => {
  for (const bot of bots.splice(0)) bot.kill('SIGKILL')
})

function start(folder: string, urls: object, ...groups: string[]): ChildProcess {
  const options = { execArgv: ['--disable-warning=ExperimentalWarning'] }
  const bot = fork(
    join(import.meta.dirname, 'killed-bot.ts'),
    [folder, JSON.stringify(urls), ...groups],
    options,
  )
  bots.push(bot)
  return bot
}

async function statesOf(bot: ChildProcess): Promise<string[]> {
  bot.send('states')
  const [states] = (await once(bot, 'message')) as [string[]]
  return states
}

/** A server of each platform as one. */
async function openServers() {
  const [qq, wecom, robot, customers] = await Promise.all([
    openQqServer(),
    openWecomServer(),
    openRobotServer(),
    openCustomersServer(),
  ])
  customers.owned.set('zhangsan', new Map([['wrC', '优空间老板群']]))
  for (const group of ['A', 'B']) wecom.says({ from: 'mei', group, text: '在吗' })
  return {
    urls: { qq: qq.url, wecom: wecom.url, robot: robot.url, customers: customers.url },
    /** Messages sent over each line, in order. */
    shown: () => ({
      qq: qq.shown.map(({ content }) => content),
      wecom: wecom.shown.map(({ content }) => content),
      robot: robot.shown.map(({ content }) => content),
      customers: [...customers.tasks.values()].map(({ text }) => text),
    }),
    answer(how: 'ok' | 'silent') {
      for (const { behaviour } of [qq, wecom, robot]) behaviour.send = how
      customers.behaviour.create = how
    },
    close: () => Promise.all([qq, wecom, robot, customers].map(server => server.close())),
  }
}

const lines = ['customers', 'qq', 'robot', 'wecom']
const groupsOf = (name: string) => lines.map(line => `${line}!${name}`)
const textsOf = (...names: string[]) =>
  Object.fromEntries(lines.map(line => [line, names.map(name => `推送 ${line}!${name}`)]))

test('killed between a message and its answer: unknown in the next life, which sends the rest and no second copy', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'killed-'))
  const servers = await openServers()
  servers.answer('silent')
  const first = start(folder, servers.urls, ...groupsOf('A'))
  await expect.poll(servers.shown).toEqual(textsOf('A'))
  first.kill('SIGKILL')
  await once(first, 'exit')
  servers.answer('ok')
  const second = start(folder, servers.urls, ...groupsOf('A'), ...groupsOf('B'))
  await expect.poll(servers.shown).toEqual(textsOf('A', 'B'))
  const states = lines.flatMap(line => [
    `b1/${line}!A unknown`,
    // An employee has still to send it.
    `b1/${line}!B ${line === 'customers' ? 'waiting' : 'confirmed'}`,
  ])
  await expect.poll(() => statesOf(second)).toEqual(states)
  expect(servers.shown()).toEqual(textsOf('A', 'B'))
  // The employee has the task of the first life: sent again, there is no second one.
  second.send('customers!A')
  const again = states.map(state => state.replace('customers!A unknown', 'customers!A waiting'))
  await expect.poll(() => statesOf(second)).toEqual(again)
  expect(servers.shown()).toEqual(textsOf('A', 'B'))
  second.kill('SIGKILL')
  await once(second, 'exit')
  await servers.close()
  rmSync(folder, { recursive: true })
})
