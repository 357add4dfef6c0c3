import { readFileSync } from 'node:fs'

const pollMs = 1000

/** The argument behind `src/main.ts` in `package.json` by which the bot ends with the npm that started it. */
const flag = '--ends-with-starter'

/**
 * Calls `end` once the process that started this one is gone. npm stands behind a shell, which outlives it where npm
 * was killed and ends alone where npm was told to end: both are watched.
 */
export function whenStarterEnds(end: () => void): void {
  if (!process.argv.includes(flag)) return
  const parent = process.ppid
  // Some shells replace themselves: then npm is the parent, and who started npm may well end.
  const npm = isItsShell(parent) ? parentOf(parent) : undefined
  const timer = setInterval(() => {
    if (process.ppid === parent && (npm === undefined || parentOf(parent) === npm)) return
    clearInterval(timer)
    end()
  }, pollMs)
  timer.unref()
}

/** Whether this is the shell that runs the script: the flag stands in its command line. */
const isItsShell = (pid: number): boolean => readProcess(pid, 'cmdline').includes(flag)

const parentOf = (pid: number): string | undefined => /^PPid:\s*(\d+)/mu.exec(readProcess(pid, 'status'))?.[1]

/** @returns nothing where the system does not tell */
function readProcess(pid: number, file: 'cmdline' | 'status'): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}
