import { parseArgs } from 'node:util'
import { describeFault } from '../lib/yaml-file.ts'
import { MatchCase } from '../matching/evaluation/cases.ts'
import { checkConditions } from '../matching/evaluation/check.ts'
import { describeFlips, findFlips } from '../matching/evaluation/flips.ts'
import { readMatching } from '../matching/load.ts'
import { readJsonLines } from './json-lines.ts'

/**
 * Checks the conditions of matching: form, names, and that sentence, threshold and fact have the same figures.
 * `--against FOLDER` also lists the sample companies whose verdict differs from the rules in that folder.
 * @returns the exit code: 1 where figures disagree; a flipped verdict is for the reviewer to judge
 * @throws YamlFault where a file cannot be read
 */
export function runConditionsCheck(
  args: readonly string[],
  print = (text: string) => process.stdout.write(text),
): number {
  const options = {
    against: { type: 'string' },
    samples: { type: 'string', default: 'data/matching-samples.jsonl' },
  } as const
  const { values } = parseArgs({ args: [...args], options })
  const { rules, sheets } = readMatching('data')
  const faults = checkConditions(rules, sheets)
  const conditions = rules.tracks.reduce((sum, { conditions }) => sum + conditions.length, 0)
  for (const fault of faults) print(`${describeFault(fault)}\n`)
  const state = faults.length === 0 ? '三处数字一致' : `${faults.length} 处不一致`
  print(`${sheets.length} 个项目、${rules.tracks.length} 项、${conditions} 条条件，${state}。\n`)
  if (values.against !== undefined) {
    const flips = findFlips(
      readMatching(values.against).rules,
      rules,
      readJsonLines(values.samples, MatchCase),
    )
    const lines = describeFlips(flips)
    print(lines.length === 0 ? '没有样本的结论因此改变。\n' : `${lines.join('\n')}\n`)
  }
  return faults.length === 0 ? 0 : 1
}
