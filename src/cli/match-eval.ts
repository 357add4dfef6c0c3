import { parseArgs } from 'node:util'
import { Refusal } from '../feature.ts'
import { measureMatching } from '../matching/evaluation/accuracy.ts'
import { MatchCase } from '../matching/evaluation/cases.ts'
import { readMatching } from '../matching/load.ts'
import { readJsonLines } from './json-lines.ts'

/** Measures matching on labelled cases: `--cases F.jsonl`; `--json` prints one line. */
export function runMatchEval(args: readonly string[]): void {
  const { values } = parseArgs({
    args: [...args],
    options: { cases: { type: 'string' }, json: { type: 'boolean' } },
  })
  if (!values.cases) throw new Refusal('请用 --cases 给出样本文件（每行一个 JSON）。')
  const { rules } = readMatching('data')
  const figures = measureMatching(rules, readJsonLines(values.cases, MatchCase))
  const lines = Object.entries(figures).map(([name, value]) => `${name.padEnd(16)} ${value}`)
  process.stdout.write(`${values.json ? JSON.stringify(figures) : lines.join('\n')}\n`)
}
