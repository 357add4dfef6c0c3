import { expect, test } from 'vitest'
import type { Feature, Person } from '../../../src/feature.ts'
import { createWorld } from '../../conversation.ts'
import { openOffice } from '../faq/knowledge-office.ts'
import { openTown } from '../forms/town.ts'
import { dismiss, fieldsOf, path, press } from './changes-page.ts'
import { measures, openDocumentsWorld } from './world.ts'

const number = '某字〔2020〕1号'
const lin: Person = { id: 'lin', name: '林芳', roles: ['maker', 'organizer'] }

/** A library over the knowledge base; a newer version changes the figure of an entry. */
async function openHeld(isOnePerson = false) {
  const all: Feature[] = []
  const library = await openDocumentsWorld(undefined, { features: () => all, isOnePerson })
  const office = await openOffice({ world: library.world, clauses: library.documents.clauses })
  all.push(office.feature)
  const upload = (name: string, limit: string, more = '', supersedes: Record<string, string> = {}) =>
    library.atChen.upload(name, measures(limit, more, number), supersedes)
  await upload('a.txt', '30万元')
  await library.atHe.post('/documents/1/approve', { revision: '1', isValidityChecked: 'yes' })
  await upload('b.txt', '50万元', '', { supersedes: '1' })
  const ask = async () => (await office.answerer.answer('补多少钱', library.world.clock.now()))[0]?.text ?? ''
  return { ...library, office, upload, ask }
}

test('an old figure that stays on purpose is dismissed by one person and a second, with the reason', async () => {
  const { atChen, atHe, ask } = await openHeld()
  expect(await ask()).toContain('正在核')
  expect(await dismiss(atChen, '')).toContain('请写一句为什么不用改')
  const waiting = await dismiss(atChen, '说的就是去年的标准')
  for (const said of ['陈静', '说的就是去年的标准', '还要另一位审核人同意']) expect(waiting).toContain(said)
  expect(await ask()).toContain('正在核')

  // The first person is no second one.
  expect(await press(atChen, '同意，不用改', 'agree')).toContain('要另一位审核人同意')
  expect(await ask()).toContain('正在核')
  const after = await press(atHe, '同意，不用改', 'agree')
  expect(await ask()).toContain('最高30万元')
  for (const said of ['没有要核的', '陈静', '何国平', '说的就是去年的标准', '能补多少？'])
    expect(after).toContain(said)
})

test('an organizer who is no reviewer may say so, and not agree', async () => {
  const { atChen, consoleOf, ask } = await openHeld()
  await dismiss(atChen, '去年的标准')
  const refused = await consoleOf(lin).post(
    `${path}/agree`,
    fieldsOf(await atChen.read(path), '同意，不用改'),
  )
  expect(refused.status).toBe(403)
  expect(await consoleOf(lin).read(path)).not.toContain('同意，不用改')
  expect(await ask()).toContain('正在核')
})

test('one who disagrees sends it back, and it can be said anew', async () => {
  const { atChen, atHe, ask } = await openHeld()
  await dismiss(atChen, '去年的标准')
  const open = await press(atHe, '还是要改', 'reopen')
  expect(open).not.toContain('同意，不用改</button>')
  for (const said of ['看过，不用改：去年的标准', '何国平：还是要改']) expect(open).toContain(said)
  await dismiss(atHe, '条目问的是去年')
  await press(atChen, '同意，不用改', 'agree')
  expect(await ask()).toContain('最高30万元')
  // Also what two persons agreed to.
  await press(atHe, '还是要改', 'reopen')
  expect(await ask()).toContain('正在核')
})

test('another change of the clause asks anew, and so does another text of the entry', async () => {
  const { atChen, atHe, office, upload, ask } = await openHeld()
  await dismiss(atChen, '去年的标准')
  await press(atHe, '同意，不用改', 'agree')
  await upload('c.txt', '60万元', '', { supersedes: '2' })
  expect(await ask()).toContain('正在核')
  await atHe.post('/documents/3/reject', { reason: '传错了' })
  expect(await ask()).toContain('最高30万元')

  office.asOrganizer()
  await office.send('/knowledge/submit', {
    ...(await office.formAt('/knowledge/entries/one/edit')),
    short: '今年最高30万元。',
  })
  office.asReviewer()
  await office.send('/knowledge/changes/1/approve', await office.formAt('/knowledge/changes/1'))
  expect(await ask()).toContain('正在核')
})

test('a form that was shown before another change is not taken for what it is now', async () => {
  const { atChen, upload } = await openHeld()
  const fields = fieldsOf(await atChen.read(path), '看过，不用改')
  await upload('c.txt', '60万元', '', { supersedes: '2' })
  const response = await atChen.post(`${path}/dismiss`, { ...fields, reason: '去年的标准' })
  expect(await response.text()).toContain('刚刚又变了')
})

test('where one person runs it all, one is enough', async () => {
  const { atChen, ask } = await openHeld(true)
  await dismiss(atChen, '去年的标准')
  expect(await ask()).toContain('最高30万元')
})

test('the shared log-in is no person', async () => {
  const { consoleOf } = await openHeld()
  const office = consoleOf({ id: 'office:1', name: '公用登录', roles: ['organizer'] })
  expect(await dismiss(office, '去年的标准')).toContain('分不清是谁')
})

test('a form whose clause lost no figure is dismissed by one person', async () => {
  const town = openTown()
  const all: Feature[] = [town.feature]
  const { audit: _, ...world } = town
  const library = await openDocumentsWorld(world, { features: () => all })
  await library.atChen.upload('旧.txt', measures())
  await library.atHe.post('/documents/1/approve', { revision: '1', isValidityChecked: 'yes' })
  await town.chen.says('报名表 榕示科〔2026〕12号第三条（一）申报辅导 10人', '报名开始')
  await library.atChen.upload('新.txt', measures('50万元'), { supersedes: '1' })
  expect(await library.atHe.read(path)).toContain('申报辅导')
  expect(await dismiss(library.atChen, '只写了条款的名字')).toContain('没有要核的')
})

test('the agreement outlives a restart, and the names of an erased person go', async () => {
  const world = createWorld('2026-11-20T08:00:00+08:00')
  const all: Feature[] = []
  const first = await openDocumentsWorld(world, { features: () => all })
  const office = await openOffice({ world, clauses: first.documents.clauses })
  all.push(office.feature)
  await first.atChen.upload('a.txt', measures('30万元', '', number))
  await first.atHe.post('/documents/1/approve', { revision: '1', isValidityChecked: 'yes' })
  await first.atChen.upload('b.txt', measures('50万元', '', number), { supersedes: '1' })
  await dismiss(first.atChen, '去年的标准')
  await press(first.atHe, '同意，不用改', 'agree')

  const again = await openDocumentsWorld(world, { features: () => all })
  expect(await again.atHe.read(path)).toContain('陈静')
  const chen = { memberId: 'm-chen', chatIds: ['chen'], names: ['陈静'] }
  expect((await again.documents.feature.personal?.kept(chen))?.join()).toContain('不用改')
  await again.documents.feature.personal?.forget(chen, '')
  const page = await again.atHe.read(path)
  expect(page).toContain('去年的标准')
  expect(page).not.toContain('陈静')
})
