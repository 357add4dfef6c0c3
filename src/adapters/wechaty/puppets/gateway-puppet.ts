import { promisify } from 'node:util'
import { type FileBoxInterface, FileBoxType } from 'file-box'
import { Puppet } from 'wechaty-puppet'
import { PuppetService } from 'wechaty-puppet-service'
import { DeadlineError } from '../../../ports/chat.ts'

/** Wechaty's watchdog tries once to reconnect and then never again; the line watches itself. */
const watchdogSeconds = 1_000_000

/** The name for which Wechaty's own certificate is made, for tokens that do not name another. */
const defaultServerName = 'insecure'

/** Time limit of one ding, a small call, in ms. */
const dingMs = 5000

/** gRPC statuses that concern the connection or the token; after any other the gateway has answered. */
const noAnswer = new Set([1, 4, 13, 14, 16])

/** In base64 this is two thirds of the 4 MB that a gateway takes in one call. */
const inlineFileBytes = 2 * 1024 * 1024

/** Name of the heartbeat for a ding that the gateway took; not every gateway answers it with a dong. */
export const dingAcknowledged = 'ding taken'

export type GatewaySettings = {
  /** `host:port`; empty asks Wechaty's discovery service by the token. */
  endpoint: string
  token: string
  /** PEM text; absent means the authority that ships with Wechaty. */
  caCert?: string
  isTlsDisabled: boolean
}

type GrpcError = Error & { code: number }

/** The part of the gRPC client that is listened to; its package ships no types for it. */
type GatewayClient = {
  event(request: unknown): { once(event: 'error', listener: (cause: GrpcError) => void): unknown }
  messagePayload(...given: unknown[]): unknown
  messageSendText(...given: unknown[]): unknown
  ding(request: unknown, options: { deadline: number }, done: (cause: GrpcError | null) => void): unknown
  getChannel(): unknown
}

/** The part of a gRPC channel that is private to its package. */
type GrpcChannel = { internalChannel?: { channelzEnabled: boolean; options: Record<string, unknown> } }

/** Methods of the client that are called for every message. */
const everyDay = ['messagePayload', 'messageSendText'] as const

/**
 * Makes frequent calls without a stack trace, and with a promised form that is made once. By default each call records
 * its asynchronous stack, and Wechaty binds and promisifies the method anew: a fifth of what a call costs.
 */
function reduceCallCost(client: GatewayClient) {
  for (const method of everyDay) {
    const call = client[method].bind(client)
    const withoutTrace: typeof call = (...given) => {
      const before = Error.stackTraceLimit
      Error.stackTraceLimit = 0
      try {
        return call(...given)
      } finally {
        Error.stackTraceLimit = before
      }
    }
    const promised = promisify(withoutTrace)
    client[method] = Object.assign(withoutTrace, { bind: () => withoutTrace, [promisify.custom]: promised })
  }
}

/**
 * Turns off channelz, the counts of calls and connections that gRPC keeps for a debugging service: some 7 % of what a
 * reply costs. Wechaty passes no channel options on, so they are set before the first call connects.
 */
function disableChannelz(client: GatewayClient) {
  const { internalChannel } = client.getChannel() as GrpcChannel
  if (!internalChannel) return
  internalChannel.channelzEnabled = false
  internalChannel.options['grpc.enable_channelz'] = 0
}

/** The client of a gateway, without the habits of Wechaty's own that lose messages or send them twice. */
export class GatewayPuppet extends PuppetService {
  constructor({ endpoint, token, caCert, isTlsDisabled }: GatewaySettings) {
    const options = {
      token,
      timeoutSeconds: watchdogSeconds,
      tls: {
        disable: isTlsDisabled,
        ...(caCert ? { caCert } : {}),
        // The part before the last `_` of a token names the server.
        ...(token.lastIndexOf('_') > 0 ? {} : { serverName: defaultServerName }),
      },
      ...(endpoint ? { endpoint } : {}),
    }
    super(options)
    // Its store under the home folder keeps stale names over restarts and locks a second process out.
    this._payloadStore.start = async () => {}
    // Wechaty's fallback sends a file a second time after any error, though the first may have arrived.
    Object.assign(this, {
      messageSendFileStream: async () => {
        throw new DeadlineError('the gateway did not confirm the file')
      },
    })
  }

  override async onStart() {
    const started = super.onStart()
    // A stream that ends without an error delivers nothing more either, but Wechaty does not report it.
    this.grpcManager.on('end', () => this.emit('error', new Error('14 UNAVAILABLE: the stream ended')))
    this.#watchRefusals(this.grpcManager.client)
    this.#watchDings(this.grpcManager.client)
    reduceCallCost(this.grpcManager.client)
    disableChannelz(this.grpcManager.client)
    await started
    // Its log of events is unused, and each event passes it first.
    for (const end of this._cleanupCallbackList.splice(0)) end()
  }

  /**
   * A gateway that has a client already refuses the stream of events and answers every other call, and Wechaty,
   * which does not look at the stream before it has started, takes that for success.
   */
  #watchRefusals(client: GatewayClient) {
    const open = client.event.bind(client)
    client.event = request => {
      const stream = open(request)
      stream.once('error', cause => this.emit('error', cause))
      return stream
    }
  }

  /** Wechaty's own dings have no deadline and do not report their outcome. */
  #watchDings(client: GatewayClient) {
    const ding = client.ding.bind(client)
    client.ding = request =>
      ding(request, { deadline: Date.now() + dingMs }, cause => {
        if (cause && noAnswer.has(cause.code)) this.emit('error', cause)
        else this.emit('heartbeat', { data: dingAcknowledged })
      })
  }

  /**
   * A file goes within the call that sends it where that is possible. Wechaty uploads it first from 20 kB on, and its
   * gateways may confirm an upload before the file is written, and then send an empty one.
   */
  protected override async serializeFileBox(file: FileBoxInterface) {
    const isInline = file.type === FileBoxType.Base64 && file.size <= inlineFileBytes
    return isInline ? JSON.stringify(file) : super.serializeFileBox(file)
  }

  /** A log-out that the gateway reports is passed on; Wechaty's own client sends it back as an order. */
  override async logout(reason?: string) {
    await Puppet.prototype.logout.call(this, reason)
  }

  /**
   * Leaves without asking the gateway to stop, as Wechaty would: that call has no deadline, and it stops the
   * account for the other users of this gateway.
   */
  override async onStop() {
    const manager = this._grpcManager
    delete this._grpcManager
    await super.onStop()
    // The error of a cancelled stream is expected; without a listener it would end the process.
    manager?.removeAllListeners().on('error', () => {})
    manager?.eventStream?.cancel()
    manager?.client.close()
  }
}
