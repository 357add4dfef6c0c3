import { parseArgs } from 'node:util'
import { Temporal } from 'temporal-polyfill'
import { loadKnowledge } from '../../features/faq/knowledge/knowledge.ts'
import { type Review, reviewKnowledge } from '../../features/faq/knowledge/knowledge-review.ts'
import { KnowledgeFault } from '../../features/faq/knowledge/knowledge-sheet.ts'
import { Day, type Entry } from '../../features/faq/records.ts'
import { timeZone } from '../../text/dates/time.ts'

/**
 * `faq:check [--on 2026-11-24] [--folder data]`: says what is wrong in the knowledge and what has aged.
 * @returns the exit code: 1 where the knowledge can not be used (or the arguments not be read), else 0
 */
export function runFaqCheck(
  args: readonly string[],
  say = (text: string) => process.stdout.write(text),
): number {
  try {
    const { on, folder } = readArguments(args)
    const knowledge = loadKnowledge(folder)
    const review = reviewKnowledge(knowledge, on)
    const { entries, shelved, programmes } = knowledge
    say(
      `${on}：${programmes.length} 个项目，${entries.length} 条在用，${shelved.length} 条未上线或已撤下。\n`,
    )
    say(report(review))
    return 0
  } catch (fault) {
    if (!(fault instanceof KnowledgeFault || fault instanceof ArgumentFault)) throw fault
    say(`${fault.message}\n`)
    return 1
  }
}

class ArgumentFault extends Error {
  override name = 'ArgumentFault'
}

function readArguments(args: readonly string[]): { on: Temporal.PlainDate; folder: string } {
  const { on, folder } = parse(args)
  if (on === undefined) return { on: Temporal.Now.plainDateISO(timeZone), folder }
  if (!Day.safeParse(on).success) throw new ArgumentFault('--on 后面请写一个日期，例如 --on 2026-11-24。')
  return { on: Temporal.PlainDate.from(on), folder }
}

function parse(args: readonly string[]) {
  const options = { on: { type: 'string' }, folder: { type: 'string', default: 'data' } } as const
  try {
    return parseArgs({ args: [...args], options }).values
  } catch (cause) {
    throw new ArgumentFault('用法：faq:check [--on 2026-11-24] [--folder data]', { cause })
  }
}

function report(review: Review): string {
  return [
    section('已经过期', review.ended, entry => `${entry.effectiveUntil} 结束`),
    section(
      '快到期（14 天内）',
      review.endingSoon.map(({ entry }) => entry),
      entry => `${entry.effectiveUntil} 结束，请提醒${entry.owner}`,
    ),
    section(
      '超过 180 天没有核实',
      review.unverified.map(({ entry }) => entry),
      entry => (entry.verifiedOn ? `核实于 ${entry.verifiedOn}` : '不知道何时核实过'),
    ),
    section('可能已经变了，上线前要有人核对', review.toConfirm, entry => `问${entry.ask}`),
    section('没有文件可引，只给部门', review.withoutDocument, entry => `问${entry.ask}`),
  ].join('')
}

function section(title: string, entries: Entry[], remark: (entry: Entry) => string): string {
  if (entries.length === 0) return `\n${title}：没有\n`
  const lines = entries.map(entry => `  ${entry.id}  ${entry.question}（${remark(entry)}）\n`)
  return `\n${title}：${entries.length} 条\n${lines.join('')}`
}
