import { onStopSignal } from './app/platform/exit.ts'

// The modules take a second or more to load, in which a container's first process would not hear that it is to end.
if (process.pid === 1) onStopSignal(() => process.exit(0))
const { runBot } = await import('./app/process.ts')
await runBot()
