import { exitAfterLookUps, limitStop } from './app/platform/exit.ts'
import { whenStarterEnds } from './app/platform/starter.ts'
import { startTenants } from './app/tenants/index.ts'
import { readTenants } from './app/tenants/plan.ts'
import { type App, startApp } from './app.ts'
import { createLog, reasonOf } from './log.ts'

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

async function main() {
  // Packages write session files of their own: readable by no other user of the machine.
  process.umask(0o077)
  const { shared, tenants } = readTenants()
  const log = createLog(shared.LOG_LEVEL)
  let app: { stop(): Promise<void> } | undefined
  let isStopping = false

  async function stop() {
    if (isStopping) return
    isStopping = true
    limitStop(killAfterMs)
    setTimeout(() => void exitAfterLookUps(), stopLimitMs).unref()
    await app?.stop().catch(cause => log.error({ reason: reasonOf(cause) }, 'stopping failed'))
    await exitAfterLookUps()
  }
  process.on('SIGINT', () => void stop())
  process.on('SIGTERM', () => void stop())
  whenStarterEnds(() => void stop())
  // Packages reject promises that are awaited nowhere; that must not end the bot.
  process.on('unhandledRejection', cause => log.error({ reason: reasonOf(cause) }, 'a stray rejection'))

  const isAlone = tenants.length === 1 && shared.STORE !== 'postgres'
  if (isAlone) {
    const alone = await startApp(shared, { log, print: say })
    announce(alone)
    app = alone
    return
  }
  const started = (tenant: string, running: App) => {
    say(`「${tenant}」由这台机器运行。`)
    announce(running)
  }
  const all = await startTenants(shared, tenants, { log, print: say, started })
  say(`网址：${all.url}。别的机器正在运行的区，这台是备机，会自动接管。`)
  app = all
}

await main().catch(complain)
