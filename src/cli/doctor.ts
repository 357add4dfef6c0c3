import { checkLineSettings } from '../app/lines/check.ts'
import { checkLines } from '../app/lines/plan.ts'
import { readConfig } from '../config.ts'

/**
 * `npm run doctor`: says for each configured line what is missing, and where it is found. Connects to nothing.
 * @returns the exit code: 1 where a line cannot work
 */
export function runDoctor(
  print: (text: string) => void = text => void process.stdout.write(`${text}\n`),
): number {
  const config = readConfig()
  checkLines(config)
  const checks = checkLineSettings(config)
  for (const { line, missing } of checks) {
    print(`${line}：${missing.length === 0 ? '设置齐了。' : ''}`)
    for (const sentence of missing) print(`  · ${sentence}`)
  }
  print(
    '\n设置齐了还连不上，请看控制台「线路」页上的一句话；各条线路能做什么、不能做什么，见 docs/lines.md。',
  )
  return checks.some(({ missing }) => missing.some(sentence => sentence.startsWith('缺'))) ? 1 : 0
}
