import { expect, test } from 'vitest'
import { auditPolicy } from '../../../src/app/platform/audit-policy.ts'
import { openAudit } from '../../../src/audit/trail.ts'
import type { Feature } from '../../../src/feature.ts'
import { sayObject } from '../../../src/features/audit/words/words.ts'
import { openConsoleApp } from '../../console-app.ts'
import { createWorld, openCommunity, play } from '../../conversation.ts'
import { createRecordingOutbox } from '../attendance/recording-outbox.ts'

const group = '优空间创客群'
const claimCode = '482913'

async function openBound() {
  const world = createWorld()
  const outbox = createRecordingOutbox(world.clock)
  const audit = openAudit({ ...world, policy: auditPolicy })
  const store = audit.watching(world.store)
  const built = openCommunity({ store, clock: world.clock, outbox, claimCode })
  const played = play(world, built.directory, [built.feature, built.groups.feature])
  const chen = played.person('chen', '陈姐', group)
  await chen.says(`认领 ${claimCode}`, '第一位组织者')
  await chen.says('绑定本群', '绑定好了')
  return { ...built, audit, chen, mei: played.person('mei', '小美', group) }
}

/** The page of groups, for a person with these roles, which a test may change. */
function openGroupsPage({ pages = [] }: Feature) {
  const roles: ('organizer' | 'reviewer')[] = ['organizer']
  const app = openConsoleApp(pages.slice(0, 1), () => ({ id: 'chen', name: '陈姐', roles }))
  app.onError((fault, c) => c.text(fault.message, 400))
  return { app, roles }
}

test('an organizer writes down in the group what broadcasts choose it by', async () => {
  const { chen, groups } = await openBound()
  await chen.says('本群设置', '空间：没写')
  await chen.says('本群设置 空间 优空间', '空间：优空间')
  await chen.says('本群设置 支部：优空间党支部', '支部：优空间党支部')
  await chen.says('本群设置 标签 科技、税务 #科技', '标签：科技、税务')
  await chen.says('本群设置 看图', '推送：看图')
  await chen.says('本群设置 组织者群', '演练发到这里')
  expect(await groups.cards.all()).toEqual([
    {
      id: group,
      name: group,
      space: '优空间',
      branch: '优空间党支部',
      tags: ['科技', '税务'],
      form: 'picture',
      isOrganizers: true,
    },
  ])
})

test('what is not understood says how to write it; makers may not', async () => {
  const { chen, mei } = await openBound()
  await chen.says('本群设置 颜色 红', '没看懂要设置什么')
  await mei.says('本群设置 看图', '只有组织者能办')
})

test('the page shows every group and changes one; a reviewer looks only', async () => {
  const { groups } = await openBound()
  const { app, roles } = openGroupsPage(groups.feature)
  expect(await (await app.request('/groups')).text()).toContain(group)
  const path = `/groups/edit?id=${encodeURIComponent(group)}`
  const body = new URLSearchParams({ space: '优空间', branch: '', tags: '科技 税务', form: 'picture' })
  expect((await app.request(path, { method: 'POST', body })).status).toBe(303)
  expect(await groups.cards.all()).toMatchObject([
    { space: '优空间', tags: ['科技', '税务'], form: 'picture' },
  ])
  const id = new URLSearchParams({ id: group })
  const post = (path: string) => app.request(path, { method: 'POST', body: id })
  const settings = await groups.cards.all()
  expect((await post('/groups/unbind')).headers.get('location')).toBe('/groups?done=unbound')
  expect(await groups.cards.all()).toEqual([])
  expect(await (await app.request('/groups')).text()).toContain(`撤销解绑「${group}」`)
  expect((await post('/groups/bind')).headers.get('location')).toBe('/groups?done=restored')
  expect(await groups.cards.all()).toEqual(settings)
  expect(await (await app.request('/groups')).text()).not.toContain('撤销解绑')
  roles.splice(0, 1, 'reviewer')
  expect((await app.request(path, { method: 'POST', body })).status).toBe(403)
})

test('a group that is the organizers’ again says so, in the receipt, on the page and in the audit log', async () => {
  const { chen, groups, audit } = await openBound()
  const { app } = openGroupsPage(groups.feature)
  await chen.says('本群设置 组织者群', '组织者群')
  await chen.says('解绑本群', '解绑了')
  const [said] = await chen.says('绑定本群', '绑定好了')
  expect(said?.text).toContain('它还是组织者群（推送的演练发到这里，发给全部群的推送不发到这里）')
  expect(said?.text).not.toContain('这个群会收到推送')
  expect(said?.text).toContain('「本群设置 普通群」')
  const body = new URLSearchParams({ id: group })
  await app.request('/groups/unbind', { method: 'POST', body })
  const deed = {
    by: { id: 'chen', name: '陈姐' },
    road: 'console',
    from: '',
    what: 'POST /groups/bind',
  } as const
  const bound = await audit.trail.watch(deed, async () =>
    app.request('/groups/bind', { method: 'POST', body }),
  )
  const page = await (await app.request(bound.headers.get('location') ?? '')).text()
  expect(page).toContain('它还是组织者群')
  const objects = (await audit.log.read()).flatMap(({ detail }) => detail?.objects?.value ?? [])
  expect(objects.map(sayObject).join('\n')).toContain('是否组织者的群: true')
})

test('a group whose line tells no name is called what it was called before', async () => {
  const { chen, groups } = await openBound()
  const say = (text: string) => {
    const { groupName: _untold, ...message } = chen.message(text)
    return chen.send(message)
  }
  await say('绑定本群 优空间企微群')
  await say('解绑本群')
  const [said] = await say('绑定本群')
  expect(said?.text).toContain('「优空间企微群」绑定好了')
  expect(said?.text).not.toContain('看不到群名')
  expect((await groups.cards.all()).map(({ name }) => name)).toEqual(['优空间企微群'])
})

test('a group that is bound again is set as it was', async () => {
  const { chen } = await openBound()
  await chen.says('本群设置 标签 科技', '标签：科技')
  await chen.says('本群设置 欢迎 关', '记下了')
  await chen.says('解绑本群', '原来的设置都还在')
  await chen.says('绑定本群', '原来的空间、支部和标签都恢复了')
  await chen.says('本群设置', '标签：科技')
})

test('a form of a group takes back unseen no change that was made in chat meanwhile', async () => {
  const { chen, groups } = await openBound()
  const { app } = openGroupsPage(groups.feature)
  const path = `/groups/edit?id=${encodeURIComponent(group)}`
  const send = (fields: Record<string, string>) =>
    app.request(path, { method: 'POST', body: new URLSearchParams(fields) })
  const seenIn = (page: string) => /name="seen" value="(\w+)"/u.exec(page)?.[1] ?? ''
  const seen = seenIn(await (await app.request(path)).text())
  await chen.says('本群设置 标签 科技', '标签：科技')
  const mine = { space: '优空间', branch: '', tags: '', form: 'text' }
  const refused = await send({ ...mine, seen })
  const page = await refused.text()
  expect([refused.status, page]).toEqual([422, expect.stringContaining('刚被别人改过')])
  expect(page).toContain('标签：科技')
  expect(page).toContain('value="优空间"')
  expect(await groups.cards.all()).toMatchObject([{ space: '', tags: ['科技'] }])
  expect((await send({ ...mine, tags: '科技', seen: seenIn(page) })).status).toBe(303)
  expect(await groups.cards.all()).toMatchObject([{ space: '优空间', tags: ['科技'] }])
})
