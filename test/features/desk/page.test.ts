import { expect, test } from 'vitest'
import { openConsoleApp } from '../../console-app.ts'
import { group, openDeskWorld, otherGroup, unknownQuestion } from './desk-world.ts'

/** The page for an organizer, over three tickets that wait. */
async function open() {
  const world = await openDeskWorld()
  await world.mei.asks(unknownQuestion, '1 号')
  await world.person('xu', '若云', otherGroup).asks('小孩一直咳嗽要不要紧', '2 号')
  await world.zhang.asks('阳台上的花怎么浇水', '3 号')
  const app = openConsoleApp(
    [...(world.desk.feature.pages ?? []), ...(world.knowledge.feature.pages ?? [])],
    () => ({ id: 'chen', name: '陈姐', roles: ['organizer'] }),
  )
  const several = (deed: string, ...numbers: number[]) => {
    const body = new FormData()
    body.set('deed', deed)
    for (const number of numbers) body.append('number', String(number))
    return app.request('/desk/several', { method: 'POST', body })
  }
  const read = async (path: string) => (await app.request(path)).text()
  const post = (path: string, fields: Record<string, string>) =>
    app.request(path, { method: 'POST', body: new URLSearchParams(fields) })
  return { ...world, several, read, post }
}

test('a question that was passed on to the organizers, and an answer to be made an entry, stand among the chores', async () => {
  const { he, desk, knowledge, read } = await open()
  expect(await desk.feature.chores?.()).toEqual([])
  await he.says('转 1', '转给组织者')
  expect(await desk.feature.chores?.()).toEqual([{ text: '1 个问题转给了组织者，等答复', path: '/desk' }])
  await he.says('答 3 阳台上的花早晚各浇一次水就够了，别让盆底积水', '@ 优空间-张唯')
  expect(await knowledge.feature.chores?.()).toContainEqual({
    text: '1 份知识草稿等着写完、交审核',
    path: '/knowledge',
  })
  expect(await read('/desk/3')).toContain('答的是何老师')
})
test('tickets are closed in bulk', async () => {
  const { several, read, mei } = await open()
  const closed = await several('close', 1, 3)
  expect(await read(closed.headers.get('location') ?? '')).toContain('选中的 2 个都结束了')
  const board = await read('/desk')
  expect(board).toContain('小孩一直咳嗽')
  expect(board).not.toContain('阳台上的花')
  await mei.says('我的咨询', '没有')
})
test('the end of tickets can be taken back, of those merged into them too, and their owners are asked again', async () => {
  const { several, read, post, mei, he } = await open()
  await several('merge', 1, 2)
  const closed = await several('close', 1, 3)
  const page = await read(closed.headers.get('location') ?? '')
  expect(page).toContain('撤销，重新打开')
  expect(page.match(/type="hidden" name="number" value="(?:1|3)"/gu)).toHaveLength(2)
  expect(await read('/desk')).toContain('未结束 0')
  const again = await several('reopen', 1, 3)
  expect(await read(again.headers.get('location') ?? '')).toContain('3 个问题重新打开了')
  expect(await read('/desk')).toContain('未结束 3')
  await mei.says('我的咨询', '1 号')
  await he.says('答 1 去儿科看看', '2 号也一起答复')
  expect((await several('reopen', 3)).status).toBe(422)
  await post('/desk/3/close', {})
  expect(await read('/desk/3')).toContain('重新打开，再请人来答')
  await post('/desk/3/reopen', {})
  expect(await read('/desk/3')).toContain('由组织者答复')
})
test('tickets are merged into the oldest', async () => {
  const { several, read, he, outbox } = await open()
  const merged = await several('merge', 2, 1)
  expect(await read(merged.headers.get('location') ?? '')).toContain('合并好了')
  expect(await read('/desk')).toContain('并到 1 号')
  await he.says('答 1 去儿科看看', '2 号也一起答复')
  for (const where of [group, otherGroup]) expect(outbox.toGroup(where)[0]).toContain('去儿科看看')
})
test('a merge is taken back, at once or on the page of a ticket, until it is answered', async () => {
  const { several, read, post, he } = await open()
  const merged = await several('merge', 1, 2, 3)
  const page = await read(merged.headers.get('location') ?? '')
  expect(page).toContain('撤销，拆开')
  expect(page.match(/type="hidden" name="number" value="(?:2|3)"/gu)).toHaveLength(2)
  expect(await read('/desk/1')).toContain('3 号（优空间-张唯）：阳台上的花怎么浇水')
  expect(await read('/desk/2')).toContain('并到 <a href="/desk/1">1 号</a>了')
  await post('/desk/2/split', {})
  expect(await read('/desk/2')).not.toContain('并到')
  const split = await several('split', 2, 3)
  expect(await read(split.headers.get('location') ?? '')).toContain('1 个问题拆开了，各答各的')
  await several('merge', 1, 2)
  await he.says('答 1 去儿科看看', '2 号也一起答复')
  expect(await read('/desk/2')).not.toContain('拆开，单独来答')
})
test('what cannot be done is said', async () => {
  const { several } = await open()
  const refused = await several('merge', 1)
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('合并要两个以上的问题')
  expect(await (await several('close')).text()).toContain('请先勾选')
})

test('tickets of other pages are merged by their numbers, as in chat', async () => {
  const { post, read, he, outbox } = await open()
  const merged = await post('/desk/several', { deed: 'merge', number: '2', also: '2、3 号' })
  expect(await read(merged.headers.get('location') ?? '')).toContain('合并好了：2 个问题答一次')
  await he.says('答 2 去社区问问', '3 号也一起答复')
  expect(outbox.toGroup(group)).toEqual([expect.stringContaining('（3 号）：去社区问问')])
  for (const [also, said] of [
    ['9', '没有 9 号问题'],
    ['一号', '号码请写成「17 18」这样'],
    ['3', '3 号已经答复过了，合并不了'],
  ] as const) {
    const refused = await post('/desk/several', { deed: 'merge', number: '1', also })
    expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining(said)])
  }
  const refused = await post('/desk/several', { deed: 'merge', number: '1', also: '9' })
  expect(await refused.text()).toContain('value="9"')
  expect(await read('/desk')).not.toContain('name="also"')
})

test('an answer from the console becomes the draft of an entry, as one in chat does', async () => {
  const { post, read, outbox } = await open()
  const to = (await post('/desk/1/answer', { text: '先去社区医院看，带上医保卡。' })).headers.get('location')
  expect(outbox.toGroup(group)[0]).toContain('先去社区医院看')
  expect(await read(to ?? '')).toContain('href="/knowledge/drafts/ticket-1"')
  const draft = await read('/knowledge/drafts/ticket-1')
  expect(draft).toContain(unknownQuestion)
  expect(draft).toContain('先去社区医院看，带上医保卡。')
})

test('an answer that is refused keeps what was typed', async () => {
  const { post } = await open()
  const empty = await post('/desk/1/answer', { text: ' ' })
  expect(empty.status).toBe(422)
  expect(await empty.text()).toContain('请先写答复')
  const long = '很'.repeat(1001)
  const refused = await (await post('/desk/1/answer', { text: long })).text()
  expect(refused).toContain('答复太长了')
  expect(refused).toContain(long)
  await post('/desk/1/close', {})
  expect(await (await post('/desk/1/answer', { text: '晚了' })).text()).toContain('已经结束了')
})

/** The version that the form of an instructor shows. */
const seenOn = (page: string) => /name="seen" value="(?<seen>\w*)"/u.exec(page)?.groups?.seen ?? ''

test('of two organizers who change one instructor, the second sees what the first wrote', async () => {
  const { read, post } = await open()
  const page = await read('/desk/instructors?edit=he')
  const entry = { chatId: 'he', name: '何国平', title: '何老师', seen: seenOn(page) }
  expect((await post('/desk/instructors', { ...entry, desk: '法律咨询' })).status).toBe(303)
  const late = await post('/desk/instructors', { ...entry, title: '何顾问', space: otherGroup })
  expect(late.status).toBe(422)
  const shown = await late.text()
  expect(shown).toContain('何国平的登记刚被别人改过，现在的称呼、服务台和空间见名单')
  for (const words of ['data-label="服务台">法律咨询', 'value="何顾问"', `value="${otherGroup}" checked`])
    expect(shown).toContain(words)
  const again = { ...entry, title: '何顾问', space: otherGroup, seen: seenOn(shown) }
  expect((await post('/desk/instructors', again)).status).toBe(303)
  await post('/desk/instructors/remove', { chatId: 'he' })
  const gone = await (await post('/desk/instructors', { ...again, title: '何工' })).text()
  expect(gone).toContain('何国平刚被移出名单，没有保存')
  expect(gone).toContain('value="何工"')
})

test('a registration changes no instructor who is on the list already, before this is seen', async () => {
  const { read, post } = await open()
  const page = await read('/desk/instructors')
  const member = { member: 'm-zhang', title: '张老师', seen: seenOn(page) }
  expect((await post('/desk/instructors', { ...member, desk: '法律咨询' })).status).toBe(303)
  const late = await post('/desk/instructors', { ...member, title: '张工' })
  expect(late.status).toBe(422)
  const shown = await late.text()
  expect(shown).toContain('优空间-张唯已经在名单上了')
  expect(shown).toContain('value="m-zhang" selected')
  expect((await post('/desk/instructors', { ...member, title: '张工', seen: seenOn(shown) })).status).toBe(
    303,
  )
  expect(await read('/desk/instructors')).toContain('data-label="称呼">张工')
})

const things = ['冰箱', '自行车', '阳台的花', '猫', '吉他', '雨伞', '眼镜', '皮鞋', '鱼缸']
const troubles = ['坏了', '很脏', '丢了', '有怪味', '颜色变了']

test('a long board has pages of twenty and a search, and stands where it stood after a deed', async () => {
  const world = await open()
  for (const [at, thing] of things.entries())
    for (const trouble of troubles)
      await world.person(`maker-${at}-${trouble}`, `创客${at}`).says(`转人工 ${thing}${trouble}怎么办`, '号')
  const rows = async (path: string) =>
    (await world.read(path)).match(/name="number" value="\d+" aria-label/gu)?.length
  const found = await world.read('/desk?q=雨伞')
  expect(found).toContain('未结束 5')
  expect(found).not.toContain('皮鞋')
  expect(await world.read('/desk?q=没有这样的')).toContain('没有找到「没有这样的」')
  expect([await rows('/desk'), await rows('/desk?page=3'), await rows('/desk?page=9')]).toEqual([20, 8, 8])
  expect(await world.read('/desk?page=2')).toContain('name="also"')
  const form = /action="(\/desk\/several[^"]*)"/u.exec(await world.read('/desk?page=3'))?.[1] ?? ''
  const closed = await world.post(form, { deed: 'close', number: '48' })
  expect(await world.read(closed.headers.get('location') ?? '')).toMatch(
    /选中的 1 个都结束了[\s\S]*action="\/desk\/several\?page=3"[\s\S]*第 3 页，共 3 页/u,
  )
})
