import { expect, test } from 'vitest'
import { editPrivacy } from '../../../../src/features/faq/editing/privacy.ts'
import { chen, lin, openSmallEditor, placeOfOne } from '../small-editor.ts'

const person = { memberId: 'm-lin', chatIds: [lin.id], names: [lin.name] }
const office = { id: 'office:password', name: '组织者' }

async function open() {
  const opened = await openSmallEditor({ isGateOn: false })
  const { editor, pieceOf } = opened
  const propose = (short: string, by = chen, note = '') => {
    const before = pieceOf()
    const steps = [{ ...placeOfOne, before, after: { ...before, short } }]
    return editor.propose({ kind: 'edit', steps, note }, by)
  }
  return { ...opened, propose, privacy: editPrivacy(editor) }
}

test('changes forget who wrote, agreed to and decided them; that two persons did stays, after a restart too', async () => {
  const { editor, propose, privacy, world } = await open()
  await propose('最高50万元。', office, '林敏打电话问过')
  await editor.approve(1, lin, false)
  expect(editor.changes.find(1)?.agreed?.map(({ by }) => by.name)).toEqual(['林敏'])
  await editor.approve(1, chen, false)
  await propose('最高60万元。')
  await editor.approve(2, lin, false)
  await propose('最高70万元。', lin)
  expect(await privacy.kept(person)).toEqual(['写过、审过的知识改动：3 处'])
  expect(await privacy.kept({ memberId: 'm-x', chatIds: ['x'], names: [] })).toEqual([])
  for (let i = 0; i < 2; i++) await privacy.forget(person, 'alias-1')
  const restarted = await openSmallEditor({ world })
  for (const { changes } of [editor, restarted.editor]) {
    expect(JSON.stringify(changes.list())).not.toMatch(/林敏|"lin"/u)
    expect(changes.find(1)?.agreed?.[0]?.by.id).toMatch(/^nobody-/u)
    expect(changes.find(1)?.decided?.by).toEqual(chen)
    expect(changes.find(2)?.by).toEqual(chen)
  }
  expect(await privacy.kept(person)).toEqual([])
})

test('an erasure leaves what went live as it is', async () => {
  const { editor, propose, privacy } = await open()
  await propose('最高50万元。')
  await editor.approve(1, lin, false)
  await privacy.forget(person, 'alias-1')
  expect(editor.liveEntries.entry('one')?.short).toBe('最高50万元。')
  expect(editor.changes.find(1)).toMatchObject({ state: 'live', by: chen })
})
