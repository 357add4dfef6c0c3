import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { mountPage } from '../../../src/console/access.ts'
import type { ConsoleEnv } from '../../../src/feature.ts'
import { group, openRoom, otherGroup, unknownQuestion } from './desk-world.ts'

/** The page for an organizer, over three tickets that wait. */
async function open() {
  const room = await openRoom()
  await room.mei.asks(unknownQuestion, '1 号')
  await room.person('xu', '若云', otherGroup).asks('小孩一直咳嗽要不要紧', '2 号')
  await room.zhang.asks('阳台上的花怎么浇水', '3 号')
  const app = new Hono<ConsoleEnv>()
  app.use(async (c, next) => {
    c.set('person', { id: 'chen', name: '陈姐', roles: ['organizer'] })
    c.set('csrfToken', 't')
    await next()
  })
  for (const page of room.desk.feature.pages ?? []) mountPage(app, page)
  const several = (deed: string, ...numbers: number[]) => {
    const body = new FormData()
    body.set('deed', deed)
    for (const number of numbers) body.append('number', String(number))
    return app.request('/desk/several', { method: 'POST', body })
  }
  const read = async (path: string) => (await app.request(path)).text()
  return { ...room, several, read }
}

test('tickets are closed in bulk', async () => {
  const { several, read, mei } = await open()
  expect((await several('close', 1, 3)).status).toBe(303)
  const board = await read('/desk')
  expect(board).toContain('小孩一直咳嗽')
  expect(board).not.toContain('阳台上的花')
  await mei.says('我的咨询', '没有')
})
test('tickets are merged into the oldest', async () => {
  const { several, read, he, outbox } = await open()
  expect((await several('merge', 2, 1)).status).toBe(303)
  expect(await read('/desk')).toContain('并到 1 号')
  await he.says('答 1 去儿科看看', '2 号 也一起答复')
  for (const where of [group, otherGroup]) expect(outbox.toGroup(where)[0]).toContain('去儿科看看')
})
test('what cannot be done is said', async () => {
  const { several } = await open()
  const refused = await several('merge', 1)
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('合并要勾选两个以上的问题')
  expect(await (await several('close')).text()).toContain('请先勾选')
})
