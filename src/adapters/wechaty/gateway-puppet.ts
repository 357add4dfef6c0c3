import { PuppetService } from 'wechaty-puppet-service'
import { DeadlineError } from '../../ports/chat.ts'

/** Wechaty's watchdog tries once to reconnect and then never again (field notes W3); the line watches itself. */
const watchdogSeconds = 1_000_000

/** The name for which Wechaty's own certificate is made, for tokens that do not name another. */
const defaultServerName = 'insecure'

export type GatewaySettings = {
  /** `host:port`; empty asks Wechaty's discovery service by the token. */
  endpoint: string
  token: string
  /** PEM text; absent means the authority that ships with Wechaty. */
  caCert?: string
  isTlsDisabled: boolean
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
        // What stands before the last `_` of a token names the server.
        ...(token.lastIndexOf('_') > 0 ? {} : { serverName: defaultServerName }),
      },
      ...(endpoint ? { endpoint } : {}),
    }
    super(options)
    // Its store under the home folder keeps stale names over restarts and locks a second process out (W14, W16).
    this._payloadStore.start = async () => {}
    // After any error it sends a file a second time by an older road, though the first may have arrived.
    Object.assign(this, {
      messageSendFileStream: async () => {
        throw new DeadlineError('the gateway did not confirm the file')
      },
    })
  }

  override async onStart() {
    await super.onStart()
    // A stream that ends in good order is as dead as a broken one, but Wechaty says nothing then.
    this.grpcManager.on('end', () => this.emit('error', new Error('14 UNAVAILABLE: the stream ended')))
  }

  /**
   * Leaves without asking the gateway to stop, as Wechaty would: that call has no deadline (W4), and it stops the
   * account for whoever else uses this gateway (W10).
   */
  override async onStop() {
    const manager = this._grpcManager
    delete this._grpcManager
    await super.onStop()
    // That the stream was cancelled is no news, but unheard it would end the process.
    manager?.removeAllListeners().on('error', () => {})
    manager?.eventStream?.cancel()
    manager?.client.close()
  }
}
