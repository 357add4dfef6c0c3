import { pino } from 'pino'

export type Log = Pick<pino.Logger, 'debug' | 'info' | 'warn' | 'error'>

/** Lines of JSON on standard error, so that standard output stays for what a person is to read. */
export function createLog(level: string): Log {
  return pino(
    { level, base: null, redact: ['token', '*.token', 'password', '*.password'] },
    pino.destination(2),
  )
}

/** A fault in one line, with what caused it. */
export function reasonOf(fault: unknown): string {
  if (!(fault instanceof Error)) return String(fault)
  const cause = fault.cause === undefined ? '' : ` ← ${reasonOf(fault.cause)}`
  return `${fault.name}: ${fault.message}${cause}`
}
