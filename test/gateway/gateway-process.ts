import { runGateway } from '../../src/cli/gateway.ts'

await runGateway(process.argv.slice(2))
