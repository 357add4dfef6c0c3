import ExcelJS from 'exceljs'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import {
  openCommunityRecords,
  RosterRow,
  rosterKey,
} from '../../../../src/features/community/records/records.ts'
import type { Role } from '../../../../src/ports/directory.ts'
import { openConsoleApp } from '../../../console-app.ts'
import { group, openRoom, otherGroup } from '../room.ts'

const form = { title: '周末微党课', date: '2026-11-28', start: '14:00', end: '15:30', group }

/** The console as far as a page sees it: a logged-in person, and the page under its path. */
async function openConsole(roles: Role[] = ['maker', 'organizer'], prepare?: Parameters<typeof openRoom>[1]) {
  const room = await openRoom(undefined, prepare)
  const [page] = room.feature.pages ?? []
  if (!page) throw new Error('no page')
  const appFor = (held: Role[]) => {
    const app = openConsoleApp([page], () => ({ id: 'chen', name: '陈姐', roles: held }))
    return app
  }
  const app = appFor(roles)
  const readAs = async (held: Role[], path: string) => (await appFor(held).request(path)).text()
  const get = async (path: string) => app.request(path)
  const read = async (path: string) => (await app.request(path)).text()
  const post = async (path: string, fields: Record<string, string> | URLSearchParams) =>
    app.request(path, { method: 'POST', body: new URLSearchParams(fields) })
  const open = async () => (await post('/lessons', form)).headers.get('location') ?? ''
  return { ...room, get, read, readAs, post, open }
}

describe('the lessons page', () => {
  test('says what would be here, and how to begin', async () => {
    const { read } = await openConsole()
    expect(await read('/lessons')).toContain('这里会列出每节课和签到人数')
  })
  test('a lesson that is over without a sign-in waits for none', async () => {
    const { open, read, world } = await openConsole()
    const location = await open()
    expect(await read(location)).toContain('起大家在群里发「签到」')
    world.clock.forward({ hours: 24 })
    expect(await read(location)).toContain('没有人签到。有人来了没签上的话')
    expect(await read(location)).not.toContain('名字会出现在这里')
  })
  test('names to organizers who is left out of 应到 for a title in the name', async () => {
    const row = RosterRow.parse({
      ...{ id: 'r1', name: '李静', branch: '优空间支部', space: '优空间', team: '', phoneTail: '' },
      alias: '',
    })
    const book = { rows: [row], changedAt: '', changedByName: '陈姐' }
    const { chen, read, readAs, person, directory, lessonsBetween } = await openConsole(
      undefined,
      async store => void (await openCommunityRecords(store).roster.update(rosterKey, () => book)),
    )
    await directory.recognise(person('x', '讲师-李静', group).message('大家好'))
    await chen.says('开课 周末微党课 14:00-15:00 应到 优空间支部', '应到：优空间支部')
    const [lesson] = await lessonsBetween('2026-11-28', '2026-11-29')
    const words = '没算应到 1 人，因为名字里写着组织者、指导员或讲师：李静（群里叫「讲师-李静」）'
    expect(await read(`/lessons/${lesson?.id}`)).toContain(words)
    expect(await readAs(['maker', 'reviewer'], `/lessons/${lesson?.id}`)).not.toContain('没算应到')
  })
  test('begins with a time that is still to come', async () => {
    const { read, world } = await openConsole()
    expect(await read('/lessons/new')).toContain('name="date" required value="2026-11-28"')
    world.clock.forward({ hours: 6 })
    expect(await read('/lessons/new')).toContain('name="date" required value="2026-11-29"')
  })
  test('opens a lesson and tells the group, in words that name the times', async () => {
    const { open, read, outbox } = await openConsole()
    const location = await open()
    expect(location).toMatch(/^\/lessons\/20261128-\w{6}$/)
    expect(outbox.toGroup(group)).toEqual([expect.stringContaining('「周末微党课」今天 14:00–15:30')])
    const list = await read('/lessons')
    expect(list).toContain('接下来')
    expect(list).toContain(`href="${location}"`)
  })
  test('opens one lesson in two groups, and a member of both is one person', async () => {
    const { post, outbox, mei, person, forward, boss } = await openConsole()
    const body = new URLSearchParams(form)
    body.append('group', otherGroup)
    expect((await post('/lessons', body)).status).toBe(303)
    expect(outbox.posted.map(({ target }) => target)).toEqual([{ groupId: group }, { groupId: otherGroup }])
    await forward({ minutes: 60 })
    await mei.says('签到')
    await person('mei', '小美', otherGroup).says('签到')
    await person('li', '李四', otherGroup).says('签到')
    await boss.says('签到情况', '实到 2 人')
    await forward({ seconds: 20 })
    expect(outbox.toGroup(otherGroup).at(-1)).toContain('刚签到 1 人：李四')
  })
  test('tells all groups of a lesson that signing in takes a code, or none any more', async () => {
    const { post, outbox, chen } = await openConsole()
    const body = new URLSearchParams(form)
    body.append('group', otherGroup)
    const path = (await post('/lessons', body)).headers.get('location') ?? ''
    await post(`${path}/code`, { to: 'on' })
    for (const id of [group, otherGroup])
      expect(outbox.toGroup(id).at(-1)).toBe(
        '「周末微党课」现在起签到要带数字：看现场屏幕，发「签到 四位数字」。',
      )
    const told = outbox.toGroup(group).length
    await chen.says('停用签到码', '「周末微党课」签到不用带数字了，只发「签到」就行。')
    expect(outbox.toGroup(otherGroup).at(-1)).toBe('「周末微党课」签到不用带数字了，只发「签到」就行。')
    await chen.says('停用签到码', '不用带数字了')
    expect(outbox.toGroup(group)).toHaveLength(told)
    expect(outbox.toGroup(otherGroup)).toHaveLength(told + 1)
  })
  test('two who press the switch of the code: it does what the button said, and is told once', async () => {
    const { open, read, post, outbox } = await openConsole()
    const path = await open()
    const to = /name="to" value="(on|off)"/u.exec(await read(path))?.[1] ?? ''
    expect(to).toBe('on')
    await post(`${path}/code`, { to })
    const told = outbox.toGroup(group).length
    await post(`${path}/code`, { to })
    expect(await read(path)).toContain('不再要签到码')
    expect(outbox.toGroup(group)).toHaveLength(told)
  })
  test.each([
    [{ title: '' }, '请带上课程的名字'],
    [{ end: '13:00' }, '结束时间要晚于开始时间'],
    [{ date: '2026-11-27' }, '已经过去了'],
    [{ date: '2026-13-41' }, '请选一个日期'],
    [{ start: '25:00' }, '没有「2026-11-28 25:00」这个时间'],
    [{ group: '别的群' }, '请至少选一个已绑定的群'],
  ])('says what is wrong with %j and keeps what was typed', async (wrong, expected) => {
    const { post, outbox } = await openConsole()
    const answer = await post('/lessons', { ...form, title: '论坛<b>', ...wrong })
    expect(answer.status).toBe(422)
    const page = await answer.text()
    expect(page).toContain(expected)
    if (!('title' in wrong)) expect(page).toContain('论坛&lt;b&gt;')
    expect(outbox.posted).toEqual([])
  })
  test('carries the token in every form', async () => {
    const { open, read } = await openConsole()
    for (const path of ['/lessons/new', await open()]) {
      const page = await read(path)
      const forms = page.match(/<form /g)?.length ?? 0
      expect(forms).toBeGreaterThan(0)
      expect(page.match(/value="token-1"/g)).toHaveLength(forms)
    }
  })
  test('lets a reviewer look, not act', async () => {
    const { get, post } = await openConsole(['maker', 'reviewer'])
    expect((await get('/lessons')).status).toBe(200)
    expect((await post('/lessons', form)).status).toBe(403)
  })
})

describe('the page of a lesson', () => {
  test('shows live who signed in, by the same records as the chat', async () => {
    const { open, read, forward, mei } = await openConsole()
    const path = await open()
    await forward({ minutes: 75 })
    await mei.says('签到')
    const live = await read(`${path}/live`)
    expect(live).toContain('实到 1 人（其中迟到 1 人）')
    expect(live).toContain('data-label="姓名">优空间-小美')
    expect(live).toContain('15 分钟')
    expect(live).toContain('hx-trigger="every 3s"')
  })
  test('corrects, with who and why', async () => {
    const { open, read, post, forward, mei } = await openConsole()
    const path = await open()
    await forward({ minutes: 60 })
    await mei.says('签到')
    const sent = await post(`${path}/correct`, { who: '小美', to: 'late', why: '14:20 才到' })
    expect(await read(sent.headers.get('location') ?? '')).toContain(
      '<p role="status" class="done">更正存好了',
    )
    expect(await read(`${path}?done=constructor`)).not.toContain('class="done"')
    expect(await read(path)).toContain('陈姐 14:00 改为迟到：14:20 才到')
  })
  test.each(['present', 'late', 'leave', 'absent', 'made-up'])(
    'shows the reason of a correction to %s to organizers only',
    async to => {
      const { open, read, readAs, post, forward, mei } = await openConsole()
      const path = await open()
      await forward({ minutes: 60 })
      await mei.says('签到')
      await post(`${path}/correct`, { who: '小美', to, why: '住院' })
      expect(await read(path)).toContain('：住院')
      for (const part of ['', '/live', '/projector']) {
        const page = await readAs(['maker', 'reviewer', 'auditor'], `${path}${part}`)
        expect(page).not.toContain('住院')
      }
      expect(await readAs(['maker', 'reviewer'], path)).toContain('陈姐 14:00 改为')
    },
  )
  test('shows the reason of a leave to organizers only', async () => {
    const { open, read, readAs, forward, mei } = await openConsole()
    const path = await open()
    await mei.says('请假 住院')
    await forward({ minutes: 60 })
    expect(await read(path)).toContain('请假：住院')
    for (const part of ['', '/live', '/projector']) {
      expect(await readAs(['maker', 'reviewer', 'auditor'], `${path}${part}`)).not.toContain('住院')
    }
  })
  test('asks before it makes up a new person', async () => {
    const { open, read, post } = await openConsole()
    const path = await open()
    const answer = await post(`${path}/correct`, { who: '王五', to: 'present' })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('按这个名字新记一位')
    await post(`${path}/correct`, { who: '王五', to: 'present', isNew: 'yes' })
    expect(await read(path)).toContain('王五')
  })
  test('closes early, once', async () => {
    const { open, read, post, forward, outbox } = await openConsole()
    const path = await open()
    await forward({ minutes: 60 })
    expect((await post(`${path}/close`, {})).status).toBe(303)
    expect(await read(path)).toContain('已结束')
    await forward({ minutes: 5 })
    expect(await (await post(`${path}/close`, {})).text()).toContain('已经结束了')
    expect(outbox.toGroup(group).filter(text => text.includes('签到结束'))).toHaveLength(1)
  })
  test('cancels, and the group hears it', async () => {
    const { open, read, post, outbox } = await openConsole()
    const path = await open()
    await post(`${path}/cancel`, {})
    expect(await read(path)).toContain('已取消')
    expect(outbox.toGroup(group).at(-1)).toContain('取消了，不用来签到')
    const list = await read('/lessons')
    expect(list).toContain('接下来')
    expect(list).not.toContain('以前的课')
  })
  test('puts digits, QR code, count and latest names on the projector page', async () => {
    const { post, read, get, forward, mei } = await openConsole()
    const path = (await post('/lessons', { ...form, code: 'yes' })).headers.get('location') ?? ''
    expect(await read(`${path}/projector`)).toContain('13:45 开始签到')
    await forward({ minutes: 60 })
    const code = (await read(`${path}/projector/live`)).match(/class="digits">(\d{4})</)?.[1]
    await mei.says('签到', '四位数字')
    await mei.says(`签到 ${code}`)
    const board = await read(`${path}/projector/live`)
    expect(board).toContain('实到 1 人')
    expect(board).toContain('刚到：优空间-小美')
    expect(board).toContain('<svg')
    expect(board).toContain('30 秒后换新数字')
    expect((await get('/lessons/lessons.css')).headers.get('content-type')).toContain('text/css')
    await post(`${path}/code`, { to: 'off' })
    expect(await read(`${path}/projector/live`)).toContain('两个字就行')
  })
  test('hands out the sheet', async () => {
    const { open, get } = await openConsole()
    const answer = await get(`${await open()}/sheet.xlsx`)
    expect(answer.headers.get('content-disposition')).toContain(encodeURIComponent('签到表-周末微党课'))
    const book = new ExcelJS.Workbook()
    await book.xlsx.load(await answer.arrayBuffer())
    expect(book.getWorksheet('签到表')?.getCell('A1').value).toBe('周末微党课')
  })
  test('of a lesson that is not there says so', async () => {
    const { get } = await openConsole()
    const answer = await get('/lessons/20260101-nothing')
    expect(answer.status).toBe(404)
    expect(await answer.text()).toContain('找不到这节课')
  })
  test('shows names as text, whatever they are', async () => {
    const { open, read, person, forward } = await openConsole()
    const path = await open()
    await forward({ minutes: 60 })
    await person('x', '<script>alert(1)</script>', group).says('签到')
    expect(await read(path)).not.toContain('<script>alert')
  })
})

describe('more of a lesson on the console', () => {
  test('a form opens a series, which the month shows and the group hears once', async () => {
    const { post, read, outbox, lessonsBetween } = await openConsole()
    const answer = await post('/lessons', { ...form, repeat: 'weekly', until: '2026-12-12' })
    expect(answer.headers.get('location')).toBe('/lessons')
    const days = (await lessonsBetween('2026-11-28', '2027-01-10')).map(({ startsAt }) =>
      startsAt.slice(0, 10),
    )
    expect(days).toEqual(['2026-11-28', '2026-12-05', '2026-12-12'])
    expect(outbox.toGroup(group)).toEqual([expect.stringContaining('每周六，到 12月12日 为止')])
    const month = await read('/lessons?month=2026-12')
    expect(month).toContain('2026 年 12 月')
    expect(month.replaceAll(/<[^>]*>/gu, '')).toContain('12月5日 周六')
    expect(await read('/lessons')).toContain('固定的课')
  })
  test('of many lessons ten are listed, the others folded, and a day of the month lists its own', async () => {
    const { post, read } = await openConsole()
    await post('/lessons', { ...form, repeat: 'weekly', until: '2026-12-12' })
    for (const n of Array(12).keys())
      await post('/lessons', {
        ...form,
        title: `第${n + 1}课`,
        date: '2026-12-01',
        start: `${n + 9}:00`.padStart(5, '0'),
        end: `${n + 9}:30`.padStart(5, '0'),
      })
    const page = await read('/lessons?month=2026-12')
    expect(page).toContain('<summary>另外 5 节</summary>')
    expect(page).toContain('href="/lessons?day=2026-12-01#lists"')
    const day = await read('/lessons?day=2026-12-05')
    expect(day).toContain('只列出 12月5日 周六 的课')
    expect(day.split('id="lists"')[1]).not.toContain('第1课')
    expect(await read('/lessons?day=2026-02-30')).toContain('2026 年 11 月')
  })
  test('a change of one lesson or of all that come is told to the group', async () => {
    const { post, read, outbox, lessonsBetween } = await openConsole()
    await post('/lessons', { ...form, repeat: 'weekly' })
    const [, second] = await lessonsBetween('2026-11-28', '2026-12-06')
    const path = `/lessons/${second?.id}`
    expect(await read(`${path}/edit`)).toContain('以后每次都改')
    const changed = { ...form, date: '2026-12-05', start: '15:00', end: '16:30' }
    await post(`${path}/edit`, { ...changed, place: '三楼', scope: 'one' })
    expect(outbox.toGroup(group).at(-1)).toContain('改时间了')
    await post(`${path}/edit`, { ...changed, place: '四楼', scope: 'series' })
    const places = (await lessonsBetween('2026-11-29', '2026-12-20')).map(({ place }) => place)
    expect(places).toEqual(['四楼', '四楼', '四楼'])
    const refused = await post(`${path}/edit`, { ...changed, end: '14:00' })
    expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('结束时间要晚于')])
  })
  test('a form that was open while another organizer changed the lesson takes nothing back unseen', async () => {
    const { post, read, chen, outbox, lessonsBetween } = await openConsole()
    await post('/lessons', { ...form, place: '二楼' })
    const [lesson] = await lessonsBetween('2026-11-28', '2026-11-29')
    const path = `/lessons/${lesson?.id}/edit`
    const seenIn = (page: string) => /name="seen" value="(\w+)"/u.exec(page)?.[1] ?? ''
    const mine = { ...form, place: '二楼', end: '16:00', seen: seenIn(await read(path)) }
    await chen.says('改课 地点 三楼', '三楼')
    const told = outbox.toGroup(group).length
    const refused = await post(path, mine)
    const page = await refused.text()
    expect([refused.status, page]).toEqual([422, expect.stringContaining('现在是「')])
    expect(page).toContain('地点：三楼')
    expect(outbox.toGroup(group)).toHaveLength(told)
    const placeNow = async () => (await lessonsBetween('2026-11-28', '2026-11-29'))[0]?.place
    expect(await placeNow()).toBe('三楼')
    // Read and saved again, the form counts.
    await post(path, { ...mine, seen: seenIn(page) })
    expect(await placeNow()).toBe('二楼')
  })
  test('the end of a series is told to the group', async () => {
    const { post, outbox, lessonsBetween } = await openConsole()
    await post('/lessons', { ...form, repeat: 'weekly' })
    const [, second] = await lessonsBetween('2026-11-28', '2026-12-06')
    await post(`/lessons/${second?.id}/end-series`, {})
    expect(outbox.toGroup(group).at(-1)).toContain('以后都不上了')
    const left = await lessonsBetween('2026-12-01', '2027-01-10')
    expect(left.every(({ cancelledAt }) => cancelledAt !== undefined)).toBe(true)
  })
  test('a list shows what matched before anything is saved', async () => {
    const { open, read, post, forward, mei, zhang } = await openConsole()
    const path = await open()
    await forward({ minutes: 60 })
    await mei.says('签到')
    await zhang.says('请假 出差')
    const page = await (await post(`${path}/list`, { list: '张三\n小美\n钱七' })).text()
    expect(page).toContain('3 个名字，对上 2 个，要你看 1 个')
    expect(await read(path)).toContain('实到 1 人，请假 1 人')
    expect(page).not.toContain('人数对不上')
    const counted = await (await post(`${path}/list`, { list: '实到3人\n张三\n小美' })).text()
    expect(counted).toContain('role="alert" class="problem">人数对不上：名单写着实到 3 人，我读到 2 人')
    const body = new URLSearchParams({ new: '钱七' })
    for (const [, id = ''] of page.matchAll(/name="member" value="(\w+)"/gu)) body.append('member', id)
    expect(body.getAll('member')).toHaveLength(2)
    expect((await post(`${path}/list/save`, body)).status).toBe(303)
    const saved = await read(path)
    expect(saved).toContain('实到 3 人')
    expect(saved).toContain('改为到：补录名单')
    expect((await post(`${path}/list`, { list: '  ' })).status).toBe(422)
  })
  test('make-ups are decided on it', async () => {
    const { open, read, post, forward, zhang, outbox, readAs } = await openConsole()
    const path = await open()
    await forward({ hours: 20 })
    await zhang.says('补学 弄清了加计扣除怎么算')
    const page = await read(path)
    expect(page).toContain('补学等确认 1 份')
    const forReviewer = await readAs(['maker', 'reviewer'], path)
    expect(forReviewer).toContain('补学等确认 1 份')
    expect(forReviewer).not.toContain('弄清了加计扣除怎么算')
    expect(page).toContain('弄清了加计扣除怎么算')
    const memberId = page.match(/name="memberId" value="(\w+)"/u)?.[1] ?? ''
    const seenOn = (shown: string) => shown.match(/name="seen" value="(\w+)"/u)?.[1] ?? ''
    const seen = seenOn(page)
    await post(`${path}/make-up`, { memberId, isConfirmed: 'false', why: '太短了', seen })
    expect(outbox.toPerson('zhang').at(-1)).toContain('太短了')
    await forward({ seconds: 1 })
    await zhang.says('补学 研发费用加计扣除按百分之百')
    const late = await post(`${path}/make-up`, { memberId, isConfirmed: 'true', seen })
    expect(await late.text()).toContain('张三的补学刚被本人改过，这次没有记')
    const rewritten = { memberId, isConfirmed: 'true', seen: seenOn(await read(path)) }
    await post(`${path}/make-up`, rewritten)
    expect(await read(path)).toContain('补学：研发费用加计扣除按百分之百')
    const again = await post(`${path}/make-up`, rewritten)
    expect(await again.text()).toContain('张三的补学陈姐刚刚决定过了')
  })
  test('who is unverified after a gap is settled on it', async () => {
    const { post, read, forward, mei, outages, at } = await openConsole()
    const path =
      (await post('/lessons', { ...form, signUp: 'yes', whom: 'signed-up' })).headers.get('location') ?? ''
    await mei.says('报名')
    outages.push({ from: at('14:01'), to: at('14:05'), how: 'broken' })
    await forward({ hours: 3 })
    expect(await read(path)).toContain('核对完毕：剩下的 1 人记为缺勤')
    await post(`${path}/verify`, {})
    expect(await read(path)).toContain('陈姐 核对过了')
    expect(await read(path)).toContain('缺勤')
  })
})

describe('what was typed into a refused form', () => {
  test('stays, with the problem at its field', async () => {
    const { post } = await openConsole()
    const answer = await post('/lessons', {
      ...form,
      speaker: '讲'.repeat(41),
      place: '三楼',
      opensBefore: '30',
    })
    const page = await answer.text()
    expect(answer.status).toBe(422)
    expect(page).toMatch(
      /name="speaker"[\s\S]{0,90}讲{41}[\s\S]{0,60}<small class="problem" role="alert">主讲请控制在/u,
    )
    for (const value of ['周末微党课', '三楼', '30']) expect(page).toContain(`value="${value}"`)
  })
  test('of a correction and a pasted list stays as well', async () => {
    const { open, post } = await openConsole()
    const path = await open()
    const correction = await (await post(`${path}/correct`, { who: '王五', to: 'late', why: '堵车' })).text()
    expect(correction).toContain('value="王五"')
    expect(correction).toContain('value="堵车"')
    expect(correction).toContain('<option value="late" selected>')
    const list = await post(`${path}/list`, { list: '1.\n2.' })
    expect([list.status, await list.text()]).toEqual([422, expect.stringContaining('1.\n2.</textarea>')])
  })
})

test('a reminder that is due names its lesson', async () => {
  const { open, feature } = await openConsole()
  await open()
  const job = feature.jobs?.find(({ name }) => name === 'lesson-soon')
  const due = await job?.due(
    Temporal.Instant.from('2026-11-28T00:00+08:00'),
    Temporal.Instant.from('2026-11-29T00:00+08:00'),
  )
  expect(due?.map(({ title }) => title)).toEqual(['「周末微党课」课前 15 分钟提醒'])
})
