import { type ChildProcess, execFileSync, fork, spawn } from 'node:child_process'
import { on, once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Order, Outcome } from './gateway-world.ts'

/** A bot and the gateway that it answers over, each a process of its own. */
export type Rig = {
  carryOut(order: Order): Promise<Outcome>
  /** Memory of the bot's process. */
  residentKb(): number
  stop(): Promise<void>
}

const token = 'insecure_bench'
const startMs = 30_000
/** After which a process that is asked to end is killed. */
const stopMs = 10_000

/** Ten lines of Wechaty that say what they heard. */
export async function startEchoRig(): Promise<Rig> {
  const gateway = await startGateway()
  const bot = startBot(['test/bench/parts/gateway-echo.ts', gateway.endpoint, token])
  await bot.line(/ready/)
  return rigOf(gateway, bot)
}

/** Arguments of node in `npm start`. */
const startArgs = startScript().split(' ').slice(1)

function startScript(): string {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } }
  return scripts.start
}

/** Our bot as `npm start` starts it, with its store on the disk, and all groups bound. */
export async function startOurRig(): Promise<Rig> {
  const gateway = await startGateway()
  const bot = startBot(startArgs, {
    PORT: '0',
    LOG_LEVEL: 'error',
    WECHATY_PUPPET: 'wechaty-puppet-service',
    WECHATY_PUPPET_SERVICE_ENDPOINT: gateway.endpoint,
    WECHATY_PUPPET_SERVICE_TOKEN: token,
    // Limits on what is answered would be measured instead of the way of a message.
    ANSWERS_PER_PERSON_PER_MINUTE: '1000000',
    ANSWERS_PER_GROUP_PER_MINUTE: '1000000',
  })
  const [, claimCode = ''] = await bot.line(/认领码：(\d+)/)
  await gateway.carryOut({ kind: 'found', claimCode })
  return rigOf(gateway, bot)
}

/** A bot with a home of its own, apart from the user's. */
function startBot(args: string[], settings: Record<string, string> = {}) {
  const home = mkdtempSync(join(tmpdir(), 'chuangke-bench-'))
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH, HOME: home, STATE_DIR: join(home, 'state'), ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })
  return {
    child,
    async line(pattern: RegExp): Promise<RegExpExecArray> {
      for await (const [line] of on(lines, 'line', {
        signal: AbortSignal.timeout(startMs),
        close: ['close'],
      })) {
        const found = pattern.exec(String(line))
        if (found) return found
      }
      throw new Error(`${args.join(' ')} ended before it was ready`)
    },
    cleanUp: () => rmSync(home, { recursive: true, force: true }),
  }
}

type Gateway = { child: ChildProcess; endpoint: string; carryOut(order: Order): Promise<Outcome> }

async function startGateway(): Promise<Gateway> {
  const child = fork('test/bench/parts/gateway-world.ts', [token])
  const [{ endpoint }] = (await once(child, 'message')) as [{ endpoint: string }]
  const ended = once(child, 'exit').then(() => Promise.reject(new Error('the gateway ended')))
  // At the end of the bench it is meant to.
  ended.catch(() => {})
  async function carryOut(order: Order) {
    child.send(order)
    const [outcome] = (await Promise.race([once(child, 'message'), ended])) as [Outcome]
    return outcome
  }
  return { child, endpoint, carryOut }
}

function rigOf({ child, carryOut }: Gateway, bot: ReturnType<typeof startBot>): Rig {
  return {
    carryOut,
    residentKb: () => residentKbOf(bot.child.pid),
    async stop() {
      for (const one of [bot.child, child]) {
        one.kill()
        const kill = setTimeout(() => one.kill('SIGKILL'), stopMs)
        if (one.exitCode === null && one.signalCode === null) await once(one, 'exit')
        clearTimeout(kill)
      }
      bot.cleanUp()
    },
  }
}

function residentKbOf(pid: number | undefined): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }))
}
