import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'

export type Child = ReturnType<typeof startProcess>

/** Starts one of the processes beside this file; whatever happens, it is ended by its pid after the test. */
export function startProcess(file: string, args: string[], environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, [`test/gateway/${file}`, ...args], {
    env: { PATH: process.env.PATH, TZ: 'America/Sao_Paulo', ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const lines: string[] = []
  const errors: string[] = []
  const waiting = new Set<() => void>()
  createInterface({ input: child.stdout }).on('line', line => {
    lines.push(line)
    for (const look of waiting) look()
  })
  createInterface({ input: child.stderr }).on('line', line => void errors.push(line))
  const ended = new Promise<number | null>(resolve => child.on('exit', code => resolve(code)))
  onTestFinished(() => {
    child.kill('SIGKILL')
  })

  return {
    lines,
    errors,
    ended,
    signal: (name: NodeJS.Signals) => void child.kill(name),
    write: (order: unknown) => void child.stdin.write(`${JSON.stringify(order)}\n`),
    /** The first line that matches, said already or still to come. */
    line: (pattern: RegExp, from = 0) =>
      new Promise<string>((resolve, reject) => {
        const look = () => {
          const found = lines.slice(from).find(line => pattern.test(line))
          if (found === undefined) return
          waiting.delete(look)
          resolve(found)
        }
        waiting.add(look)
        look()
        void ended.then(code => reject(new Error(`it ended with ${code}: ${errors.join('\n')}`)))
      }),
  }
}
