import { createServer } from 'node:net'
import type { Puppet } from 'wechaty-puppet'
import { PuppetServer } from 'wechaty-puppet-service'
import type { World } from '../../../sandbox/world/index.ts'
import { KeptFiles } from './kept-files.ts'
import { silenceWechaty } from './puppets.ts'
import { SandboxPuppet } from './sandbox-puppet.ts'

export type GatewayOptions = {
  host: string
  /** 0 takes a free one. */
  port: number
  token: string
  isTlsDisabled: boolean
}

/** @returns where it listens as `host:port`, and a function that ends it. */
export function serveGateway(world: World, options: GatewayOptions) {
  return servePuppet(new SandboxPuppet(world), options)
}

/** The same for any puppet. */
export async function servePuppet(puppet: Puppet, options: GatewayOptions) {
  silenceWechaty()
  const port = options.port || (await findFreePort(options.host))
  const endpoint = `${options.host}:${port}`
  // A puppet without a listener for errors ends the process at the first one.
  puppet.on('error', () => {})
  const tls = { disable: options.isTlsDisabled }
  const server = new FileKeepingServer({ endpoint, puppet, token: options.token, tls })
  await withoutDeprecations(() => server.start())
  return {
    endpoint,
    async stop() {
      await server.stop()
      await puppet.stop()
    },
  }
}

class FileKeepingServer extends PuppetServer {
  // The base class makes and initializes a registry only where there is none.
  override async start() {
    this.urnRegistry = new KeptFiles()
    this.urnRegistry.init()
    await super.start()
  }
}

/** Hides gRPC's deprecation warnings: the puppet starts gRPC in a deprecated way. */
async function withoutDeprecations(start: () => Promise<void>) {
  const before = process.noDeprecation
  process.noDeprecation = true
  try {
    await start()
  } finally {
    process.noDeprecation = before ?? false
  }
}

/** The server does not tell which port it took, so it is not asked to choose. */
function findFreePort(host: string): Promise<number> {
  const probe = createServer()
  return new Promise((resolve, reject) => {
    probe.on('error', reject)
    probe.listen(0, host, () => {
      const address = probe.address()
      const port = typeof address === 'object' && address ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}
