import { describe, expect, test } from 'vitest'
import { initials } from '../../src/sandbox/page/avatar.ts'
import { visitor } from '../console/visitor.ts'
import { openTown } from './town.ts'

async function openPage(...options: Parameters<typeof openTown>) {
  const town = await openTown(...options)
  const me = visitor(town)
  await me.login()
  const page = async (path: string) => (await (await me.get(path)).text()).replace(/\s+/g, ' ')
  return { town, me, page }
}
const group = '/sandbox/groups/youkongjian'

describe('the chat', () => {
  test('shows own messages on the other side, and the time once in a while', async () => {
    const { town, page } = await openPage()
    const says = (from: string, text: string) => town.world.saysInGroup('youkongjian', { from, text })
    await says('zhangwei', '在吗')
    town.clock.forward({ minutes: 4 })
    await says('linxiaomei', '在')
    town.clock.forward({ minutes: 5 })
    await says('zhangwei', '好')
    const seen = [...(await page(`${group}?as=zhangwei`)).matchAll(/<li class="([\w ]+)"/g)]
    expect(seen.map(([, look]) => look)).toEqual(['stamp', 'said mine', 'said', 'stamp', 'said mine'])
  })
  test('escapes what people say, and links addresses up to the punctuation', async () => {
    const { town, page } = await openPage()
    const text = '<img src=x onerror=alert(1)> 见 https://a.example/b?c=1&d=2。'
    await town.world.saysInGroup('youkongjian', { from: 'zhangwei', text })
    const shown = await page(group)
    expect(shown).toContain('&lt;img src=x onerror=alert(1)&gt; 见 <a href="https://a.example/b?c=1&amp;d=2"')
    expect(shown).not.toContain('<img src=x')
  })
  test('an unknown group or person is a page that says so', async () => {
    const { me } = await openPage()
    for (const [path, text] of [
      ['/sandbox/groups/nowhere', '没有这个群。'],
      ['/sandbox/members/nobody', '没有这个人。'],
    ] as const) {
      const response = await me.get(path)
      expect([response.status, await response.text()]).toEqual([400, expect.stringContaining(text)])
    }
  })
  test('a person outside the group is shown its first member there', async () => {
    const { page } = await openPage()
    expect(await page('/sandbox/groups/hengfeng?as=zhangwei')).toContain('data-me="chenjing"')
  })
})

test('what is played and changes no record leaves no line in the log', async () => {
  const { town, me } = await openPage()
  const before = await town.audit.log.read()
  const token = { 'X-CSRF-Token': me.csrfToken(), Origin: 'http://127.0.0.1:3000' }
  const said = { from: 'zhangwei', text: '在吗' }
  const played = await me.post('/sandbox/api/groups/youkongjian/messages', said, token)
  expect(played.ok).toBe(true)
  expect(await town.audit.log.read()).toEqual(before)
})

describe('what to try', () => {
  const chips = (page: string) => [...page.matchAll(/data-fill="([^"]*)"/g)].map(([, words]) => words)
  test('in a group that is not bound: binding it', async () => {
    const { page } = await openPage()
    expect(chips(await page('/sandbox/groups/hengfeng'))).toEqual(['绑定本群'])
  })
  test('in a bound group: a greeting with one click for each job, until it was tried', async () => {
    const { town, page } = await openPage()
    const greeting = async () => /<div class="greeting">.*?<\/div>/u.exec(await page(group))?.[0] ?? ''
    const says = (text: string) => town.world.saysInGroup('youkongjian', { from: 'chenjing', text })
    expect(await greeting()).toMatch(/三件事马上能试.*问一条政策.*开一节课.*看看下一次推送/u)
    await says('@小创 高企怎么报')
    expect(await greeting()).toMatch(/接着试.*开一节课.*看看下一次推送/u)
    expect(await greeting()).not.toContain('问一条政策')
    await says('开课 周末微党课 14:10')
    await says('预览推送')
    expect(await greeting()).toBe('')
  })
  test('in a group that has talked for a while: no greeting', async () => {
    const { town, page } = await openPage()
    for (const text of '一二三四五六七八九十')
      await town.world.saysInGroup('youkongjian', { from: 'liukai', text })
    expect(await page(group)).not.toContain('class="greeting"')
  })
  test('in a bound group: the three jobs, with a lesson that begins soon', async () => {
    const { page } = await openPage()
    expect(chips(await page(group))).toEqual(
      expect.arrayContaining(['@小创 高企怎么报', '开课 周末微党课 14:10', '签到', '预览推送']),
    )
  })
  test('a maker is offered only what a maker may do', async () => {
    const { page } = await openPage()
    expect(new Set(chips(await page(`${group}?as=zhangwei`)))).toEqual(
      new Set(['@小创 高企怎么报', '签到', '@小创 帮助']),
    )
  })
  test('just before midnight the lesson begins tomorrow, and as soon', async () => {
    const { town, page } = await openPage()
    town.clock.forward({ hours: 9, minutes: 53 })
    expect(chips(await page(group))).toContain('开课 周末微党课 明天 00:00')
  })
  test('in private: the claim, while there is no organizer', async () => {
    const { page } = await openPage({ claimCode: '482735' })
    expect(chips(await page('/sandbox/members/chenjing'))[0]).toBe('认领 482735')
  })
})

test('time goes on to what is due next', async () => {
  const { me, town, page } = await openPage()
  expect(await page(group)).toContain('接下来：政策速递，')
  const response = await me.post('/sandbox/next', {}, { 'X-CSRF-Token': me.csrfToken() })
  expect(await response.json()).toEqual({ now: '2026-11-27T08:30:00Z' })
  expect(town.ran).toEqual(['2026-11-27T08:30:00Z'])
  expect(await page(group)).toContain('<strong>16:30</strong>')
})

describe('the stream', () => {
  async function openStream(path: string) {
    const { town, me } = await openPage()
    const response = await me.get(path)
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    let heard = ''
    /** Reads on until this was heard. */
    async function until(pattern: RegExp) {
      while (!pattern.test(heard)) {
        const { value, done } = (await reader?.read()) ?? { done: true }
        if (done) throw new Error(`the stream ended before ${pattern}`)
        heard += value
      }
      const now = heard
      heard = ''
      return now
    }
    return { town, response, until, end: () => reader?.cancel() }
  }
  test('brings what is said after the page was drawn, once, and names the last message', async () => {
    const { town, until, end, response } = await openStream(`${group}/live?as=zhangwei&after=`)
    expect(response.headers.get('Content-Type')).toBe('text/event-stream')
    await until(/\n\n/)
    const { id } = await town.world.saysInGroup('youkongjian', { from: 'linxiaomei', text: '在吗' })
    const first = await until(/beforeend[\s\S]*\n\n/)
    expect(first).toContain('在吗')
    expect(first).toContain(`id: ${id}`)
    await town.world.saysInGroup('youkongjian', { from: 'zhangwei', text: '在' })
    const second = await until(/beforeend[\s\S]*\n\n/)
    expect(second.match(/class="said/g)).toHaveLength(1)
    expect(second).toContain('said mine')
    await end()
  })
  test('tells of a line that was cut, and of one that is back', async () => {
    const { town, until, end } = await openStream(`${group}/live?as=zhangwei&after=`)
    await visitor(town).post('/sandbox/api/line', { downSeconds: 30 })
    expect(await until(/线路断开了[\s\S]*\n\n/)).toContain('14:02:30 恢复')
    town.clock.forward({ seconds: 31 })
    expect(await until(/\n\n/)).not.toContain('线路断开了')
    await end()
  })
})

test.each([
  ['优空间-张唯', '张唯'],
  ['优梦空间 郑一霖', '一霖'],
  ['Kevin 刘', '刘'],
  ['思琪Siqi', '思琪'],
  ['若云☁️', '若云'],
  ['小创（政策助手）', '小创'],
  ['Bob', 'B'],
  ['☁️', '?'],
])('%s has the initials %s', (name, expected) => {
  expect(initials(name)).toBe(expected)
})
