import { describeFault } from '../lib/yaml-file.ts'
import { checkConditions } from '../matching/check.ts'
import { readMatching } from '../matching/load.ts'

/**
 * Checks the conditions of matching: form, names, and that sentence, threshold and fact have the same figures.
 * @returns the exit code: 1 where something is wrong
 * @throws YamlFault where a file cannot be read
 */
export function runConditionsCheck(print = (text: string) => process.stdout.write(text)): number {
  const { rules, sheets } = readMatching('data')
  const faults = checkConditions(rules, sheets)
  const conditions = rules.tracks.reduce((sum, { conditions }) => sum + conditions.length, 0)
  for (const fault of faults) print(`${describeFault(fault)}\n`)
  print(
    `${sheets.length} 个项目、${rules.tracks.length} 项、${conditions} 条条件，${faults.length === 0 ? '三处数字一致' : `${faults.length} 处不一致`}。\n`,
  )
  return faults.length === 0 ? 0 : 1
}
