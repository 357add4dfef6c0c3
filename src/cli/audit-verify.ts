import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { AuditDetail, AuditLine, verifyChain } from '../audit/line.ts'
import { Refusal } from '../feature.ts'

const Entry = z.object({ line: AuditLine, detail: AuditDetail.optional() })

/**
 * Checks the audit log that was downloaded from the console.
 * @returns the exit code: 0 all holds, 1 something does not
 */
export function runAuditVerify([file = '']: readonly string[]): number {
  if (file === '')
    throw new Refusal('请写上导出的文件，例如 npm run -s audit:verify -- 操作记录-2026-11-29.jsonl。')
  if (!existsSync(file)) throw new Refusal(`没有 ${file} 这个文件。`)
  const texts = readFileSync(file, 'utf8').split('\n').filter(Boolean)
  const entries = texts.map(text => Entry.parse(JSON.parse(text)))
  const [first] = entries
  if (!first) throw new Refusal('文件里没有记录。')
  const from = { number: first.line.number - 1, hash: first.line.previous }
  const problems = verifyChain(
    entries.map(({ line, detail }) => ({ line, detail })),
    from,
  )
  const last = entries.at(-1)?.line
  const head = `第 ${first.line.number} 条到第 ${last?.number} 条，最后的校验码 ${last?.hash}`
  const found = problems.length > 0 ? problems.map(problem => `不对：${problem}`) : ['记录完整，没有被改过。']
  process.stdout.write(`${[head, ...found].join('\n')}\n`)
  return problems.length > 0 ? 1 : 0
}
