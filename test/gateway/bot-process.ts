import { startApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { createLog } from '../../src/log.ts'

// The real bot as a process of its own. It tells what happens as lines of JSON on standard output; its log is on
// standard error. `CLOCK_SHIFT_MS` moves what it takes for the time of day, so that a slot can be near.

const shiftMs = Number(process.env.CLOCK_SHIFT_MS ?? 0)
const machineNow = Date.now
Date.now = () => machineNow() + shiftMs

const tell = (news: unknown) => process.stdout.write(`${JSON.stringify(news)}\n`)
const config = readConfig()
process.on('unhandledRejection', cause => tell({ stray: String(cause) }))
const app = await startApp(config, {
  log: createLog(config.LOG_LEVEL),
  print: text => tell({ printed: text }),
})

process.once('SIGTERM', async () => {
  await app.stop()
  process.exit(0)
})
tell({ started: app.line, claimCode: app.claimCode })
