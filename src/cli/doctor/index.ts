import { readTenants, type Tenant } from '../../app/tenants/plan.ts'
import { checksOf } from './checks.ts'
import type { Diagnosis } from './diagnosis.ts'

/** One thing without which the bot does not work well. */
export type Check = { title: string; run(): Promise<Diagnosis> | Diagnosis }

const marks = { good: '✓', warning: '！', bad: '✗' } as const

/**
 * Looks at everything that the bot needs on this machine, one line each; nothing is changed.
 * @returns the exit code: 1 where something is bad
 */
export async function runDoctor(say = (text: string) => process.stdout.write(text)): Promise<number> {
  const read = readSettings()
  if ('fault' in read) {
    say(`${marks.bad} 设置：${read.fault}\n`)
    return 1
  }
  let isBad = false
  for (const tenant of read.tenants) {
    if (read.tenants.length > 1) say(`—— ${tenant.name} ——\n`)
    for (const { title, run } of checksOf(tenant)) {
      const { state, text } = await examined(run)
      isBad ||= state === 'bad'
      say(`${marks[state]} ${title}：${text}\n`)
    }
  }
  say(isBad ? '\n有 ✗ 的要先处理，再启动。\n' : '\n可以启动。\n')
  return isBad ? 1 : 0
}

function readSettings(): { tenants: Tenant[] } | { fault: string } {
  try {
    return { tenants: readTenants().tenants }
  } catch (cause) {
    if (cause instanceof Error && cause.name.endsWith('Fault')) return { fault: cause.message }
    throw cause
  }
}

async function examined(run: Check['run']): Promise<Diagnosis> {
  try {
    return await run()
  } catch (cause) {
    const isKnown = cause instanceof Error && cause.name.endsWith('Fault')
    return { state: 'bad', text: isKnown ? cause.message : `没有查成（${(cause as Error).name}）。` }
  }
}
