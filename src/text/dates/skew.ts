/** 「网关的时钟比这台电脑慢 15 分钟」 */
export function saySkew(seconds: number): string {
  const minutes = Math.round(Math.abs(seconds) / 60)
  const hours = Math.floor(minutes / 60)
  const length = `${hours > 0 ? `${hours} 小时` : ''}${minutes % 60 > 0 ? `${hours > 0 ? ' ' : ''}${minutes % 60} 分钟` : ''}`
  return `网关的时钟比这台电脑${seconds > 0 ? '快' : '慢'} ${length}`
}
