import { expect, test } from 'vitest'
import { sayTrouble } from '../../../../src/features/faq/editing/changes/checks.ts'

const place = { programme: 'hnte', part: 'entries', name: 'hnte-how' } as const

test.each([
  [
    'verifiedOn',
    '没有核实日期的条目不能用 state（直接说）或 state_with_date（带时点说）',
    '核实到：没有核实日期的条目不能用「直接说」或「带时点说」',
  ],
  [
    'short',
    'history_only（只当历史说）的第一行不能写数字标准，请放到下面几行（details）里',
    '「只当历史说」的第一行不能写数字标准，请放到下面几行里',
  ],
])('what is wrong in %s is said without the codes of the files', (field, message, said) => {
  expect(sayTrouble({ place, field, message })).toContain(said)
})
