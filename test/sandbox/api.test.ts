import { describe, expect, test } from 'vitest'
import { visitor } from '../console/visitor.ts'
import { openTown } from './town.ts'

const api = '/sandbox/api'
const inGroup = `${api}/groups/youkongjian/messages`

type Said = { id: string; from: string; file: { name: string; mimeType: string; url: string } }

/** A script on this machine, without a session. */
async function openScript() {
  const town = await openTown()
  const script = visitor(town)
  const json = async (path: string) => (await (await script.get(path, { Accept: '*/*' })).json()) as Said[]
  return { town, ...script, json }
}

describe('for scripts on this machine', () => {
  test('the groups, with their members', async () => {
    const groups = await (await openScript()).json(`${api}/groups`)
    expect(groups).toHaveLength(3)
    expect(groups[0]).toEqual({
      id: 'youkongjian',
      name: '优空间创客群',
      members: expect.arrayContaining([{ id: 'zhangwei', name: '优空间-张唯' }]),
    })
  })
  test('something said in a group, and the answer after it', async () => {
    const { post, json } = await openScript()
    const said = await post(inGroup, { from: 'zhangwei', text: '高企怎么报', mention: true })
    const { id } = (await said.json()) as Said
    expect(await json(inGroup)).toEqual([
      {
        id,
        from: 'zhangwei',
        name: '优空间-张唯',
        text: '@小创\u2005高企怎么报',
        at: '2026-11-27T06:02:00Z',
      },
      expect.objectContaining({
        from: 'xiaochuang',
        name: '小创',
        text: expect.stringContaining('三年有效'),
      }),
    ])
    expect(await json(`${inGroup}?after=${id}`)).toEqual([expect.objectContaining({ from: 'xiaochuang' })])
  })
  test('something said in private', async () => {
    const { post, json } = await openScript()
    const path = `${api}/members/linxiaomei/messages`
    expect(await (await post(path, { text: '高企怎么报' })).json()).toEqual({ id: expect.any(String) })
    expect((await json(path)).map(({ from }) => from)).toEqual(['linxiaomei', 'xiaochuang'])
    expect(await json(inGroup)).toEqual([])
  })
  test('a file of the bot, by its address', async () => {
    const { post, json, get } = await openScript()
    await post(inGroup, { from: 'zhangwei', text: '签到表' })
    const file = (await json(inGroup))[1]?.file
    if (!file) throw new Error('no file came')
    expect(file).toEqual({
      name: '周末微党课 2026年11月28日 签到表.xlsx',
      mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      url: expect.stringMatching(/^\/sandbox\/api\/files\//),
    })
    const sent = await get(file.url)
    expect((await sent.arrayBuffer()).byteLength).toBe(18_500)
    expect(sent.headers.get('Content-Disposition')).toBe(
      `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    )
  })
  test('a file of a person, as JSON or as a form', async () => {
    const { post, send, json, get } = await openScript()
    const base64 = Buffer.from('<script>alert(1)</script>').toString('base64')
    await post(inGroup, {
      from: 'zhangwei',
      text: '',
      file: { name: 'a.html', mimeType: 'text/html', base64 },
    })
    const form = new FormData()
    form.set('from', 'zhangwei')
    form.set('text', '看图')
    form.set('file', new File([new Uint8Array([1, 2, 3])], '图.png', { type: 'image/png' }))
    expect((await send('POST', inGroup, { body: form })).status).toBe(200)
    const urls = (await json(inGroup)).flatMap(({ file }) => file?.url ?? [])
    const answers = await Promise.all(urls.map(url => get(url)))
    expect(answers.map(({ headers }) => headers.get('Content-Type'))).toEqual([
      'application/octet-stream',
      'image/png',
    ])
    expect(answers[0]?.headers.get('Content-Disposition')).toContain('attachment')
    expect(answers[1]?.headers.get('Content-Disposition')).toContain('inline')
  })
  test('the clock, which answers when what fell due has run', async () => {
    const { post, town } = await openScript()
    const first = await post(`${api}/clock`, { forward: 'PT16M' })
    expect(await first.json()).toEqual({ now: '2026-11-27T06:18:00Z' })
    expect(town.ran).toEqual([])
    const second = await post(`${api}/clock`, { forward: 'P8D' })
    expect(await second.json()).toEqual({ now: '2026-12-05T06:18:00Z' })
    expect(town.ran).toEqual(['2026-11-27T08:30:00Z', '2026-12-04T08:30:00Z'])
  })
  test('the line, which is back by itself', async () => {
    const { post, town } = await openScript()
    expect(await (await post(`${api}/line`, { downSeconds: 60 })).json()).toEqual({})
    expect(town.world.isLineUp()).toBe(false)
    await post(`${api}/clock`, { forward: 'PT1M' })
    expect(town.world.isLineUp()).toBe(true)
  })
})

describe('what is wrong is said in one sentence', () => {
  const said = { from: 'zhangwei', text: '在吗' }
  test.each([
    [404, `${api}/groups/nowhere/messages`, said, '没有这个群。'],
    [404, inGroup, { ...said, from: 'nobody' }, '这个群里没有这个人。'],
    [404, `${api}/members/nobody/messages`, { text: '在吗' }, '没有这个人。'],
    [404, `${api}/nowhere`, {}, '没有这个地址，请看 README 里的说明。'],
    [400, inGroup, '{"from":', '内容要写成 JSON 对象'],
    [400, inGroup, '[]', '内容要写成 JSON 对象'],
    [400, inGroup, { text: '在吗' }, '请按 README 里的写法检查这几项：from。'],
    [400, inGroup, { ...said, mention: 'yes' }, '请按 README 里的写法检查这几项：mention。'],
    [400, inGroup, { ...said, text: '  ' }, '请先写点什么'],
    [400, inGroup, { ...said, text: '长'.repeat(5001) }, '最多 5000 个字'],
    [400, inGroup, { ...said, file: { name: 'a', mimeType: 'b', base64: '?' } }, '检查这几项：base64。'],
    [400, `${api}/clock`, { forward: '16 minutes' }, 'forward 要写成 PT15M'],
    [400, `${api}/clock`, { forward: '-PT1H' }, '只能往前拨'],
    [400, `${api}/clock`, { forward: 'P1M' }, 'forward 要写成 PT15M'],
    [400, `${api}/clock`, { forward: 'P400D' }, '最多 366 天'],
    [400, `${api}/clock`, { forward: 16 }, '检查这几项：forward。'],
    [400, `${api}/line`, { downSeconds: -1 }, '检查这几项：downSeconds。'],
    [400, `${api}/line`, { downSeconds: 'long' }, '检查这几项：downSeconds。'],
    [413, inGroup, { ...said, text: 'x'.repeat(6 * 1024 * 1024) }, '请不要超过 5 MB'],
  ])('%i %s %o', async (status, path, body, sentence) => {
    const { post, town } = await openScript()
    const response = await post(path, body)
    expect([response.status, await response.json()]).toEqual([
      status,
      { error: expect.stringContaining(sentence) },
    ])
    expect(await town.world.groupMessages('youkongjian')).toEqual([])
  })
  test.each([`${api}/groups/nowhere/messages`, `${api}/members/nobody/messages`, `${api}/files/nothing`])(
    'nothing is at %s',
    async path => {
      const response = await (await openScript()).get(path)
      expect([response.status, await response.json()]).toEqual([
        404,
        { error: expect.stringContaining('没有') },
      ])
    },
  )
})

describe('without a session it answers no other caller', () => {
  test.each([
    ['a page of another site', {}, { Origin: 'https://evil.example' }],
    ['our own origin, which only a browser names', {}, { Origin: 'http://127.0.0.1:3000' }],
    ['a browser', {}, { 'Sec-Fetch-Site': 'cross-site' }],
    ['a proxy', {}, { 'X-Forwarded-For': '203.0.113.5' }],
    ['a proxy of the new kind', {}, { Forwarded: 'for=203.0.113.5' }],
    ['a name that was made to resolve to loopback', { host: 'evil.example:3000' }, {}],
    ['a name that begins like loopback', { host: '127.0.0.1.evil.example' }, {}],
    ['another machine', { address: '192.168.1.7' }, {}],
    ['another machine over IPv6', { address: '::ffff:192.168.1.7' }, {}],
  ])('%s', async (_, way, headers) => {
    const town = await openTown()
    const stranger = visitor(town, way)
    const sent = headers as Record<string, string>
    expect([401, 421]).toContain((await stranger.get(`${api}/groups`, { Accept: '*/*', ...sent })).status)
    const posted = await stranger.post(inGroup, { from: 'zhangwei', text: '在吗' }, sent)
    expect([401, 403, 421]).toContain(posted.status)
    expect(await town.world.groupMessages('youkongjian')).toEqual([])
  })
  test('a script on this machine, where a proxy may stand in front that adds no header', async () => {
    const town = await openTown({ trustsLoopback: false })
    expect((await visitor(town).get(`${api}/groups`, { Accept: '*/*' })).status).toBe(401)
  })
  test.each([
    ['127.0.0.1', 'localhost:3000'],
    ['::1', '[::1]:3000'],
    ['::ffff:127.0.0.1', '127.0.0.1'],
  ])('but from %s as %s it does', async (address, host) => {
    const { get } = visitor(await openTown(), { address, host })
    expect((await get(`${api}/groups`)).status).toBe(200)
  })
})

describe('with a session', () => {
  const browser = { Origin: 'http://192.168.1.5:3000' }
  async function openBrowserLike() {
    const town = await openTown()
    const me = visitor(town, { address: '192.168.1.7', host: '192.168.1.5:3000' })
    await me.login()
    return { town, me }
  }
  test('it answers from anywhere', async () => {
    const { me } = await openBrowserLike()
    expect((await me.get(`${api}/groups`)).status).toBe(200)
    const token = { 'X-CSRF-Token': me.csrfToken() }
    const said = await me.post(inGroup, { from: 'zhangwei', text: '在吗' }, { ...browser, ...token })
    expect(said.status).toBe(200)
  })
  test('it changes nothing without the token', async () => {
    const { me, town } = await openBrowserLike()
    const said = await me.post(inGroup, { from: 'zhangwei', text: '在吗' }, browser)
    expect([said.status, await said.json()]).toEqual([403, { error: expect.stringContaining('请刷新页面') }])
    expect(await town.world.groupMessages('youkongjian')).toEqual([])
  })
})
