import { expect, test } from 'vitest'
import { group, list, openOffice, otherGroup } from './office.ts'

test('a group is bound on the console once it was heard, and unbound again', async () => {
  const { read, send, groups, person } = openOffice()
  expect(await read('/groups')).not.toContain('还没绑定的群')
  groups.noteUnbound(person('mei', '小美', group).message('大家好'))
  expect(await read('/groups')).toContain(`绑定「${group}」`)
  expect((await send('/groups/bind', { id: group })).status).toBe(303)
  expect(await groups.cards.all()).toMatchObject([{ id: group, name: group }])
  expect(await read('/groups?done=bound')).not.toContain('还没绑定的群')
  expect(await (await send('/groups/bind', { id: otherGroup })).text()).toContain('请在群里发「绑定本群」')
  await send('/groups/unbind', { id: group })
  expect(await groups.cards.all()).toEqual([])
})

test('what was written about a group stays where it is refused', async () => {
  const { send, groups, person } = openOffice()
  groups.noteUnbound(person('mei', '小美', group).message('大家好'))
  await send('/groups/bind', { id: group })
  const path = `/groups/edit?id=${encodeURIComponent(group)}`
  const tags = Array.from({ length: 13 }, (_, n) => `标签${n}`).join('、')
  const refused = await send(path, { space: '优空间', tags, form: 'picture' })
  const page = await refused.text()
  expect(refused.status).toBe(422)
  expect(page).toContain('最多写 12 个标签')
  expect(page).toContain('value="优空间"')
  expect(page).toContain('标签12')
})

test('the page of a member shows what the features know, with links', async () => {
  const facts = {
    title: '2026年的出勤',
    lines: [{ text: '应到 2 次，实到 1。' }, { text: '11月21日「微党课」：缺勤', path: '/lessons/a' }],
  }
  const aboutMember = async () => facts
  const { imports, read, roster } = openOffice({ features: () => [{ aboutMember }, {}] })
  await imports(list)
  const [member] = await roster.members()
  const page = await read(`/roster/members/${member?.id}`)
  expect(page).toContain('应到 2 次，实到 1。')
  expect(page).toContain('<a href="/lessons/a">11月21日「微党课」：缺勤</a>')
})

test('a member who is refused is shown as typed, with the problem at its field', async () => {
  const { imports, send, roster } = openOffice()
  await imports(list)
  const [member] = await roster.members()
  const refused = await send(`/roster/members/${member?.id}`, {
    name: '张三丰',
    phoneTail: '12',
    team: '云帆',
  })
  const page = await refused.text()
  expect(refused.status).toBe(422)
  expect(page).toContain('value="张三丰"')
  expect(page).toContain('value="云帆"')
  expect(page).toMatch(/name="phoneTail" value="12"[\s\S]*?<small class="problem" role="alert">/u)
})

const seenIn = (page: string) => /name="seen" value="(\w+)"/u.exec(page)?.[1] ?? ''

/** A member whose form was read before another organizer gave them a team. */
async function openChangedMember() {
  const { imports, read, send, roster } = openOffice()
  await imports(list)
  const [member] = await roster.members()
  const path = `/roster/members/${member?.id}`
  const seen = seenIn(await read(path))
  const asShown = { name: member?.name ?? '', branch: member?.branch ?? '', space: member?.space ?? '' }
  expect((await send(path, { ...asShown, team: '云帆', seen })).status).toBe(303)
  return {
    seen,
    save: (fields: Record<string, string>) => send(path, { ...asShown, ...fields }),
    teamNow: async () => (await roster.members()).find(({ id }) => id === member?.id)?.team,
  }
}

test('a form of a member takes back unseen no change that another organizer made meanwhile', async () => {
  const { seen, save, teamNow } = await openChangedMember()
  const refused = await save({ note: '会计', seen })
  const page = await refused.text()
  expect([refused.status, page]).toEqual([422, expect.stringContaining('刚被别人改过')])
  expect(page).toContain('企业/团队现在是「云帆」')
  expect(page).toContain('value="会计"')
  expect(await teamNow()).toBe('云帆')
  // Read and saved again, the form counts.
  expect((await save({ note: '会计', seen: seenIn(page) })).status).toBe(303)
  expect(await teamNow()).toBe('')
})

test('a form of a member that is refused for another reason hides no change of another organizer', async () => {
  const { seen, save, teamNow } = await openChangedMember()
  const mistyped = await (await save({ phoneTail: '12', seen })).text()
  expect(mistyped).toContain('role="alert"')
  const refused = await save({ seen: seenIn(mistyped) })
  expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('刚被别人改过')])
  expect(await teamNow()).toBe('云帆')
})

test('ticks and choices stay where a decision is refused', async () => {
  const { imports, sees, read, send, roster } = openOffice()
  await imports('姓名,众创空间\n张三,优空间\n张三,恒丰\n李四,恒丰\n李四,优空间\n')
  await sees('a', '张三')
  await sees('b', '李四')
  const handles = [...(await read('/identities')).matchAll(/name="pick" value="([0-9a-f]+)"/gu)].map(
    ([, h]) => h ?? '',
  )
  const body = new FormData()
  const chosen = (await roster.members())[0]?.id ?? ''
  for (const handle of handles) body.append('pick', handle)
  body.append(`as-${handles[0]}`, chosen)
  body.append('as', 'same')
  const { app } = openOffice()
  expect((await app.request('/identities/decide', { method: 'POST', body })).status).toBe(422)
  const page = await (
    await send('/identities/decide', { pick: handles[1] ?? '', [`as-${handles[0]}`]: chosen, as: 'same' })
  ).text()
  expect(page.match(/checked/gu)).toHaveLength(1)
})

test('the search finds members, and people who only spoke', async () => {
  const { imports, read, sees, feature } = openOffice()
  await imports(list)
  await sees('mei', '小美爱咖啡')
  const found = async (word: string) =>
    (await feature.search?.((...texts) => texts.some(text => text.includes(word)))) ?? []
  expect((await found('张三')).map(({ kind }) => kind)).toEqual(['成员'])
  const [mei, ...more] = await found('爱咖啡')
  expect(more).toEqual([])
  expect(mei).toMatchObject({ kind: '说过话、不在名单上', title: '小美爱咖啡' })
  expect(await read(mei?.path ?? '')).toContain('加到名单')
})
