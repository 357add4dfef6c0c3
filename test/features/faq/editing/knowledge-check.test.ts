import { expect, test } from 'vitest'
import { runFaqCheck } from '../../../../src/cli/faq/faq-check.ts'
import { entryYaml, folderWith, headYaml } from '../knowledge-samples.ts'

function check(...args: string[]): { code: number; text: string } {
  let text = ''
  const code = runFaqCheck(args, said => {
    text += said
    return true
  })
  return { code, text }
}
const folderOf = (entry: string) => folderWith({ 'faq/hnte.yaml': headYaml + entry })

test('the knowledge that ships passes', () => {
  expect(check('--on', '2026-11-24')).toMatchObject({ code: 0, text: expect.stringContaining('36 个项目') })
})

test('what has aged is listed and is no error', () => {
  const folder = folderOf(
    entryYaml.replace('    verifiedOn', '    effectiveUntil: 2026-10-31\n    verifiedOn'),
  )
  const { code, text } = check('--folder', folder, '--on', '2027-06-01')
  expect(code).toBe(0)
  expect(text).toContain('已经过期：1 条\n  one  能补多少？（2026-10-31 结束）')
  expect(text).toContain('超过 180 天没有核实：1 条\n  one  能补多少？（核实于 2026-08）')
})

test('what ends within fourteen days names its owner', () => {
  const folder = folderOf(
    entryYaml.replace('    verifiedOn', '    effectiveUntil: 2026-12-01\n    verifiedOn'),
  )
  expect(check('--folder', folder, '--on', '2026-11-24').text).toContain('2026-12-01 结束，请提醒政策咨询')
})

test('an entry without a source is an error, by file, line and field', () => {
  const { code, text } = check('--folder', folderOf(entryYaml.replace('[rules]', '[]')))
  expect(code).toBe(1)
  expect(text).toMatch(/hnte\.yaml 第16行 entries\[0\]\.documents：没有来源文件/)
})

test('wrong arguments get one sentence', () => {
  expect(check('--on', '2026-02-31')).toEqual({
    code: 1,
    text: '--on 后面请写一个日期，例如 --on 2026-11-24。\n',
  })
  expect(check('--onn', 'x')).toEqual({
    code: 1,
    text: '用法：faq:check [--on 2026-11-24] [--folder data]\n',
  })
})
