/** A line fault as one Chinese sentence that says what to do. */
export class LineFault extends Error {
  override name = 'LineFault'
}

/**
 * gRPC statuses after which the stream of events is dead: 1 cancelled, 6 refused, 13
 * internal, 14 unavailable, 16 token.
 */
const deadStream = /^(?:1|6|13|14|16) [A-Z_]+/

/** Whether nothing more will come over this line, though Wechaty still calls itself logged in. */
export function isDeadLine(reason: string): boolean {
  return deadStream.test(reason)
}

const explanations: [RegExp, string][] = [
  [
    /^16 |UNAUTHENTICATED|Invalid Wechaty TOKEN/i,
    '网关不认这个令牌（token）：它写错了或已过期，请核对 WECHATY_PUPPET_SERVICE_TOKEN 后重启。',
  ],
  [
    /certificate|self-signed|altname|\bSSL\b|\bTLS\b|wrong version|EPROTO/i,
    '与网关的加密（TLS）对不上：请核对证书和地址；网关没有加密的话，这边也要设成不加密。',
  ],
  [
    /^6 |ALREADY_EXISTS|can not call twice/i,
    '这个令牌正被另一个程序使用，请先停掉那一个。没有别的程序的话，是上一次连接还没放开，稍等会自动连上。',
  ],
  [
    /service discovery|discover\(\)/i,
    '按令牌（token）没有找到网关：请核对令牌是不是写错或过期，或者在 WECHATY_PUPPET_SERVICE_ENDPOINT 填上网关的地址。',
  ],
  [/ENOTFOUND|Name resolution|EAI_AGAIN/i, '找不到网关的地址，请核对地址和网络；令牌过期时也会这样。'],
  [/ECONNREFUSED/, '网关没有开着（连接被拒绝），请确认它已启动、端口没错。'],
  [/the stream ended/, '网关主动断开了连接：它在重启，或者有另一个程序用了同一个令牌。正在自动重连。'],
  [/^14 |UNAVAILABLE/, '连不上网关，正在自动重连。'],
  [/silent|took longer/, '线路没有任何回应，正在自动重连。'],
]

const tlsWanted =
  '网关接了又挂断：它多半是加密（TLS）的，请把 WECHATY_PUPPET_SERVICE_NO_TLS_INSECURE_CLIENT 改回 false 再重启。'

/** Whether a call that failed like this may have been carried out all the same: no answer is no answer. */
export function isOutcomeUnknown(reason: string): boolean {
  return /(?:^|: )(?:1|4|13|14) [A-Z_]+/.test(reason) && !/No connection established|shut down/.test(reason)
}

/** Whether a call failed because its connection did: 1 cancelled, 14 unavailable. */
export const isConnectionLost = (reason: string) => /(?:^|: )(?:1|14) [A-Z_]+/.test(reason)

/** gRPC's words when the other side hangs up, as it does when it wants encryption and we use none. */
const hungUp = /Last error: Failed to connect/

/**
 * The fault as one Chinese sentence with what to do; never with the reason's own words, which may hold a token.
 * @param isTlsDisabled on our side
 */
export function explainFault(reason: string, isTlsDisabled: boolean): string {
  if (isTlsDisabled && hungUp.test(reason)) return tlsWanted
  return explanations.find(([pattern]) => pattern.test(reason))?.[1] ?? '线路出错，正在自动重连。'
}

/** The words of an error as a puppet reports it, which were written as JSON on their way. */
export function reasonInPayload(payload: { gerror?: string; data?: string }): string {
  return withoutToken(messageIn(payload.gerror) ?? payload.data ?? 'unknown')
}

/** A gateway that refuses a token repeats it in what it says, and so does the service that looks for the gateway. */
export function withoutToken(reason: string): string {
  return reason
    .replace(/(token\W+)"[^"]*"/gi, '$1(hidden)')
    .replace(/(\/hosties\/|wechaty:(?:\/\/[^\s/]*\/)?)[^\s/>"':]+/gi, '$1(hidden)')
}

function messageIn(json = '{}'): string | undefined {
  try {
    const { message } = JSON.parse(json) as { message?: unknown }
    return typeof message === 'string' ? message : undefined
  } catch {
    return json
  }
}
