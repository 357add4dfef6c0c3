import { Refusal } from './feature.ts'

/** Shell commands by the name of their npm script; only the one asked for is loaded. */
const commands: Record<string, (args: string[]) => unknown> = {
  'audit:verify': async args => {
    process.exitCode = (await import('./cli/audit-verify.ts')).runAuditVerify(args)
  },
  ask: async args => (await import('./cli/faq/faq-ask.ts')).runAsk(args),
  backup: async args => (await import('./cli/backup.ts')).runBackup(args),
  'data:copy': async args => (await import('./cli/data-copy.ts')).runDataCopy(args),
  doctor: async () => {
    process.exitCode = await (await import('./cli/doctor/index.ts')).runDoctor()
  },
  'digest:eval': async args => (await import('./cli/digest-eval.ts')).runDigestEval(args),
  'documents:read': async args => (await import('./cli/documents-read.ts')).runDocumentsRead(args),
  'documents:wanted': async args => (await import('./cli/documents-wanted.ts')).runDocumentsWanted(args),
  'faq:check': async args => {
    process.exitCode = (await import('./cli/faq/faq-check.ts')).runFaqCheck(args)
  },
  'faq:eval': async args => (await import('./cli/faq/faq-eval.ts')).runFaqEval(args),
  licences: async args => (await import('./cli/licences.ts')).runLicences(args),
  'match:eval': async args => (await import('./cli/match-eval.ts')).runMatchEval(args),
  'conditions:check': async args => {
    process.exitCode = (await import('./cli/conditions-check.ts')).runConditionsCheck(args)
  },
  'vote:verify': async args => {
    process.exitCode = (await import('./cli/vote-verify.ts')).runVoteVerify(args)
  },
  site: async args => {
    process.exitCode = await (await import('./cli/site.ts')).runSite(args)
  },
  restore: async args => (await import('./cli/restore.ts')).runRestore(args),
  gateway: async args => (await import('./cli/gateway.ts')).runGateway(args),
}

const [name = '', ...args] = process.argv.slice(2)
try {
  const run = commands[name]
  if (!run) throw new Refusal(`没有「${name}」这个命令，可以用：${Object.keys(commands).join('、')}。`)
  await run(args)
} catch (fault) {
  if (!(fault instanceof Error && (fault instanceof Refusal || fault.name.endsWith('Fault')))) throw fault
  process.stderr.write(`${fault.message}\n`)
  process.exitCode = 1
}
