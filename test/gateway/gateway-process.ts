import { runGateway } from '../../src/cli/gateway.ts'
import { shiftClock } from './shifted-clock.ts'

shiftClock()
await runGateway(process.argv.slice(2))
