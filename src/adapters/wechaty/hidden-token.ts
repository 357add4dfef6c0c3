import terminal from 'node:console'
import { format } from 'node:util'

const hidden = new Set<string>()
let isWatching = false

/**
 * Keeps a token off the terminal. Wechaty's packages print it with `console.error` when they cannot find its gateway,
 * past every log.
 */
export function hideFromConsole(token: string): void {
  hidden.add(token)
  if (isWatching) return
  isWatching = true
  for (const method of ['error', 'warn', 'info', 'log'] as const) {
    const write = terminal[method].bind(console)
    terminal[method] = (...given: unknown[]) => {
      const text = format(...given)
      const bare = [...hidden].reduce((said, one) => said.replaceAll(one, '(hidden)'), text)
      if (bare === text) write(...given)
      else write(bare)
    }
  }
}
