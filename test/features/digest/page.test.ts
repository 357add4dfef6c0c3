import { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import type { ConsoleEnv, Person } from '../../../src/feature.ts'
import { pass } from '../../outbox/world.ts'
import { createItemsFile, itemText, openDigest } from './world.ts'

const chen: Person = { id: 'org', name: '陈姐', roles: ['organizer'] }

/** The page as the console mounts it, for somebody who is logged in. */
function openPage(opened = openDigest(), person = chen) {
  const app = new Hono<ConsoleEnv>()
  app.use(async (c, next) => {
    c.set('person', person)
    c.set('csrfToken', 'token-1')
    await next()
  })
  const [page] = opened.feature.pages ?? []
  if (page) app.route(`/${page.path}`, page.routes)
  const send = async (method: string, path: string) => {
    const response = await app.request(`/digest${path}`, { method })
    return { status: response.status, to: response.headers.get('location'), text: await response.text() }
  }
  const get = async (path = '') => (await send('GET', path)).text
  const post = (path: string) => send('POST', path)
  return { ...opened, get, post }
}

describe('the page of pushes', () => {
  test('shows the next push: when, to whom, how long, word for word', async () => {
    const { get } = openPage()
    const page = await get()
    expect(page).toContain('今天 16:30')
    expect(page).toContain('发到 3 个群，约 12 秒')
    for (const words of [
      '优空间创客群',
      '恒丰大厦群',
      '蒲公英群',
      '1. loan 的标题',
      '小微企业：减半征收。',
    ]) {
      expect(page).toContain(words)
    }
    expect(page).toContain('name="csrf" value="token-1"')
  })

  test('sends by hand after a look, and shows group by group what arrived, live while it goes on', async () => {
    const { get, post, world, start, outbox, arrived } = openPage()
    await start()
    expect(await post('/propose')).toMatchObject({ status: 303, to: '/digest/1' })
    const proposed = await get('/1')
    expect(proposed).toContain('发送到 3 个群，约 12 秒')
    expect(proposed).toContain('1. loan 的标题')
    expect(world.said).toEqual([])
    expect(await post('/1/confirm')).toMatchObject({ status: 303, to: '/digest/1' })
    await pass(world, 1)
    const live = await get('/1/deliveries')
    expect(live).toContain('hx-get="/digest/1/deliveries" hx-trigger="every 2s"')
    expect(live).toContain('<span class="badge badge-quiet">待发</span>')
    expect(live).toContain('data-label="群">优空间创客群')
    await pass(world, 30)
    await outbox.stop()
    const done = await get('/1/deliveries')
    expect(done).not.toContain('hx-get')
    expect(done).toContain('已发出 3')
    expect(arrived()).toHaveLength(3)
    expect(await get()).toContain('推送 1')
  })

  test('says in one sentence why something is not done', async () => {
    const { post } = openPage()
    await post('/propose')
    await post('/1/cancel')
    const refused = await post('/1/confirm')
    expect(refused.status).toBe(409)
    expect(refused.text).toContain('推送 1 已经取消了')
  })

  test('cancels the slot that was seen, never another', async () => {
    const { get, post, start, forward, outbox, arrived } = openPage()
    await start()
    const action = /action="\/digest(\/slots\/[^"]+)"/.exec(await get())?.[1] ?? ''
    expect(await post(action)).toMatchObject({ status: 303, to: '/digest' })
    expect(await get()).toContain('到时不会发')
    await forward({ minutes: 30 })
    await outbox.stop()
    expect(arrived()).toEqual([])
    expect((await post(action)).text).toContain('您看到的那一次已经开始了')
  })

  test('pauses and resumes the sending in one click', async () => {
    const { get, post, start, outbox } = openPage()
    await start()
    expect(await get()).toContain('今天发了 0 条，上限 75 条')
    expect(await post('/pause')).toMatchObject({ status: 303, to: '/digest' })
    expect(await get()).toContain('陈姐 暂停的')
    await post('/resume')
    expect(await get()).toContain('正常')
    await outbox.stop()
  })

  test('keeps the history in sight when the items are broken', async () => {
    const opened = openPage()
    await opened.start()
    await opened.forward({ minutes: 30 })
    await opened.outbox.stop()
    opened.itemsFile.write(itemText('a', { stream: '八卦' }))
    const page = await opened.get()
    expect(page).toContain('只能是政策、科技服务、企业动态')
    expect(page).toContain('推送 1')
  })

  test('says how to begin where there is nothing', async () => {
    const page = await openPage(openDigest({ itemsFile: createItemsFile('[]') })).get()
    expect(page).toContain('没有新条目')
    expect(page).toContain('还没有推送过')
  })

  test('lets a reviewer look and not send', async () => {
    const { get, post } = openPage(openDigest(), { id: 'rev', name: '林书记', roles: ['reviewer'] })
    expect(await get()).toContain('loan 的标题')
    expect((await post('/propose')).text).toContain('只有组织者能办')
  })

  test('shows what people wrote as text, never as markup', async () => {
    const itemsFile = createItemsFile(itemText('a', { title: '"<script>alert(1)</script>"' }))
    expect(await openPage(openDigest({ itemsFile })).get()).toContain('&lt;script&gt;')
  })
})
