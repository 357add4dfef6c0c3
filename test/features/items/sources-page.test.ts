import { expect, test } from 'vitest'
import { passesFilter, wordsIn } from '../../../src/features/items/sources/word-filter.ts'
import { openSite } from '../../adapters/web/site.ts'
import { openConsoleApp } from '../../console-app.ts'
import { createWorld } from '../../conversation.ts'
import { openItemsWorld } from './world.ts'

const feed = `<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>${[
  '高企申报通知',
  '招聘公告',
  '食堂通知',
]
  .map(
    (title, at) =>
      `<item><title>${title}</title><link>https://example.org/${at}</link><pubDate>Thu, 19 Nov 2026 10:00:00 +0800</pubDate>
      <description>${`${title}，请各单位按要求办理。`.repeat(12)}</description></item>`,
  )
  .join('')}</channel></rss>`
const opml = (
  ...urls: string[]
) => `<?xml version="1.0"?><opml version="2.0"><head><title>订阅</title></head><body>
  <outline text="政策">${urls.map((url, at) => `<outline type="rss" text="订阅 ${at + 1}" xmlUrl="${url}"/>`).join('')}</outline>
  <outline text="坏的" xmlUrl="javascript:alert(1)"/></body></opml>`

async function open(world = createWorld('2026-11-20T08:00:00+08:00')) {
  const { items } = await openItemsWorld({ world })
  const app = openConsoleApp(items.feature.pages ?? [], () => ({
    id: 'chen',
    name: '陈姐',
    roles: ['organizer'],
  }))
  const read = async (path: string) => (await app.request(path)).text()
  async function post(path: string, fields: Record<string, string | File>) {
    const body = new FormData()
    for (const [name, value] of Object.entries(fields)) body.append(name, value)
    const answer = await app.request(path, { method: 'POST', body })
    const next = answer.headers.get('location')
    return next ? read(next) : answer.text()
  }
  const upload = (text: string) =>
    post('/sources/opml', { file: new File([text], 'a.opml'), stream: '科技服务' })
  return { world, items, read, post, upload }
}

test('a list of subscriptions becomes sources that are off, each address once, and they last', async () => {
  const { read, post, upload, world } = await open()
  await upload(opml('https://a.example.cn/rss', 'https://b.example.cn/atom', 'https://a.example.cn/rss'))
  const said = await upload(opml('https://b.example.cn/atom', 'ftp://c.example.cn/rss'))
  expect(said).toContain('没有新的来源。有 1 个本来就在')
  expect(said).toContain('有 2 个的网址不是 http:// 或 https:// 开头，没有加')
  const page = await read('/sources')
  expect(page.match(/订阅 \d/gu)).toEqual(['订阅 1', '订阅 2'])
  expect(page).toContain('没打开')
  await post('/sources/added-1/remove', {})
  expect(await (await open(world)).read('/sources')).not.toContain('订阅 1')
})

test('a list with thousands of wrong addresses says how many', async () => {
  const { upload } = await open()
  const said = await upload(opml('https://a.example.cn/rss', ...Array(1199).fill('ftp://c.example.cn/rss')))
  expect(said).toContain('加了 1 个来源，在下面打开就会去读。')
  expect(said).toContain('有 1200 个的网址不是 http:// 或 https:// 开头，没有加')
})

test.each([
  ['这不是订阅', '不是 OPML'],
  [opml(), '没有订阅的网址'],
])('a file that is none is refused in a sentence', async (text, said) => {
  const { upload } = await open()
  expect(await upload(text)).toContain(said)
})

test('an address that is a source already, or no web address, is refused and stays typed', async () => {
  const { post } = await open()
  const fields = { name: '某某订阅', url: 'https://a.example.cn/rss', stream: '政策' }
  await post('/sources/add', fields)
  expect(await post('/sources/add', fields)).toContain('已经是来源了')
  const refused = await post('/sources/add', { ...fields, url: 'file:///etc/passwd' })
  expect(refused).toContain('http:// 或 https://')
  expect(refused).toContain('value="某某订阅"')
})

test('of a source with words only what holds one of them, and none of the others, is taken', async () => {
  const site = await openSite({ '/rss': { headers: { 'content-type': 'application/rss+xml' }, body: feed } })
  const { items, post, read } = await open()
  await post('/sources/add', { name: '订阅', url: `${site.url}/rss`, stream: '政策' })
  await post('/sources/added-1/words', { any: '高企、通知', none: '食堂' })
  expect(await read('/sources')).toContain('只收：高企、通知；不收：食堂')
  await post('/sources/added-1/switch', { to: 'on' })
  await items.feature.stop?.()
  const inbox = await read('/items')
  expect(inbox).toContain('高企申报通知')
  expect(inbox).not.toContain('招聘公告')
  expect(inbox).not.toContain('食堂通知')
})

test('two who change the words of a source: the second is told what stands now, and overwrites nothing unseen', async () => {
  const { post, read } = await open()
  await post('/sources/add', { name: '订阅', url: 'https://a.example.cn/rss', stream: '政策' })
  const seenNow = async () => /name="seen" value="(\w+)"/u.exec(await read('/sources'))?.[1] ?? ''
  const seen = await seenNow()
  await post('/sources/added-1/words', { any: '高企', none: '', seen })
  const refused = await post('/sources/added-1/words', { any: '补贴', none: '', seen })
  expect(refused).toContain('刚被别人改过，现在是：只收：高企。你填的「只收：补贴」没有保存')
  expect(await read('/sources')).toContain('只收：高企')
  await post('/sources/added-1/words', { any: '补贴', none: '', seen: await seenNow() })
  expect(await read('/sources')).toContain('只收：补贴')
})

test('two who press the switch of a source: it does what the button said, once', async () => {
  const { post, read } = await open()
  await post('/sources/add', { name: '订阅', url: 'http://127.0.0.1:9/rss', stream: '政策' })
  const shown = async () => /value="(on|off)"><button/u.exec(await read('/sources'))?.[1] ?? ''
  const to = await shown()
  expect(to).toBe('on')
  await post('/sources/added-1/switch', { to })
  expect(await post('/sources/added-1/switch', { to })).toContain('「订阅」已经有人打开了，不用再点')
  expect(await shown()).toBe('off')
  await post('/sources/added-1/switch', { to: 'off' })
  expect(await post('/sources/added-1/switch', { to: 'off' })).toContain('「订阅」已经有人停用了')
  expect(await post('/sources/added-1/switch', {})).toContain('请刷新页面再点一次')
  expect(await shown()).toBe('on')
})

test('words are found in any characters; without words everything passes', () => {
  const words = { any: wordsIn('補貼，ＡＩ'), none: [] }
  expect(passesFilter(words, { title: '补贴通知', text: '' })).toBe(true)
  expect(passesFilter(words, { title: '通知', text: '关于 ai 的' })).toBe(true)
  expect(passesFilter(words, { title: '通知', text: '' })).toBe(false)
  expect(passesFilter(undefined, { title: '通知', text: '' })).toBe(true)
})
