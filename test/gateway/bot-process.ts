import { flushCompileCache } from 'node:module'
import { startApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { createLog } from '../../src/log.ts'
import { dieAtWrite } from './mortal-disk.ts'
import { shiftClock } from './shifted-clock.ts'

// The real bot as a process of its own. It says on standard output when it has started, and logs on standard error.

shiftClock()
dieAtWrite(process.env.DIE_AT_WRITE)
const tell = (news: unknown) => process.stdout.write(`${JSON.stringify(news)}\n`)
const config = readConfig()
process.on('unhandledRejection', cause => tell({ stray: String(cause) }))
const starting = startApp(config, {
  log: createLog(config.LOG_LEVEL),
  print: text => tell({ printed: text }),
})
process.once('SIGTERM', async () => {
  await (await starting).stop()
  process.exit(0)
})
const { line, claimCode } = await starting
// One that is killed would leave nothing compiled behind.
flushCompileCache()
tell({ started: line, claimCode })
