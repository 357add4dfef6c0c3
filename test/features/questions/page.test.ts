import { html } from 'hono/html'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { viewInbox } from '../../../src/features/questions/console/views.ts'
import type { Role } from '../../../src/ports/directory.ts'
import { openConsoleApp } from '../../console-app.ts'
import { openDeskWorld, unknownQuestion } from '../desk/desk-world.ts'

/** A bot that was asked things, and the console pages of the questions and the knowledge in front of 陈姐. */
async function openOffice() {
  const room = await openDeskWorld()
  let roles: Role[] = ['maker', 'organizer']
  let id = 'chen'
  const app = openConsoleApp(
    [...(room.asked.feature.pages ?? []), ...(room.knowledge.feature.pages ?? [])],
    () => ({ id, name: id, roles }),
  )
  const read = async (path: string) => (await app.request(path)).text()
  const send = async (path: string, fields: Record<string, string> = {}) => {
    const response = await app.request(path, { method: 'POST', body: new URLSearchParams(fields) })
    const to = response.headers.get('location')
    return to ? read(to) : response.text()
  }
  /** The hidden fields of the first group in the inbox. */
  const firstGroup = async () => {
    const page = await read('/questions/inbox')
    const field = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`, 'u').exec(page)?.[1] ?? ''
    return { keys: field('keys'), question: field('question') }
  }
  const asReviewer = () => {
    roles = ['maker', 'reviewer']
    id = 'lin'
  }
  return { ...room, app, read, send, firstGroup, asReviewer }
}

test('what was asked is drawn by week and by programme, for a desk and a phone, and told in words', async () => {
  const { mei, read, app } = await openOffice()
  await mei.asks('高企怎么报', '依据')
  await mei.asks(unknownQuestion, '已转给')
  const page = await read('/questions')
  expect(page).toContain('近 8 周：问了 2 次，答上 50%')
  expect(page).toContain('那周问了2次，答上50%')
  for (const name of ['weeks', 'programmes'])
    for (const width of ['wide', 'narrow']) {
      const picture = await app.request(`/questions/pictures/${name}.svg?width=${width}`)
      expect(picture.headers.get('content-type')).toContain('image/svg+xml')
      expect(await picture.text()).toMatch(/^<svg[\s\S]*50%|100%/u)
    }
  expect((await app.request('/questions/pictures/other.svg')).status).toBe(404)
})

test('the log is paged, the latest first', async () => {
  const { mei, world, read } = await openOffice()
  for (let n = 0; n < 21; n += 1) {
    await mei.asks('高企怎么报', '依据')
    world.clock.forward({ minutes: 1 })
  }
  const [first, second] = [await read('/questions'), await read('/questions?page=2')]
  const rows = (page: string) => page.split('id="log"')[1]?.match(/data-label="问题"/gu)?.length
  expect([rows(first), rows(second)]).toEqual([20, 1])
  expect(first).toContain('href="/questions?page=2#log"')
})

test('one click makes a draft of what was not answered, with all its wordings', async () => {
  const { mei, zhang, read, send, firstGroup } = await openOffice()
  await mei.asks(unknownQuestion, '已转给')
  await zhang.asks(`${unknownQuestion}呀`, '已转给')
  const editor = await send('/questions/inbox/draft', await firstGroup())
  expect(editor).toContain(`value="${unknownQuestion}"`)
  expect(editor).toContain(`${unknownQuestion}呀`)
  expect(await read('/questions/inbox')).toContain('都处理完了')
  expect(await read('/knowledge')).toContain('没写完的（1 份）')
})

test('or gives the wording to an entry, which is found by it once a reviewer has let it go live', async () => {
  const { mei, send, firstGroup, asReviewer, read } = await openOffice()
  await mei.asks(unknownQuestion, '已转给')
  const said = await send('/questions/inbox/wording', { ...(await firstGroup()), entry: 'hnte-how' })
  expect(said).toContain('已经交给审核人')
  await mei.asks(`${unknownQuestion}？`, '1 号')
  asReviewer()
  expect(await read('/knowledge/changes')).toContain('加了问法：高企怎么申报，流程是什么？')
  const [, seen = ''] = /name="seen" value="(\w+)"/u.exec(await read('/knowledge/changes/1')) ?? []
  expect(await send('/knowledge/changes/1/approve', { seen })).toContain('已上线')
  expect(await read(`/knowledge/try/result?q=${encodeURIComponent(unknownQuestion)}`)).toContain(
    '高企怎么申报，流程是什么？',
  )
})

test('or dismisses it; a group that was handled meanwhile is not handled again', async () => {
  const { mei, read, send, firstGroup } = await openOffice()
  await mei.asks(unknownQuestion, '已转给')
  const group = await firstGroup()
  expect(await send('/questions/inbox/dismiss', group)).toContain('这一组不再列出')
  expect(await send('/questions/inbox/draft', group)).toContain('这一组已经有人处理过了')
  expect(await read('/questions/inbox')).toContain('都处理完了')
})

test('a long inbox has pages of twenty groups, and the choice of an entry is folded', () => {
  const at = '2026-11-26T06:00:00Z'
  const groups = Array.from({ length: 45 }, (_, n) => ({
    question: `第${n + 1}个问题`,
    asked: [
      {
        key: `k${n}`,
        value: { at, memberId: 'm', question: `第${n + 1}个问题`, outcome: 'none' as const, score: 0 },
      },
    ],
  }))
  const view = { groups, entries: [], now: Temporal.Instant.from(at), csrf: html``, problem: '', done: '' }
  const shown = (page?: string) =>
    String(viewInbox({ ...view, page })).match(/<section class="card">/gu)?.length
  expect([shown(), shown('2'), shown('3'), shown('9')]).toEqual([20, 20, 5, 5])
  expect(String(viewInbox({ ...view, page: '2' }))).toContain('第 2 页，共 3 页')
  expect(String(viewInbox(view))).toContain('<details><summary>或者，它问的就是已有的条目</summary>')
})
