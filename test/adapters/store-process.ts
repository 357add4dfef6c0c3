import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { compileCache } from '../compile-cache.ts'

const script = fileURLToPath(new URL('./store-child.ts', import.meta.url))

/** Another process with the store in it, which a test can really kill. */
export type StoreProcess = {
  pid: number | undefined
  /** Whole lines only: half a line was not said. */
  lines: string[]
  open(folder: string, burst?: boolean): Promise<void>
  /** Resolves at the first line that begins so. */
  says(word: string): Promise<string>
  /** SIGKILL, also to one that is still starting; resolves when every thread is gone and every line is read. */
  kill(): Promise<void>
}

export function startStoreProcess(): StoreProcess {
  const env = { ...process.env, ...compileCache }
  const child = spawn(process.execPath, [script], { env, stdio: ['pipe', 'pipe', 'inherit'] })
  const gone = once(child, 'close')
  const lines: string[] = []
  const waiting = new Set<() => void>()
  let rest = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\n')
    rest = parts.pop() ?? ''
    lines.push(...parts)
    for (const look of waiting) look()
  })

  function says(word: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const line = lines.find(said => said.startsWith(word))
        if (line === undefined) return
        waiting.delete(look)
        resolve(line)
      }
      waiting.add(look)
      void gone.then(() => reject(new Error(`ended without saying ${word}: ${lines.join(' | ')}`)))
      look()
    })
  }

  return {
    pid: child.pid,
    lines,
    async open(folder, burst = false) {
      await says('warm')
      child.stdin.write(`${JSON.stringify({ folder, burst })}\n`)
    },
    says,
    async kill() {
      child.kill('SIGKILL')
      await gone
    },
  }
}
