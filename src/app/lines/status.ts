import type { LineRouter } from '../../adapters/line/router.ts'
import type { LineStatus } from '../../adapters/line/status.ts'

const worstFirst = ['down', 'scan', 'starting', 'up'] as const

/** The status of the worst line; its note names the line where there are several. */
export function overallStatus({ lines }: Pick<LineRouter, 'lines'>): LineStatus {
  const all = lines.map(({ title, line }) => ({ title, status: line.status() }))
  const worst = worstFirst.flatMap(state => all.filter(({ status }) => status.state === state))[0]
  if (!worst) throw new Error('there is no line')
  const isNamed = all.length > 1 && worst.status.state !== 'up'
  return isNamed ? { ...worst.status, note: `「${worst.title}」${worst.status.note}` } : worst.status
}

/**
 * The state of every line, one Chinese sentence each.
 * @param single the name for a line without a title, which is the only one
 */
export const sayLines = ({ lines }: Pick<LineRouter, 'lines'>, single: string): string =>
  lines.map(({ title, line }) => `${title || single}：${line.status().note}`).join(' ')
