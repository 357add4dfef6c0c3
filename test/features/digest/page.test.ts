import ExcelJS from 'exceljs'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import type { Person } from '../../../src/feature.ts'
import { createWorld } from '../../conversation.ts'
import { pass } from '../../outbox/world.ts'
import { anItem, createItemList, groupCard, groups, openDigest, openDigestPage } from './world.ts'

const chen: Person = { id: 'org', name: '陈姐', roles: ['organizer'] }
const lin: Person = { id: 'lin', name: '林书记', roles: ['reviewer'] }
const onWednesday = () => createWorld('2026-11-25T10:00:00+08:00')

const openPage = (opened = openDigest(), person = chen) => openDigestPage(opened, person)

describe('the page of pushes', () => {
  test('shows what waits for review, what comes, and how the sending stands', async () => {
    const { get, start } = openPage()
    await start()
    const page = await get()
    for (const words of [
      '等审核（1）',
      '推送 1「政策速递」',
      '机器人拟的',
      '科技服务速递',
      '今天发了',
      'name="csrf" value="token-1"',
    ]) {
      expect(page).toContain(words)
    }
  })

  test('older broadcasts stand on further pages of the history, with the search kept', async () => {
    const { get, start, org } = openPage()
    await start()
    for (let number = 2; number <= 53; number++)
      await org.send(org.message(`拟通知 明天15:00 发到 全部\n第${number}号通知`, { id: `draft-${number}` }))
    const first = await get('?q=号通知')
    expect(first).toContain('推送 53')
    expect(first).not.toContain('推送 3</a>')
    const next = /href="([^"]+page=2)"/u.exec(first)?.[1] ?? ''
    const second = await get(next.replaceAll('&amp;', '&').replace(/^\/digest/u, ''))
    expect(second).toContain('推送 3</a>')
    expect(second).toContain('第 2 页，共 2 页')
    expect(await get('?q=号通知&state=open&page=2')).toContain('推送 2</a>')
  })

  test('a broadcast shows the exact text, the exact groups, when, how long and what of the cap; a reviewer approves it', async () => {
    const { get, post, start, become, field, world, forward, outbox, arrived } = openPage()
    await start()
    become(lin)
    const page = await get('/1')
    for (const words of [
      '1. loan 的标题',
      '小微企业：减半征收。',
      ...groups,
      '今天 16:30',
      '占今天 75 条里的 3 条',
      '通过，到时发到 3 个群，约 12 秒',
    ]) {
      expect(page).toContain(words)
    }
    expect((await post('/1/approve', { seal: 'older' })).text).toContain('刚刚改过，请先看一眼新的内容')
    expect(await post('/1/approve', { seal: field(page, 'seal') })).toMatchObject({
      status: 303,
      to: '/digest/1',
    })
    await forward({ minutes: 29 })
    world.clock.forward({ minutes: 1 })
    await forward({ seconds: 1 })
    const done = await get('/1/deliveries')
    expect(done).not.toContain('hx-get')
    expect(done).toContain('已发出 3')
    expect(arrived()).toHaveLength(3)
    await outbox.stop()
  })

  test('moves live while it goes on', async () => {
    const { get, post, start, field, world, outbox, become } = openPage()
    await start()
    become(lin)
    await post('/1/approve', { seal: field(await get('/1'), 'seal') })
    become(chen)
    await post('/1/send-now')
    become(lin)
    await post('/1/approve', { seal: field(await get('/1'), 'seal') })
    await pass(world, 1)
    const live = await get('/1/deliveries')
    expect(live).toContain('hx-get="/digest/1/deliveries" hx-trigger="every 2s"')
    expect(live).toContain('data-label="群">优空间创客群')
    await pass(world, 30)
    await outbox.stop()
  })

  test('who wrote it cannot approve it, and is told to whom it went; a team of one can, in sight', async () => {
    const opened = openPage(openDigest({ world: onWednesday() }))
    await opened.start()
    await opened.post('/new', { kind: 'digest', stream: '政策', targets: '全部', when: '' })
    await opened.post('/1/submit')
    const page = await opened.get('/1')
    expect(page).toContain('是你写的，要由另一位组织者或审核人来通过')
    expect(page).not.toContain('/1/approve')
    const alone = openPage(openDigest({ world: onWednesday(), parts: { mayAuthorApprove: true } }))
    await alone.start()
    await alone.post('/new', { kind: 'digest', stream: '政策', targets: '全部', when: '' })
    await alone.post('/1/submit')
    expect(await alone.get('/1')).toContain('一人模式开着')
    expect(await alone.get()).toContain('一人模式开着')
  })

  test('rejecting needs a reason, which the author is shown first', async () => {
    const opened = openDigest()
    const { get, post, start, become } = openPage(opened)
    await start()
    become(lin)
    expect((await post('/1/reject', { reason: ' ' })).text).toContain('请写明原因')
    expect(await post('/1/reject', { reason: '金额不对' })).toMatchObject({ status: 303 })
    expect(await get('/1')).toContain('林书记没有通过：金额不对')
    expect((await opened.feature.chores?.())?.map(({ text }) => text)).toEqual([
      '推送 1「政策速递」没有通过，改好再送审，或者取消',
    ])
  })

  test('says what comes next once it is approved, called off or over', async () => {
    const { get, post, start, become, field } = openPage()
    await start()
    become(lin)
    await post('/1/approve', { seal: field(await get('/1'), 'seal') })
    expect(await get('/1')).toContain('林书记通过了，今天 16:30 发到 3 个群')
    become(chen)
    await post('/1/pause')
    expect(await get('/1')).toContain('暂停着，到时间也不发')
    await post('/1/cancel')
    expect(await get('/1')).toContain('还没发的不会再发')
  })

  test('a sent broadcast leads to a notice for the same groups that corrects it', async () => {
    const { get, post, start, become, field, forward, outbox } = openPage()
    await start()
    become(lin)
    await post('/1/approve', { seal: field(await get('/1'), 'seal') })
    await forward({ minutes: 31 })
    expect(await get('/1')).not.toContain('/digest/new?corrects=1')
    become(chen)
    expect(await get('/1')).toContain('href="/digest/new?corrects=1"')
    const typed = await get('/new?corrects=1')
    expect(typed).toContain('value="更正：政策速递"')
    expect(typed).toContain('发的「政策速递」里有一处写错了')
    expect(typed).toContain('这是推送 1 的更正：发到群里以后，这段话也写在 E空间那一期的最上面。')
    await outbox.stop()
  })

  test('a correction belongs to the digest in the public archive once it has reached a group', async () => {
    const { get, post, start, become, field, forward, outbox, sent } = openPage()
    await start()
    become(lin)
    await post('/1/approve', { seal: field(await get('/1'), 'seal') })
    await forward({ minutes: 31 })
    become(chen)
    const corrects = field(await get('/new?corrects=1'), 'corrects')
    const text = '更正：写的是 20 万元，应该是 30 万元。'
    const { to } = await post('/new', { kind: 'notice', text, targets: '全部', corrects })
    expect(await get(to?.replace('/digest', ''))).toContain('这是推送 1 的更正')
    await post('/2/submit')
    const corrections = async () => (await sent.archive()).flatMap(one => one.corrections)
    expect(await corrections()).toEqual([])
    become(lin)
    await post('/2/approve', { seal: field(await get('/2'), 'seal') })
    await forward({ minutes: 5 })
    await outbox.stop()
    expect(await corrections()).toMatchObject([{ parts: [text] }])
    expect((await sent.archive()).map(({ number }) => number)).toEqual([1])
  })

  test('skips the run that was seen, never another', async () => {
    const { get, post, start, forward, arrived } = openPage(openDigest({ world: onWednesday() }))
    await start()
    const action = /action="\/digest(\/runs\/[^"]+)"/.exec(await get())?.[1] ?? ''
    expect(await post(action)).toMatchObject({ status: 303, to: '/digest' })
    expect(await get()).toContain('已取消')
    await forward({ hours: 54, minutes: 30 })
    expect(arrived()).toEqual([])
  })

  test('pauses and resumes the sending in one click', async () => {
    const { get, post, start, outbox } = openPage()
    await start()
    expect(await post('/pause')).toMatchObject({ status: 303, to: '/digest' })
    expect(await get()).toContain('陈姐 暂停的')
    await post('/resume')
    expect(await get()).toContain('正常')
    await outbox.stop()
  })

  test('says how to begin where there is nothing', async () => {
    const page = await openPage(openDigest({ itemList: createItemList() })).get()
    expect(page).toContain('没有等审核的')
    expect(page).toContain('还没有推送过')
  })

  test('lets a reviewer look and judge, and nothing else', async () => {
    const { get, post } = openPage(openDigest(), lin)
    expect(await get()).toContain('等审核')
    for (const path of ['/new', '/1/cancel', '/1/edit', '/plans/政策', '/pause', '/1/send-now'])
      expect((await post(path)).text).toContain('只有组织者能办')
  })

  test('shows what people wrote as text, never as markup', async () => {
    const evil = anItem('a', { lines: { what: '<script>alert(1)</script>', who: '乙', when: '丙' } })
    const { get, start } = openPage(openDigest({ itemList: createItemList(evil) }))
    await start()
    expect(await get('/1')).toContain('&lt;script&gt;')
  })

  test('the history is searched by word, state and month', async () => {
    const { get, post, start } = openPage(openDigest({ world: onWednesday() }))
    await start()
    await post('/new', { kind: 'notice', title: '消防演习', text: '周五演习', targets: '全部', when: '' })
    await post('/new', {
      kind: 'notice',
      title: '停水通知',
      text: '周六停水',
      targets: '恒丰大厦群',
      when: '',
    })
    await post('/2/cancel')
    expect(await get('?q=演习')).toMatch(/消防演习/u)
    expect(await get('?q=演习')).not.toMatch(/停水通知/u)
    expect(await get('?q=恒丰大厦群&state=stopped')).toMatch(/停水通知/u)
    expect(await get('?month=2026-10')).toContain('没有找到，换个词试试')
  })
})

describe('the editor', () => {
  test('shows beside it what the groups will see, to whom and how long', async () => {
    const { post, start } = openPage()
    await start()
    const preview = await post('/preview', {
      kind: 'notice',
      text: '各位\n\n明天停水',
      targets: '优空间创客群',
    })
    for (const words of ['发到 1 个群，约 4 秒', '占今天 75 条里的 1 条', '明天停水', 'data:image/png'])
      expect(preview.text).toContain(words)
    const unknown = await post('/preview', { kind: 'notice', text: '正文', targets: '标签:没有' })
    expect(unknown.text).toContain('没有叫「没有」的标签')
  })

  test.each([
    [{ text: ' ' }, '还没有写内容'],
    [{ when: '昨天' }, '已经过去了'],
    [{ when: '有空的时候' }, '没看懂是什么时候'],
    [{ when: '2026-11-20T09:00' }, '这个时间已经过去了'],
    [{ when: '今天 9:00' }, '已经过去了'],
    [{ targets: '标签:没有' }, '没有叫「没有」的标签'],
    [{ targets: '' }, '请选发到哪些群'],
  ])('says what can not be, and keeps what was typed: %o', async (wrong, why) => {
    const { post, get, start } = openPage(openDigest({ world: onWednesday() }))
    await start()
    const typed = {
      kind: 'notice',
      title: '停水',
      text: '写了很久的正文',
      targets: '全部',
      when: '',
      ...wrong,
    }
    const page = await post('/new', typed)
    expect(page.status).toBe(422)
    expect(page.text).toContain(why)
    expect(page.text).toContain(typed.text)
    expect(await get()).toContain('还没有推送过')
  })

  test('two who edit at once: the second is told, and keeps what he typed', async () => {
    const { get, post, start, become, field } = openPage()
    await start()
    const revision = field(await get('/1/edit'), 'revision')
    const wanted = (text: string) => ({
      kind: 'digest',
      title: '政策速递',
      text,
      targets: '全部',
      when: '',
      revision,
    })
    expect(await post('/1/edit', wanted('陈姐写的'))).toMatchObject({ status: 303 })
    become({ id: 'he', name: '老何', roles: ['organizer'] })
    const second = await post('/1/edit', wanted('老何写的'))
    expect(second.status).toBe(422)
    expect(second.text).toContain('陈姐刚刚改过推送 1，没有保存你的改动')
    expect(second.text).toContain('老何写的')
    expect(await get('/1')).toContain('陈姐写的')
  })
})

describe('the plans', () => {
  test('show the next five runs before saving, and save once', async () => {
    const { get, post, start, field } = openPage(openDigest({ world: onWednesday() }))
    await start()
    const runs = await get(`/plans/next?schedule=${encodeURIComponent('每月1日9:00，遇节假日顺延')}`)
    expect(runs).toContain('接下来五次')
    expect(runs.match(/<li>/gu)).toHaveLength(5)
    expect(
      (await get(`/plans/next?schedule=${encodeURIComponent('哪天都行')}`)).replaceAll(/\s+/gu, ''),
    ).toContain('没看懂是什么时候')
    const revision = field(await get('/plans/政策'), 'revision')
    const typed = {
      title: '政策速递',
      schedule: '每个工作日8:30',
      targets: '全部',
      most: '3',
      leadHours: '12',
      closing: '再见',
      reminds: 'yes',
      revision,
    }
    expect(await post('/plans/政策', typed)).toMatchObject({ status: 303 })
    expect(await get('/plans')).toContain('每个工作日 08:30')
    const again = await post('/plans/政策', { ...typed, schedule: '每天9点' })
    expect(again.text).toContain('刚刚改过这个排期，没有保存你的改动')
    expect((await post('/plans/政策', { ...typed, most: '99' })).text).toContain('最多 10 条')
    const shown = await get('/plans/政策')
    expect(shown).toContain('<td data-label="什么时候推">每周五 16:30</td>')
    const back = { until: field(shown, 'until'), revision: field(shown, 'revision') }
    expect(await post('/plans/政策/undo', back)).toMatchObject({ status: 303 })
    const before = await get('/plans/政策')
    expect(before).toContain('name="schedule" value="每周五 16:30"')
    expect(before).toContain('<td data-label="什么时候推">每个工作日 08:30</td>')
    expect((await post('/plans/政策/undo', back)).text).toContain('没有保存你的改动')
  })

  test('a notice that comes again is composed, reviewed and sent like any other', async () => {
    const {
      post,
      start,
      forward,
      lin: reviewer,
      arrived,
      world,
      outbox,
    } = openPage(openDigest({ world: onWednesday() }))
    await start()
    const typed = {
      title: '周报提醒',
      schedule: '每周四9:00',
      targets: '优空间创客群',
      text: '记得交周报。',
      leadHours: '12',
    }
    expect(await post('/plans/new', typed)).toMatchObject({ status: 303 })
    await forward({ hours: 11 })
    await forward({ hours: 11 })
    await reviewer.says('预览 1', '推送 1', '记得交周报。')
    await reviewer.says('通过 1', '通过了')
    await forward({ hours: 1 })
    await outbox.stop()
    expect(arrived()).toEqual(['优空间创客群'])
    expect(world.said.at(-1)?.reply).toEqual({ text: '记得交周报。' })
  })
})

describe('the proof', () => {
  test('the calendar shows what came and what comes, and where the holidays are', async () => {
    const { get, start } = openPage()
    await start()
    const page = await get('/calendar')
    expect(page).toContain('href="/digest/1"')
    expect(page).toMatch(/16:30/u)
    const october = await get('/calendar?month=2027-01')
    expect(october).toContain('class="rest')
    expect(october).toContain('还没拟')
  })

  test('a month’s sheet opens, with every delivery, its time and totals as formulas', async () => {
    const { app, start, lin: reviewer, forward, outbox } = openPage()
    await start()
    await reviewer.says('通过 1', '通过了')
    await forward({ minutes: 30 })
    await outbox.stop()
    const response = await app.request('/digest/sheet.xlsx?month=2026-11')
    const book = new ExcelJS.Workbook()
    await book.xlsx.load(await response.arrayBuffer())
    const [first, second] = book.worksheets
    expect(first?.getCell('A1').value).toBe('2026年11月推送送达表')
    expect(first?.getRow(4).values).toMatchObject([
      undefined,
      1,
      '速递',
      '政策',
      '政策速递',
      '2026年11月27日 16:30',
      '完成',
      '机器人拟的',
      '林书记',
      3,
      3,
      { formula: 'I4-J4' },
    ])
    expect(first?.getCell('K5').value).toMatchObject({ formula: 'SUM(K4:K4)' })
    expect(second?.rowCount).toBe(4)
    expect(second?.getRow(2).values).toMatchObject([
      undefined,
      1,
      '政策速递',
      '优空间创客群',
      '已发出',
      '2026年11月27日 16:30',
      '',
    ])
  })

  test('which items drew questions within two days, in the groups that got them', async () => {
    const at = Temporal.Instant.from('2026-11-28T10:00:00+08:00')
    const about = { at, programmeId: undefined, question: 'loan 的标题是什么意思' }
    const questions = [
      { ...about, groupId: '优空间创客群', programmeId: 'startup-loan', question: '这个贷款怎么申请' },
      { ...about, groupId: '别的群' },
      { ...about, groupId: '蒲公英群', question: '食堂几点开' },
    ]
    const itemList = createItemList(anItem('loan', { programmeIds: ['startup-loan'] }), anItem('tax'))
    const { get, start, lin: reviewer, forward, outbox } = openPage(openDigest({ itemList, questions }))
    await start()
    await reviewer.says('通过 1', '通过了')
    await forward({ minutes: 30 })
    await outbox.stop()
    const page = await get('/1')
    expect(page).toContain('这个贷款怎么申请')
    expect(page).toContain('1 问')
    expect(page).not.toContain('食堂')
  })

  test('a picture is served as it was approved', async () => {
    const cards = groups.map(id => groupCard(id, { form: 'picture' }))
    const { get, start, app } = openPage(openDigest({ cards }))
    await start()
    const path = /src="(\/digest\/pictures\/[^"]+)"/u.exec(await get('/1'))?.[1] ?? ''
    expect((await app.request(path)).headers.get('content-type')).toBe('image/png')
  })
})
