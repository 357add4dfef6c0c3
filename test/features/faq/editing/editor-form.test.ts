import { html } from 'hono/html'
import { expect, test } from 'vitest'
import { type EditorView, viewEditor } from '../../../../src/features/faq/editing/pages/editor.ts'

/** Whether the fold that begins with this field is open. */
async function isOpen(name: string, view: Partial<EditorView> = {}): Promise<boolean> {
  const page = String(
    await viewEditor({
      fields: {},
      programmes: [],
      desks: ['政策咨询'],
      troubles: [],
      isNew: true,
      draft: { id: '', seen: '' },
      csrf: html``,
      ...view,
    }),
  )
  const fold = page.split('<details').find(part => part.includes(`<summary>${name}`)) ?? ''
  expect(fold).not.toBe('')
  return /^\s+open>/u.test(fold)
}

test('rarely used fields are folded, and open where they have a value or a fault', async () => {
  for (const name of ['问到什么先说什么', '依据条款', '被哪条接替']) expect(await isOpen(name)).toBe(false)
  expect(await isOpen('依据条款', { fields: { clauses: '榕科〔2026〕12号 第三条' } })).toBe(true)
  const place = { part: 'entries', programme: 'gaoqi', name: 'a' } as const
  const troubles = [{ place, field: 'id', message: '编号只能用小写字母、数字和减号。' }]
  expect(await isOpen('被哪条接替', { troubles })).toBe(true)
})
