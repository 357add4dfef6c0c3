import type { AddressInfo } from 'node:net'
import { parseArgs } from 'node:util'
import { serve } from '@hono/node-server'
import type { Hono } from 'hono'
import { Temporal } from 'temporal-polyfill'
import { createMovableClock, type MovableClock } from '../adapters/clock.ts'
import { createMemoryStore } from '../adapters/memory.ts'
import { serveGateway } from '../adapters/wechaty/puppets/gateway.ts'
import { openToLocalScripts } from '../console/local-scripts.ts'
import { Refusal } from '../feature.ts'
import { sandboxApi } from '../sandbox/api.ts'
import { readCommunity } from '../sandbox/world/community.ts'
import { createWorld, type World } from '../sandbox/world/index.ts'

const usage = `用法：npm run -s gateway -- --port 18788 --token 令牌 [--sandbox-port 18789] [--no-tls]
  --port          网关的端口，0 表示随便一个空闲的
  --token         机器人要出示的令牌，自己定一串
  --sandbox-port  另开一个 HTTP 端口，用来在模拟的群里说话
  --no-tls        不加密，只用于本机试验`

const loopback = '127.0.0.1'

/**
 * Serves the sandbox's groups over gRPC, as a provider of WeChat gateways would, until SIGINT or SIGTERM.
 * @throws {@link Refusal} when the arguments are not understood.
 */
export async function runGateway(args: string[]): Promise<void> {
  const options = readArguments(args)
  const clock = createMovableClock({ startAt: Temporal.Now.instant(), isRunning: true })
  const community = readCommunity('data/community.yaml')
  const world = await createWorld({ store: createMemoryStore(), clock, community })
  const gateway = await serveGateway(world, { ...options, host: loopback })
  const sandbox =
    options.sandboxPort === undefined
      ? undefined
      : await listen(sandboxOf(world, clock).fetch, options.sandboxPort)
  process.stdout.write(`${readyLine(gateway.endpoint, options.isTlsDisabled, sandbox?.url)}\n`)
  await endOfProcess()
  sandbox?.close()
  // A pending cut of the line would keep the process alive.
  world.cutLine(0)
  await gateway.stop()
}

function readArguments(args: string[]) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        port: { type: 'string' },
        token: { type: 'string' },
        'sandbox-port': { type: 'string' },
        tls: { type: 'boolean', default: true },
      },
      allowNegative: true,
    })
    if (!values.token) throw new Refusal('请用 --token 给一个令牌。')
    const sandboxPort = values['sandbox-port']
    return {
      port: readPort(values.port),
      token: values.token,
      isTlsDisabled: !values.tls,
      ...(sandboxPort === undefined ? {} : { sandboxPort: readPort(sandboxPort) }),
    }
  } catch (cause) {
    throw new Refusal(`${cause instanceof Refusal ? `${cause.message}\n` : ''}${usage}`, { cause })
  }
}

function readPort(text: string | undefined): number {
  const port = Number(text)
  if (text === undefined || !/^\d+$/.test(text) || port > 65_535) {
    throw new Refusal('端口要写成 0 到 65535 的一个数。')
  }
  return port
}

function readyLine(endpoint: string, isTlsDisabled: boolean, sandboxUrl: string | undefined): string {
  const env = [
    'WECHATY_PUPPET=wechaty-puppet-service',
    `WECHATY_PUPPET_SERVICE_ENDPOINT=${endpoint}`,
    'WECHATY_PUPPET_SERVICE_TOKEN=（--token 后面的那一串）',
    ...(isTlsDisabled ? ['WECHATY_PUPPET_SERVICE_NO_TLS_INSECURE_CLIENT=true'] : []),
  ]
  const page = sandboxUrl ? `；模拟的群：${sandboxUrl}/sandbox/api/groups` : ''
  return `网关已就绪：${endpoint}${page}。机器人的 .env 里写：${env.join(' ')}`
}

/** Nothing falls due in a gateway: moving its clock changes the time of messages and ends cuts. */
function sandboxOf(world: World, clock: MovableClock): Hono {
  const forward = async (duration: Temporal.Duration) => {
    clock.forward(duration)
    return clock.now()
  }
  return openToLocalScripts(
    '/sandbox/api',
    sandboxApi({ world, forward, now: clock.now, cutLine: world.cutLine }),
  )
}

function listen(fetch: Hono['fetch'], port: number) {
  return new Promise<{ url: string; close(): void }>((resolve, reject) => {
    const server = serve({ fetch, port, hostname: loopback }, (info: AddressInfo) =>
      resolve({
        url: `http://${loopback}:${info.port}`,
        close() {
          server.close()
          if ('closeAllConnections' in server) server.closeAllConnections()
        },
      }),
    )
    server.on('error', reject)
  })
}

function endOfProcess(): Promise<void> {
  return new Promise(resolve => {
    process.once('SIGINT', () => resolve())
    process.once('SIGTERM', () => resolve())
  })
}
