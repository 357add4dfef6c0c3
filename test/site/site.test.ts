import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { get } from 'node:http'
import { tmpdir } from 'node:os'
import { join, posix } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createListener } from '../../src/console/listener.ts'
import { createDirectAnswers } from '../../src/features/site/direct.ts'
import { siteServer } from '../../src/features/site/server.ts'
import type { SiteContent } from '../../src/site/content.ts'
import { writeSite } from '../../src/site/folder.ts'
import { renderSite } from '../../src/site/render.ts'

const content: SiteContent = {
  day: '2026-11-29',
  items: [
    {
      id: 'i1',
      stream: '政策',
      title: '关于 <申报> 的通知',
      link: 'https://kjj.fuzhou.gov.cn/a?b=1&c=2',
      publishedOn: '2026-11-27',
      approvedOn: '2026-11-28',
      deadline: '2026-12-10',
    },
  ],
  digests: [
    {
      number: 12,
      title: '政策速递',
      sentOn: '2026-11-27',
      parts: ['第一条\n详见 https://kjj.fuzhou.gov.cn/x.htm。'],
      corrections: ['「旧通知」已经撤回，请不要再按它办。'],
    },
  ],
  answers: [
    {
      id: 'gq-how',
      programme: '高企',
      question: '高企怎么报',
      otherQuestions: ['国高申报'],
      text: '先自评。\n依据：〔2016〕32号',
      past: [{ until: '2026-11-20', text: '先问区里。' }],
    },
  ],
  events: [
    {
      day: '2026-12-05',
      time: '14:00',
      kind: '课程',
      title: '周末微党课',
      atMs: Date.parse('2026-12-05T06:00:00Z'),
    },
  ],
  signUps: [{ number: 3, title: '12月路演', limits: '限 40 人', closesAtMs: undefined }],
  pledges: [{ kind: '承诺', text: '每月帮一家公司看材料', byline: '优空间的一位成员' }],
  documents: [
    {
      number: 1,
      title: '补贴办法',
      documentNumber: '榕示科〔2026〕12号',
      issuer: '示范区科技局',
      dated: '2026-02-20',
      inForce: '长期有效',
      state: 'replaced',
      replacedBy: 2,
      source: '',
      changing: [],
      clauses: [{ name: '第三条', text: '第三条 最高不超过30万元。' }],
    },
    {
      number: 2,
      title: '补贴办法（修订）',
      documentNumber: '榕示科〔2026〕31号',
      issuer: '示范区科技局',
      dated: '2026-05-20',
      inForce: '2026-06-01 起，没有写到哪天止（第四条）',
      state: 'current',
      replacedBy: undefined,
      source: 'https://kjj.fuzhou.gov.cn/31.html',
      changing: [],
      clauses: Array.from({ length: 400 }, (_, at) => ({
        name: `第${at}条`,
        text: `第${at}条 ${'补贴。'.repeat(20)}`,
      })),
    },
  ],
  report: [{ month: '2026-11', asked: 10, answered: 7, askedBack: 1, unanswered: 2, useful: 4, useless: 1 }],
}
const folder = mkdtempSync(join(tmpdir(), 'chuangke-site-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const textOf = (file: { body: Uint8Array } | undefined) => new TextDecoder().decode(file?.body)

test('every link inside the site leads to a file of it, from each page, without a server', async () => {
  const files = await renderSite(content, { hasServer: false })
  for (const [path, file] of files) {
    if (!path.endsWith('.html')) continue
    expect(file.body.length).toBeLessThan(60_000)
    for (const [, target = ''] of textOf(file).matchAll(/(?:href|src)="([^"]+)"/gu)) {
      if (target.startsWith('#') || target.startsWith('https://')) continue
      expect([...files.keys()], `${path} → ${target}`).toContain(posix.join(posix.dirname(path), target))
    }
  }
  expect(textOf(files.get('index.html'))).toContain('关于 &lt;申报&gt; 的通知')
  expect(textOf(files.get('digests/12.html'))).toContain('已经撤回')
  expect(textOf(files.get('report.html'))).toMatch(
    /<th scope="row">2026年11月<\/th><td[^>]*>10<\/td><td[^>]*>7<\/td>/u,
  )
})

test('rows of a table in a document stand as a table, each with its address', async () => {
  const [document] = content.documents
  if (!document) throw new Error('no document')
  const clauses = [
    { name: '第三条', text: '第三条 标准如下：' },
    { name: '第三条表第一行', text: '档次 | 最高' },
    { name: '第三条表第二行', text: '甲 | 30万元' },
    { name: '第四条表第一行', text: '材料 | 份数 |' },
    { name: '第五条', text: '第五条 本办法自印发之日起施行。' },
  ]
  const documents = [{ ...document, clauses, changing: ['第三条表第二行'] }]
  const page = textOf(
    (await renderSite({ ...content, documents }, { hasServer: false })).get('documents/1.html'),
  )
  expect(page.match(/<table>/gu)).toHaveLength(2)
  expect(page).toContain('<tr id="第三条表第一行"><td>档次</td><td>最高</td></tr>')
  expect(page).toContain('<td><strong>【正在核】</strong>甲</td><td>30万元</td>')
  expect(page).toContain('<div id="第五条"><p>第五条 本办法自印发之日起施行。</p></div>')
})

test('keeps search engines out unless told, and gives them addresses then', async () => {
  const closed = await renderSite(content, { hasServer: false })
  expect(textOf(closed.get('index.html'))).toContain('noindex')
  expect([...closed.keys()]).not.toContain('sitemap.xml')
  const open = await renderSite(content, { hasServer: true, publicUrl: 'https://e.example.cn' })
  expect(textOf(open.get('index.html'))).toContain('<link rel="canonical" href="https://e.example.cn/">')
  expect(textOf(open.get('sitemap.xml'))).toContain('<loc>https://e.example.cn/digests/12.html</loc>')
  expect(textOf(open.get('feed.xml'))).toContain('<entry><id>https://e.example.cn/digests/12.html</id>')
})

test('is the same bytes for the same content, and takes the place of the old folder whole', async () => {
  const out = join(folder, 'site')
  expect(writeSite(await renderSite(content, { hasServer: false }), out)).toBe(true)
  const read = () => readdirSync(out, { recursive: true, encoding: 'utf8' }).sort()
  const before = read()
  expect(writeSite(await renderSite(content, { hasServer: false }), out)).toBe(false)
  writeFileSync(join(out, 'index.html'), 'spoilt')
  expect(writeSite(await renderSite(content, { hasServer: false }), out)).toBe(true)
  expect(read()).toEqual(before)
  const less = { ...content, digests: [] }
  writeSite(await renderSite(less, { hasServer: false }), out)
  expect(existsSync(join(out, 'digests/12.html'))).toBe(false)
  expect(readdirSync(folder)).toEqual(['site'])
})

test('leaves a folder alone that holds something else, and ends a swap that was cut off', async () => {
  const files = await renderSite(content, { hasServer: false })
  const other = join(folder, 'other')
  mkdirSync(other)
  writeFileSync(join(other, 'letter.txt'), 'mine')
  expect(() => writeSite(files, other)).toThrow('有别的文件，没有写')
  expect(readFileSync(join(other, 'letter.txt'), 'utf8')).toBe('mine')
  const out = join(folder, 'cut')
  writeSite(files, out)
  renameSync(out, `${out}.old`)
  expect(writeSite(files, out)).toBe(false)
  expect(existsSync(join(out, 'index.html'))).toBe(true)
})

test('the server reads only, sets no cookie, knows what a reader has, and shows nothing of the console', async () => {
  const files = await renderSite(content, { hasServer: true })
  const app = siteServer({
    site: async () => files,
    search: async question => [`你问的是：${question}`],
    publicUrl: undefined,
    open: [],
  })
  const first = await app.request('/')
  expect(first.status).toBe(200)
  expect(first.headers.get('Content-Security-Policy')).toContain("default-src 'self'")
  expect(first.headers.get('Set-Cookie')).toBeNull()
  const etag = first.headers.get('ETag') ?? ''
  expect((await app.request('/', { headers: { 'If-None-Match': etag } })).status).toBe(304)
  expect(await (await app.request('/search?q=%3Cb%3E')).text()).toContain('你问的是：&lt;b&gt;')
  for (const path of ['/login', '/lessons', '/members', '/%', '/../package.json', '/assets/../../x'])
    expect((await app.request(path)).status, path).toBe(404)
  expect((await app.request('/', { method: 'POST' })).status).toBe(404)
})

/** Status of a page asked for under this host name, which `fetch` would not send. */
const statusUnder = (url: string, host: string) =>
  new Promise<number | undefined>((resolve, reject) =>
    get(url, { headers: { host } }, answer => resolve(answer.resume().statusCode)).on('error', reject),
  )

test('rendered pages are answered from memory, compressed where the reader can read it', async () => {
  const files = await renderSite(content, { hasServer: true })
  const site = () => files
  const { fetch: route } = siteServer({
    site,
    search: async () => [],
    publicUrl: undefined,
    ownUrls: ['https://e.example.cn'],
    open: [],
  })
  const answers = createDirectAnswers(site, ['https://e.example.cn'])
  const listener = createListener({ fetch: route, answers }, '')
  const url = await listener.listen({ host: '127.0.0.1', port: 0 })
  try {
    const answer = (path: string, init: RequestInit = {}) => fetch(`${url}${path}`, init)
    const plain = await answer('/answers/gq-how.html', { headers: { 'Accept-Encoding': 'identity' } })
    const packed = await answer('/answers/gq-how.html')
    expect(packed.headers.get('Content-Encoding')).toBe('gzip')
    expect(await packed.text()).toBe(await plain.text())
    for (const one of [plain, packed]) {
      expect(one.headers.get('Content-Security-Policy')).toContain("default-src 'self'")
      expect(one.headers.get('Set-Cookie')).toBeNull()
      const again = { headers: { 'If-None-Match': one.headers.get('ETag') ?? '', 'Accept-Encoding': 'gzip' } }
      if (one === packed) expect((await answer('/answers/gq-how.html', again)).status).toBe(304)
    }
    const head = await answer('/', { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([200, ''])
    for (const path of ['/', '/search?q=x', '/answers/gq-how.html'])
      for (const [name, status] of [
        ['evil.example', 421],
        ['e.example.cn', 200],
      ] as const)
        expect(await statusUnder(`${url}${path}`, name), `${name}${path}`).toBe(status)
    for (const path of ['/login', '/%', '/%2e%2e/package.json', '//etc/passwd', '/answers/gq-how.html/x'])
      expect((await answer(path)).status, path).toBe(404)
  } finally {
    await listener.close()
  }
})
