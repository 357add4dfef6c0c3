import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { onTestFinished } from 'vitest'
import { compileCache } from '../compile-cache.ts'

export type Child = ReturnType<typeof startProcess>

/** Starts one of the processes beside this file; whatever happens, it is ended by its pid after the test. */
export function startProcess(file: string, args: string[], environment: Record<string, string> = {}) {
  const flags = ['--disable-warning=ExperimentalWarning'] // as `npm start` does
  const child = spawn(process.execPath, [...flags, `test/gateway/${file}`, ...args], {
    env: {
      PATH: process.env.PATH,
      TZ: 'America/Sao_Paulo',
      ...compileCache,
      ...environment,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const ended = new Promise<number | null>(resolve => child.on('exit', code => resolve(code)))
  const said = listen(child.stdout)
  const logged = listen(child.stderr)
  onTestFinished(() => {
    child.kill('SIGKILL')
  })

  function found(heard: ReturnType<typeof listen>, pattern: RegExp, from: number): Promise<string> {
    const tooLate = ended.then(code => {
      throw new Error(`it ended with ${code}: ${logged.lines.join('\n')}`)
    })
    return Promise.race([heard.line(pattern, from), tooLate])
  }

  return {
    lines: said.lines,
    errors: logged.lines,
    ended,
    signal: (name: NodeJS.Signals) => void child.kill(name),
    /** One order, as a line of JSON. */
    write: (order: unknown) => void child.stdin.write(`${JSON.stringify(order)}\n`),
    /** The first line of its standard output that matches, said already or still to come. */
    line: (pattern: RegExp, from = 0) => found(said, pattern, from),
    /** The same of its log. */
    logLine: (pattern: RegExp, from = 0) => found(logged, pattern, from),
  }
}

function listen(stream: Readable) {
  const lines: string[] = []
  const waiting = new Set<() => void>()
  createInterface({ input: stream }).on('line', line => {
    lines.push(line)
    for (const look of waiting) look()
  })
  return {
    lines,
    line: (pattern: RegExp, from: number) =>
      new Promise<string>(resolve => {
        const look = () => {
          const match = lines.slice(from).find(line => pattern.test(line))
          if (match === undefined) return
          waiting.delete(look)
          resolve(match)
        }
        waiting.add(look)
        look()
      }),
  }
}
