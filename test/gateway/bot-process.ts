import { flushCompileCache } from 'node:module'
import { createInterface } from 'node:readline'
import { startApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { createLog } from '../../src/log.ts'
import { dieAtWrite } from './mortal-disk.ts'
import { forwardClock, shiftClock } from './shifted-clock.ts'

// The real bot as a process of its own. It says on standard output when it has started, and logs on standard error.
// An order on standard input, `{ forwardMs: number }`, moves its clock ahead; it answers with the same line.

shiftClock()
dieAtWrite(process.env.DIE_AT_WRITE)
const tell = (news: unknown) => process.stdout.write(`${JSON.stringify(news)}\n`)
createInterface({ input: process.stdin }).on('line', line => {
  const order = JSON.parse(line) as { forwardMs: number }
  forwardClock(order.forwardMs)
  tell(order)
})
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
