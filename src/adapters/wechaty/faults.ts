/** What is wrong with a line, for people: one sentence that says what to do. */
export class LineFault extends Error {
  override name = 'LineFault'
}

/** gRPC statuses after which the stream of events is dead: 1 cancelled, 13 internal, 14 unavailable, 16 token. */
const deadStream = /^(?:1|13|14|16) [A-Z_]+/

/** Whether nothing more will come over this line, though Wechaty still calls itself logged in (field notes W1). */
export function isDeadLine(reason: string): boolean {
  return deadStream.test(reason)
}

const explanations: [RegExp, string][] = [
  [
    /^16 |UNAUTHENTICATED|Invalid Wechaty TOKEN/i,
    '网关不认这个令牌（token）：它写错了或已过期，请核对后重启。',
  ],
  [
    /certificate|self-signed|altname|\bSSL\b|\bTLS\b|wrong version/i,
    '与网关的加密（TLS）对不上：请核对证书和地址。',
  ],
  [/^6 |ALREADY_EXISTS|can not call twice/i, '这个令牌正被另一个程序使用，请先停掉那一个。'],
  [/ENOTFOUND|Name resolution|EAI_AGAIN/i, '找不到网关的地址，请核对地址和网络。'],
  [/ECONNREFUSED/, '网关没有开着（连接被拒绝），请确认它已启动、端口没错。'],
  [/^14 |UNAVAILABLE/, '连不上网关，正在自动重连。'],
  [/silent|took longer/, '线路没有任何回应，正在自动重连。'],
]

/** Whether a call that failed like this may have been carried out all the same: no answer is no answer. */
export function isOutcomeUnknown(reason: string): boolean {
  return /(?:^|: )(?:1|4|13|14) [A-Z_]+/.test(reason) && !/No connection established|shut down/.test(reason)
}

/** The fault as one Chinese sentence with what to do; never with the reason's own words, which may hold a token. */
export function explainFault(reason: string): string {
  return explanations.find(([pattern]) => pattern.test(reason))?.[1] ?? '线路出错，正在自动重连。'
}

/** The words of an error as a puppet reports it, which were written as JSON on their way. */
export function reasonInPayload(payload: { gerror?: string; data?: string }): string {
  return withoutToken(messageIn(payload.gerror) ?? payload.data ?? 'unknown')
}

/** A gateway that refuses a token repeats it in what it says. */
export function withoutToken(reason: string): string {
  return reason.replace(/(token\W+)"[^"]*"/gi, '$1(hidden)')
}

function messageIn(json = '{}'): string | undefined {
  try {
    const { message } = JSON.parse(json) as { message?: unknown }
    return typeof message === 'string' ? message : undefined
  } catch {
    return json
  }
}
