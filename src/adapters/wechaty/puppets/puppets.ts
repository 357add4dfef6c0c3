import { mkdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { log as wechatyLog } from 'wechaty-puppet'
import type { PuppetInterface } from 'wechaty-puppet/impls'
import type { World } from '../../../sandbox/world/index.ts'
import { hideFromConsole } from '../hidden-token.ts'
import { LineFault } from '../messages/faults.ts'
import { GatewayPuppet } from './gateway-puppet.ts'
import { SandboxPuppet } from './sandbox-puppet.ts'

export type PuppetSettings = {
  WECHATY_PUPPET: string
  WECHATY_PUPPET_SERVICE_ENDPOINT: string
  WECHATY_PUPPET_SERVICE_TOKEN: string
  WECHATY_PUPPET_SERVICE_TLS_CA_CERT: string
  WECHATY_PUPPET_SERVICE_NO_TLS_INSECURE_CLIENT: 'true' | 'false'
  STATE_DIR: string
}

/** Makes a new puppet each time: one that lost its line is not used again. */
export type PuppetMaker = {
  make(): PuppetInterface
  /** Where Wechaty keeps what a puppet must remember between logins; undefined keeps nothing. */
  memoryName?: string
  /** Whether each look-up is a call over the network. Default: false. */
  isRemote?: boolean
}

/** Wechaty's own log goes to standard output and names tokens. */
export function silenceWechaty() {
  wechatyLog.level('silent')
}

/**
 * Finds the puppet that the settings name.
 * @throws {@link LineFault} when it is not installed or lacks a setting.
 */
export async function findPuppet(settings: PuppetSettings, world: World | undefined): Promise<PuppetMaker> {
  silenceWechaty()
  if (settings.WECHATY_PUPPET === 'sandbox') {
    if (!world) throw new LineFault('沙盒线路需要一个模拟的群。')
    return { make: () => new SandboxPuppet(world) }
  }
  if (settings.WECHATY_PUPPET === 'wechaty-puppet-service') return gatewayPuppet(settings)
  const Puppet = await importPuppet(settings.WECHATY_PUPPET)
  mkdirSync(settings.STATE_DIR, { recursive: true })
  return {
    make: () => new Puppet(),
    memoryName: resolve(settings.STATE_DIR, settings.WECHATY_PUPPET.replaceAll('/', '-')),
  }
}

function gatewayPuppet(settings: PuppetSettings): PuppetMaker {
  const token = settings.WECHATY_PUPPET_SERVICE_TOKEN
  if (!token) throw new LineFault('还没有网关的令牌：请在 .env 里填写 WECHATY_PUPPET_SERVICE_TOKEN。')
  hideFromConsole(token)
  const caFile = settings.WECHATY_PUPPET_SERVICE_TLS_CA_CERT
  const options = {
    endpoint: settings.WECHATY_PUPPET_SERVICE_ENDPOINT,
    token,
    isTlsDisabled: settings.WECHATY_PUPPET_SERVICE_NO_TLS_INSECURE_CLIENT === 'true',
    ...(caFile ? { caCert: readCertificate(caFile) } : {}),
  }
  return { make: () => new GatewayPuppet(options), isRemote: true }
}

function readCertificate(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new LineFault('读不到网关的证书文件：请核对 WECHATY_PUPPET_SERVICE_TLS_CA_CERT。', { cause })
  }
}

type PuppetClass = new () => PuppetInterface

async function importPuppet(name: string): Promise<PuppetClass> {
  let found: unknown
  try {
    found = await import(name)
  } catch (cause) {
    throw new LineFault(`没有装好 ${name}：请先在项目目录运行 npm install ${name}，再启动。`, { cause })
  }
  // A CommonJS package seen from here wraps its default export once or twice.
  for (let depth = 0; depth < 3; depth++) {
    if (typeof found === 'function') return found as PuppetClass
    found = (found as { default?: unknown } | undefined)?.default
  }
  throw new LineFault(`${name} 不是 Wechaty 的 puppet，请核对 WECHATY_PUPPET。`)
}
