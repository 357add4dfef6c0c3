const platforms: Readonly<Record<string, string>> = { qq: 'QQ ', wecom: '企业微信' }

/**
 * 「网关的时钟比这台电脑慢 15 分钟」
 * @param seconds by how much it is ahead; negative: behind
 * @param kind the kind of the line, as its status names it
 */
export function saySkew(seconds: number, kind: string): string {
  const minutes = Math.round(Math.abs(seconds) / 60)
  const hours = Math.floor(minutes / 60)
  const length = `${hours > 0 ? `${hours} 小时` : ''}${minutes % 60 > 0 ? `${hours > 0 ? ' ' : ''}${minutes % 60} 分钟` : ''}`
  return `${platforms[kind] ?? '网关'}的时钟比这台电脑${seconds > 0 ? '快' : '慢'} ${length}`
}

/** The clock to be set: a platform's own is right, a gateway's machine may be wrong. */
export const wrongClock = (kind: string): string =>
  kind in platforms ? '这台电脑的时钟' : '网关那台机器（或这台电脑）的时钟'
