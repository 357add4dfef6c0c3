import { startApp } from './app.ts'
import { ConfigFault, readConfig } from './config.ts'
import { createLog, reasonOf } from './log.ts'

/** A stop that takes longer is cut short: what is stored is safe at any moment (Ctrl-C ends within 5 s). */
const stopLimitMs = 4500

const log = createLog(process.env['LOG_LEVEL'] ?? 'warn')
let stopApp: () => Promise<void> = async () => {}
let isStopping = false

async function stop() {
  if (isStopping) return
  isStopping = true
  setTimeout(() => process.exit(0), stopLimitMs).unref()
  try {
    await stopApp()
  } catch (cause) {
    log.error({ reason: reasonOf(cause) }, 'stopping failed')
  }
  process.exit(0)
}
