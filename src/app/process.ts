import { type App, startApp } from '../app.ts'
import type { Config } from '../config.ts'
import { createLog, type Log, reasonOf } from '../log.ts'
import { exitAfterLookUps, limitStop, onStopSignal } from './platform/exit.ts'
import { whenStarterEnds } from './platform/starter.ts'
import { startTenants } from './tenants/index.ts'
import { readTenants, type Tenant } from './tenants/plan.ts'

/** Ctrl-C ends within 5 s: a longer stop is cut short, since the store is safe at any moment. */
const stopLimitMs = 4500
/** A process that does not even exit by itself is killed. */
const killAfterMs = 4900

const say = (text: string) => process.stdout.write(`${text}\n`)

/** Prints a newcomer's first lines: where the console is, how to get in, which line it is on, how to begin. */
function announce({ consoleUrl, loginLink, line, claimCode }: App) {
  say(`控制台：${consoleUrl}`)
  say(`登录链接（只能用一次，15 分钟内有效）：${loginLink}`)
  say(`线路：${line}`)
  if (claimCode) say(`认领码：${claimCode}（第一位组织者对机器人发「认领 ${claimCode}」）`)
  say('按 Ctrl-C 结束。')
}

/** A known fault has its own sentence; any other is shown in full. */
function complain(fault: unknown): never {
  const isKnown = fault instanceof Error && fault.name.endsWith('Fault')
  process.stderr.write(`${isKnown ? fault.message : `启动失败：${reasonOf(fault)}`}\n`)
  process.exit(1)
}

/**
 * Runs the bot of this process until it is told to end. Until the first message can arrive a signal ends the process at
 * once, whatever that is busy with: the store is safe at any moment.
 */
export async function runBot(): Promise<void> {
  // Packages write session files of their own: readable by no other user of the machine.
  process.umask(0o077)
  const { shared, tenants } = readSettings()
  const log = createLog(shared.LOG_LEVEL)
  const { stop, stoppable, isStopping } = createStop(log)
  whenStarterEnds(stop)
  // Packages reject promises that are awaited nowhere; that must not end the bot.
  process.on('unhandledRejection', cause => log.error({ reason: reasonOf(cause) }, 'a stray rejection'))
  const isAlone = tenants.length === 1 && shared.STORE !== 'postgres'
  const starting = isAlone
    ? startAlone(shared, { log, stoppable })
    : startAll(shared, tenants, { log, stoppable })
  // A start that goes on while the bot stops finds its store closed.
  await starting.catch(fault => isStopping() || complain(fault))
}

function readSettings() {
  try {
    return readTenants()
  } catch (fault) {
    return complain(fault)
  }
}

type Host = { log: Log; stoppable(stop: App['stop']): void }

/** The orderly end, which SIGINT and SIGTERM ask for once the bot is `stoppable`. */
function createStop(log: Log) {
  let stopApp: App['stop'] | undefined
  let isStopping = false

  async function end() {
    if (isStopping) return
    isStopping = true
    limitStop(killAfterMs)
    setTimeout(() => void exitAfterLookUps(), stopLimitMs).unref()
    await stopApp?.().catch(cause => log.error({ reason: reasonOf(cause) }, 'stopping failed'))
    await exitAfterLookUps()
  }
  const stop = () => void end()

  return {
    stop,
    isStopping: () => isStopping,
    stoppable(given: App['stop']) {
      stopApp = given
      onStopSignal(stop)
    },
  }
}

async function startAlone(config: Config, { log, stoppable }: Host) {
  announce(await startApp(config, { log, print: say, stoppable }))
}

async function startAll(shared: Config, tenants: readonly Tenant[], { log, stoppable }: Host) {
  const started = (tenant: string, running: App) => {
    say(`「${tenant}」由这台机器运行。`)
    announce(running)
  }
  const all = await startTenants(shared, tenants, { log, print: say, started })
  stoppable(() => all.stop())
  say(`网址：${all.url}。别的机器正在运行的区，这台是备机，会自动接管。`)
}
