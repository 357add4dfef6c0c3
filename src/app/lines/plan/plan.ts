import { type Config, ConfigFault } from '../../../config.ts'

type LineKind = 'sandbox' | 'wechaty' | 'qq' | 'wecom' | 'robot' | 'customers'

/** One line as the settings want it. */
export type LinePlan = {
  /** In front of its ids; empty for the first sandbox or Wechaty line, whose ids stand as they always did. */
  name: string
  /** As in `LINES`; empty where there is only the one line of WECHATY_PUPPET. */
  title: string
  kind: LineKind
}

type LineSettings = Pick<Config, 'LINES' | 'WECHATY_PUPPET'>

/** The lines that the settings name, in their order. */
export function plannedLines({ LINES, WECHATY_PUPPET }: LineSettings): LinePlan[] {
  const ownKind = WECHATY_PUPPET === 'sandbox' ? 'sandbox' : 'wechaty'
  if (LINES === '') return [{ name: '', title: '', kind: ownKind }]
  let isFirst = true
  return LINES.split(',').map(part => {
    const [title = '', word] = part.trim().split(':')
    const kind = word === 'wechaty' ? ownKind : (word as LineKind)
    const isPlain = isFirst && (kind === 'sandbox' || kind === 'wechaty')
    if (isPlain) isFirst = false
    return { name: isPlain ? '' : title, title, kind }
  })
}

export const hasSandbox = (settings: LineSettings): boolean =>
  plannedLines(settings).some(({ kind }) => kind === 'sandbox')

export const hasOnlySandbox = (settings: LineSettings): boolean =>
  plannedLines(settings).every(({ kind }) => kind === 'sandbox')

/** @throws {@link ConfigFault} where two lines have one name, or two of one kind cannot be. */
export function checkLines(settings: LineSettings) {
  const lines = plannedLines(settings)
  const titles = new Set(lines.map(({ title }) => title))
  if (titles.size < lines.length)
    throw new ConfigFault('设置有误：LINES 里有两条线路同名，请改成不同的名字。')
  for (const kind of ['sandbox', 'wechaty', 'robot', 'customers'] as const) {
    if (lines.filter(line => line.kind === kind).length > 1) {
      throw new ConfigFault(`设置有误：LINES 里 ${kind} 只能有一条。`)
    }
  }
}
