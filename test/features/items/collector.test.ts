import { describe, expect, test } from 'vitest'
import { createMemoryStore } from '../../../src/adapters/memory.ts'
import { createWeb } from '../../../src/adapters/web/index.ts'
import { createAlarms } from '../../../src/alarms.ts'
import { openCatalogue } from '../../../src/features/items/catalogue/catalogue.ts'
import { openItemRecords } from '../../../src/features/items/catalogue/records.ts'
import { noDeadlineCheck } from '../../../src/features/items/deadline-check.ts'
import { createCollector } from '../../../src/features/items/sources/collector.ts'
import { openSourceStates } from '../../../src/features/items/sources/source-states.ts'
import type { Source } from '../../../src/features/items/sources/sources-file.ts'
import { openSite, type Pages } from '../../adapters/web/site.ts'
import { createWorld } from '../../conversation.ts'
import { toGb18030 } from './gb.ts'
import { listPage, notice, source } from './world.ts'

const html = { 'Content-Type': 'text/html; charset=utf-8' }
const body =
  '榕科〔2026〕12号\n各区科技局：\n单个项目补助不超过50万元。\n请企业于12月15日前登录系统提交申请，逾期不候。'
const two = [
  { href: '/n/1.html', title: '关于申报研发补助的通知', date: '2026-11-18' },
  { href: '/n/2.html', title: '关于举办政策宣讲会的通知', date: '2026-11-19' },
]

async function open(pages: Pages, more: Partial<Source>[] = [{}]) {
  const site = await openSite(pages)
  const world = createWorld('2026-11-20T08:00:00+08:00')
  const web = createWeb({
    timeoutMs: 30_000,
    maxBytes: 1_000_000,
    maxRedirects: 5,
    gapMs: 0,
    alsoAllowed: ['127.0.0.1'],
  })
  const records = openItemRecords(world.store)
  const catalogue = await openCatalogue(records)
  const states = openSourceStates(world.store)
  const sources = more.map(each => source({ url: `${site.url}/list`, ...each }))
  const collectInto = (into: typeof catalogue) =>
    createCollector({
      ...world,
      sources: () => sources,
      states,
      catalogue: into,
      web,
      tag: () => ({ programmeIds: [], topics: [] }),
      checkDeadline: noDeadlineCheck,
    })
  const collector = collectInto(catalogue)
  const look = async () => void (await Promise.all(sources.map(each => collector.check(each))))
  const items = () => catalogue.kept(() => true)
  return { site, world, web, catalogue, collector, collectInto, states, sources, look, items }
}

const good: Pages = {
  '/list': { headers: html, body: listPage(two) },
  '/n/1.html': { headers: html, body: notice('关于申报研发补助的通知', body) },
  '/n/2.html': {
    headers: html,
    body: notice('关于举办政策宣讲会的通知', '宣讲会于11月28日举行，请于11月25日前报名。'),
  },
}

describe('a list page', () => {
  test('gives items with what their pages say, each once', async () => {
    const { look, items, site } = await open(good)
    await look()
    const [first, second] = await items()
    expect(first).toMatchObject({
      state: 'new',
      title: '关于申报研发补助的通知',
      documentNumber: '榕科〔2026〕12号',
      publishedOn: '2026-11-18',
      deadline: { value: '2026-12-15', sentence: '请企业于12月15日前登录系统提交申请，逾期不候。' },
      amounts: ['50万元'],
      from: '某市科技局',
      link: `${site.url}/n/1.html`,
    })
    // Signing up for an event is no application: a person decides whether that day is told as a deadline.
    expect(second?.deadline).toBeUndefined()
    await look()
    expect(await items()).toHaveLength(2)
    expect(site.asked.filter(path => path === '/n/1.html')).toHaveLength(1)
  })

  test('in GB 18030 is read as well, whatever the header says', async () => {
    const page = listPage(two).replace('utf-8', 'gb2312')
    const { look, items } = await open({ ...good, '/list': { headers: html, body: toGb18030(page) } })
    await look()
    expect((await items()).map(({ title }) => title)).toEqual(two.map(({ title }) => title))
  })

  test('that loses its entries raises an alarm, and clears it when they are back', async () => {
    const many = [...two, { href: '/n/3.html', title: '第三条', date: '2026-11-19' }]
    const { look, site, world, items } = await open({
      ...good,
      '/list': { headers: html, body: listPage(many) },
    })
    await look()
    site.pages['/list'] = { headers: html, body: '<html><body><div class="new-look"></div></body></html>' }
    await look()
    expect(world.alarms.list().map(({ text }) => text)).toEqual([
      expect.stringContaining(
        '「某市科技局」从 2026年11月20日 08:00 起收不到条目：以前每次有 3 条，现在一条也找不到',
      ),
    ])
    expect(await items()).toHaveLength(3)
    site.pages['/list'] = { headers: html, body: listPage(many) }
    await look()
    expect(world.alarms.list()).toEqual([])
  })

  test('is asked with what we know, and read no more where nothing changed', async () => {
    let asked: string | undefined
    const { look, states, site } = await open({
      ...good,
      '/list': request => {
        asked = request.headers['if-none-match']
        return asked ? { status: 304 } : { headers: { ...html, ETag: '"1"' }, body: listPage(two) }
      },
    })
    await look()
    await look()
    expect(asked).toBe('"1"')
    expect(site.asked.filter(path => path === '/list')).toHaveLength(2)
    expect((await states.get('kjj')).problem).toBeUndefined()
  })
})

const rss = (items: string) =>
  `<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>t</title>${items}</channel></rss>`
const item = (title: string, link: string, more = '') =>
  `<item><title>${title}</title><link>${link}</link>${more}<description>&lt;p&gt;${`${title}的正文`.repeat(40)}&lt;/p&gt;</description></item>`
const feed = { kind: 'feed', list: undefined } as const

describe('a feed', () => {
  test('RSS and Atom give items without a page being read', async () => {
    const atom = `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><entry><title>原子</title><id>1</id><link href="/a"/><published>2026-11-19T20:00:00Z</published><content type="html">${'内容'.repeat(80)}</content></entry></feed>`
    const { look, items, site } = await open(
      {
        '/rss': { body: rss(item('甲', '/1', '<pubDate>Thu, 19 Nov 2026 08:00:00 +0800</pubDate>')) },
        '/atom': { body: atom },
      },
      [feed, { ...feed, id: 'atom' }],
    ).then(async opened => {
      opened.sources.splice(
        0,
        2,
        { ...opened.sources[0], url: `${opened.site.url}/rss` } as Source,
        { ...opened.sources[1], url: `${opened.site.url}/atom` } as Source,
      )
      return opened
    })
    await look()
    const found = await items()
    expect(new Set(found.map(({ title, publishedOn }) => `${title} ${publishedOn}`))).toEqual(
      new Set(['甲 2026-11-19', '原子 2026-11-20']),
    )
    expect(site.asked.filter(path => path !== '/robots.txt').sort()).toEqual(['/atom', '/rss'])
  })

  test.each([
    ['a login page', '<!doctype html><html><body><input type="password"></body></html>', '拿到的是登录页'],
    ['a page', '<html><body>欢迎</body></html>', '拿到的是一张网页，不是 RSS'],
    ['broken XML', '<rss><channel><item><title>甲', '格式坏了'],
    ['nothing', '', '格式坏了'],
  ])('that is %s says so, and stops no other', async (_, text, words) => {
    const { look, states, items, site, sources } = await open({ ...good, '/feed': { body: text } }, [
      { ...feed, id: 'bad' },
      {},
    ])
    sources[0] = { ...sources[0], url: `${site.url}/feed` } as Source
    await look()
    expect((await states.get('bad')).problem?.reason).toContain(words)
    expect(await items()).toHaveLength(2)
  })

  test('a date in 2099 is not believed, and a person is asked to check', async () => {
    const { look, items } = await open(
      { '/list': { body: rss(item('甲', '/1', '<pubDate>Thu, 01 Jan 2099 08:00:00 GMT</pubDate>')) } },
      [feed],
    )
    await look()
    const [found] = await items()
    expect(found?.publishedOn).toBe('2026-11-20')
    expect(found?.doubts).toEqual(['网页上的发布日期是 2099-01-01，还没有到，先按今天算，请核对。'])
  })

  test('two entries with one link are one item, and the source says so', async () => {
    const { look, items, states } = await open(
      { '/list': { body: rss(item('甲', '/1') + item('乙', '/1#b') + item('丙', '/2')) } },
      [feed],
    )
    await look()
    expect((await items()).map(({ title }) => title)).toEqual(['甲', '丙'])
    expect((await states.get('kjj')).remark).toContain('有 1 条和别的条目是同一个链接')
  })

  test('years of old entries are no news', async () => {
    const old = '<pubDate>Mon, 01 Jun 2026 08:00:00 +0800</pubDate>'
    const { look, items } = await open({ '/list': { body: rss(item('旧', '/1', old) + item('新', '/2')) } }, [
      feed,
    ])
    await look()
    expect((await items()).map(({ title }) => title)).toEqual(['新'])
  })
})

test('a notice that several sites publish is one item, and says where else it stands', async () => {
  const title = '关于申报研发补助的通知'
  const repost = notice(title, `${body}\n（来源：市科技局网站）`)
  const { look, items, sources, site } = await open(
    {
      ...good,
      '/b': { headers: html, body: listPage([{ href: '/b/9.html', title, date: '2026-11-19' }]) },
      '/b/9.html': { headers: html, body: repost },
    },
    [{}, { id: 'other', name: '某区政府' }],
  )
  sources[1] = { ...sources[1], url: `${site.url}/b` } as Source
  await look()
  const found = (await items()).filter(each => each.title === title)
  expect(found).toHaveLength(1)
  const places = [found[0]?.link, ...(found[0]?.alsoAt ?? []).map(({ link }) => link)]
  expect(new Set(places)).toEqual(new Set([`${site.url}/n/1.html`, `${site.url}/b/9.html`]))
})

test('a site that fails three times in a row raises an alarm with reason and since when', async () => {
  const { look, site, world, states } = await open({ ...good, '/list': { status: 500 } })
  await look()
  await look()
  expect(world.alarms.list()).toEqual([])
  world.clock.forward({ hours: 4 })
  await look()
  expect(world.alarms.list()[0]?.text).toContain(
    '从 2026年11月20日 08:00 起收不到条目：网站自己出了问题（500）',
  )
  expect((await states.get('kjj')).problem).toMatchObject({ kind: 'failing', times: 3 })
  const after = createAlarms(world)
  const again = createCollector({ ...(await reopened()), alarms: after })
  await again.tellAlarms()
  expect(after.list()).toHaveLength(1)

  async function reopened() {
    const catalogue = await openCatalogue(openItemRecords(createMemoryStore()))
    const web = { get: async () => ({ kind: 'unchanged' as const }) }
    const tag = () => ({ programmeIds: [], topics: [] })
    return {
      ...world,
      sources: () => [source({ url: site.url })],
      states,
      catalogue,
      web,
      tag,
      checkDeadline: noDeadlineCheck,
    }
  }
})

test('a page that can not be read leaves title and link, and says why', async () => {
  const { look, items } = await open({ ...good, '/n/1.html': { status: 403 } })
  await look()
  const [first] = await items()
  expect(first?.title).toBe('关于申报研发补助的通知')
  expect(first?.doubts[0]).toContain('原文没有读到：网站不让看这一页（403）')
})

test('after a restart nothing is new that was known', async () => {
  const { look, items, site, world, sources, collectInto } = await open(good)
  await look()
  const catalogue = await openCatalogue(openItemRecords(world.store))
  const collector = collectInto(catalogue)
  site.asked.length = 0
  for (const each of sources) await collector.check(each)
  expect(site.asked).toEqual(['/list'])
  expect(await items()).toHaveLength(2)
})

const page = (markup: string) => ({ body: `<!doctype html><meta charset="utf-8">${markup}`, headers: html })

test('a check for humans and a deleted article are no text, and the item says why', async () => {
  const { look, items } = await open({
    ...good,
    '/n/1.html': page('<h2>环境异常</h2><p>当前环境异常，完成验证后即可继续访问。</p>'),
    '/n/2.html': page('<div>该内容已被发布者删除</div>'),
  })
  await look()
  expect((await items()).map(({ text, doubts }) => [text, doubts])).toEqual([
    ['', ['原文没有读到：微信要人验证，请手工粘贴正文。']],
    ['', ['原文没有读到：原文已被删除。']],
  ])
})

test('a list without dates: the page of the article dates it, and what is old is left out', async () => {
  const dated = (title: string, day: string) =>
    page(`<meta name="PubDate" content="${day}"><h1>${title}</h1><div id="zoom"><p>${body}</p></div>`)
  const { look, items } = await open(
    {
      '/list': {
        ...page('<ul class="list"><li><a href="/1">甲通知</a></li><li><a href="/2">乙通知</a></li></ul>'),
      },
      '/1': dated('甲通知', '2019-04-20'),
      '/2': dated('乙通知', '2026-11-10'),
    },
    [{ list: { item: 'ul.list li', title: 'a', link: 'a' } }],
  )
  await look()
  expect((await items()).map(({ title, publishedOn, doubts }) => [title, publishedOn, doubts])).toEqual([
    ['乙通知', '2026-11-10', []],
  ])
})

test('a list with a link to a PDF and a cut title: title and day of the list, or the whole title of the page', async () => {
  const whole = '关于组织开展2026年度中小企业认定和复核工作的通知'
  const { look, items } = await open({
    '/list': {
      headers: html,
      body: listPage([
        { href: '/a.pdf', title: '关于申报创新券的通知', date: '2026-11-18' },
        { href: '/1', title: '关于组织开展2026年度中小企业认定和…', date: '2026-11-18' },
        { href: '/2', title: '关于征集2026年度技术需求和', date: '2026-11-18' },
      ]),
    },
    '/a.pdf': { headers: { 'Content-Type': 'application/pdf' }, body: '%PDF-1.4\n¥57' },
    '/1': page(`<h1>某局门户网站</h1><div class="tit">${whole}</div><div id="zoom"><p>${body}</p></div>`),
    '/2': page(
      '<h1>某局</h1><h2>关于征集2026年度技术需求和成果的通知</h2><div id="zoom"><p>请各企业把技术需求和可以转化的成果发到邮箱，长期有效，随时受理，不收任何费用。</p></div>',
    ),
  })
  await look()
  expect((await items()).map(({ title, text, amounts, doubts }) => [title, text, amounts, doubts])).toEqual([
    ['关于申报创新券的通知', '', [], ['原文没有读到：原文是 PDF，请打开看。']],
    [whole, expect.stringContaining('榕科〔2026〕12号'), ['50万元'], []],
    ['关于征集2026年度技术需求和成果的通知', expect.any(String), [], []],
  ])
})

const listed = (entries: string, head = '') => page(`${head}<ul class="list">${entries}</ul>`)
const readOne = async (entries: string, head = '', more: Partial<Source> = {}) => {
  const opened = await open({ ...good, '/list': listed(entries, head) }, [more])
  await opened.look()
  const found = (await opened.items()).map(({ title, link, publishedOn }) => [
    title,
    link?.replace(opened.site.url, ''),
    publishedOn,
  ])
  return { found, state: await opened.states.get('kjj') }
}

test.each([
  [
    'day and month apart',
    '<li><span><b>18</b><em>2026-11</em></span><a href="/n/1.html">甲通知</a></li>',
    '',
  ],
  ['two elements', '<li><span>18</span><span>11月</span><a href="/n/1.html">甲通知</a></li>', ''],
  ['a base', '<li><a href="1.html">甲通知</a><span>2026-11-18</span></li>', '<base href="/n/">'],
  [
    'a script',
    `<li><a href="javascript:;" onclick="window.open('/n/1.html')">甲通知</a><span>2026-11-18</span></li>`,
    '',
  ],
  ['a tooltip', '<li><a href="/n/1.html" title="甲通知">甲…</a><span>2026-11-18</span></li>', ''],
  ['another tooltip', '<li><a href="/n/1.html" title="点击查看">甲通知</a><span>2026-11-18</span></li>', ''],
])('an entry with %s is read', async (_, entry, head) => {
  expect((await readOne(entry, head)).found).toEqual([['甲通知', '/n/1.html', '2026-11-18']])
})

test('entries that only a script opens are left out, and the source says how many', async () => {
  const none = `<li><a href="javascript:void(0)" onclick="openDetail(8)">八</a></li><li><a href="javascript:openDoc(9)">九</a></li><li><a href="#">十</a></li>`
  const all = await readOne(none)
  expect(all.found).toEqual([])
  expect(all.state.problem?.reason).toContain('3 条没有链接')
  const some = await readOne(`${none}<li><a href="/n/1.html">甲</a><span>2026-11-18</span></li>`)
  expect(some.found).toHaveLength(1)
  expect(some.state.remark).toContain('3 条没有链接')
})

const record = '<li><a href="/n/1.html">甲通知</a><span>2026-11-18</span></li>'
test.each([
  [
    'records',
    `<script type="text/xml"><datastore><record><![CDATA[${record}]]></record></datastore></script>`,
  ],
  ['a written string', `<script>document.write('${record.replaceAll('"', '\\"')}')</script>`],
  [
    'objects',
    '<script>var list = [{"title":"甲通知","url":"\\/n\\/1.html","pubDate":"2026-11-18"}];</script>',
  ],
])('a list inside a script as %s is read', async (_, script) => {
  const { look, items, site } = await open({ ...good, '/list': page(`<div>${script}</div>`) })
  await look()
  expect((await items()).map(({ title, link, publishedOn }) => [title, link, publishedOn])).toEqual([
    ['甲通知', `${site.url}/n/1.html`, '2026-11-18'],
  ])
})

test.each([
  ['<meta http-equiv="refresh" content="0;url=real">', undefined],
  ['<script>window.location.href="real";</script>', undefined],
  ['<frameset rows="80,*"><frame src="top"><frame src="real"></frameset>', '请填那个网址'],
])('a list page that moves on (%s)', async (markup, reason) => {
  const { look, items, states } = await open({
    ...good,
    '/list': { headers: html, body: `<html><head>${markup}</head></html>` },
    '/real': listed(record),
  })
  await look()
  expect(await items()).toHaveLength(reason ? 0 : 1)
  const { problem, remark } = await states.get('kjj')
  if (reason) expect(problem?.reason).toContain(reason)
  else expect(remark).toContain('这一页只是转到')
})

const reload = '<script>document.cookie="__jsl_clearance=1";location.reload()</script>'
test.each<[Pages[string], Partial<Source>, string]>([
  [{ status: 412 }, {}, '网站挡住了程序'],
  [{ status: 521 }, {}, '网站挡住了程序'],
  [page('<p>您的访问过于频繁，请完成安全验证</p>'), {}, '网站挡住了程序'],
  [page(`${reload}<noscript>请开启JavaScript并刷新该页.</noscript>`), {}, '网站挡住了程序'],
  [page(reload), feed, '网站挡住了程序'],
  [page('<div id="app"></div><script src="/app.js"></script>'), {}, '要运行脚本才出来'],
])(
  'a site that blocks programs, or shows nothing without scripts, is said to (%#)',
  async (answer, kind, words) => {
    const { look, states } = await open({ ...good, '/list': answer }, [kind])
    await look()
    expect((await states.get('kjj')).problem?.reason).toContain(words)
  },
)

test.each([
  [rss(''), '没有条目'],
  [rss('<item><description>没有标题。</description><link>/9</link></item>'), '1 条没有标题'],
])('a feed without usable entries is no failure', async (text, remark) => {
  const { look, states } = await open({ '/list': { body: text } }, [feed])
  await look()
  expect(await states.get('kjj')).toMatchObject({ remark: expect.stringContaining(remark) })
  expect((await states.get('kjj')).problem).toBeUndefined()
})
