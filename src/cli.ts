import { runAsk } from './cli/faq-ask.ts'
import { runFaqCheck } from './cli/faq-check.ts'
import { runFaqEval } from './cli/faq-eval.ts'
import { runFaqTrain } from './cli/faq-train.ts'
import { runGateway } from './cli/gateway.ts'
import { Refusal } from './feature.ts'

/** What can be run from a shell, by the name of its npm script. */
const commands: Record<string, (args: string[]) => unknown> = {
  ask: runAsk,
  'faq:check': args => {
    process.exitCode = runFaqCheck(args)
  },
  'faq:eval': runFaqEval,
  'faq:train': runFaqTrain,
  gateway: runGateway,
}

const [name = '', ...args] = process.argv.slice(2)
try {
  const run = commands[name]
  if (!run) throw new Refusal(`没有「${name}」这个命令，可以用：${Object.keys(commands).join('、')}。`)
  await run(args)
} catch (fault) {
  if (!(fault instanceof Refusal)) throw fault
  process.stderr.write(`${fault.message}\n`)
  process.exitCode = 1
}
