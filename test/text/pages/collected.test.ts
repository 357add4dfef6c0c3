import { expect, test } from 'vitest'
import { articleOf } from '../../../src/text/pages/html.ts'
import { listedEntries } from '../../../src/text/pages/list-pages.ts'
import { wallIn } from '../../../src/text/pages/walls.ts'

const title = '关于征集科技创新券服务机构的公告'
const text =
  '<p>各有关单位：</p><p>为推动科技资源开放共享，现征集创新券服务机构，请于12月20日前将申请表报送区科技局，逾期不予受理，材料一式三份。</p>'
const address = 'https://k.example.gov.cn/kj/tz/'
const first = `关于甲的通知 ${address}1.html`

/** Titles and links of a list page. @param entries the markup of its list */
function listed(entries: string): string[] {
  const mapping = { item: '.list li', title: 'a', link: 'a' }
  const markup = `<html><body><div class="list">${entries}</div></body></html>`
  return listedEntries(markup, mapping, address).entries.map(entry =>
    `${entry.title} ${entry.link} ${entry.date}`.trim(),
  )
}

test('a day in brackets behind the title is the day of the article', () => {
  const page = articleOf(`<h1>${title}（2025-03-07）</h1><div class="content">${text}</div>`)
  expect(page.date).toBe('2025-03-07')
  expect(page.title).toBe(title)
})

test('a day with an English month that sticks to its year is found', () => {
  const box = '<div class="news-date"><b>07</b><i>Mar.2025</i></div>'
  expect(articleOf(`${box}<h1>${title}</h1><div class="content">${text}</div>`).date).toBe('07 Mar.2025')
})

test('the way through a site is no text, where its header begins with the title', () => {
  const header = `<header>${title} 首页 机构 登录 注册 联系我们</header><h1>${title}</h1>`
  expect(articleOf(`<title>${title}</title>${header}<section>${text}</section>`).text).not.toContain('注册')
})

test('the day stands in the header of the article', () => {
  const header = `<header><h1>${title}</h1><span>2025-03-07</span></header>`
  expect(articleOf(`${header}<section>${text}</section>`).date).toBe('2025-03-07')
  const ofSite = '<header><h1>某区众创空间</h1><span>2026-11-30</span></header>'
  expect(articleOf(`<title>${title}</title>${ofSite}<h2>${title}</h2><section>${text}</section>`).date).toBe(
    '',
  )
})

test('a page that is nothing but a frame sends its readers to it', () => {
  const frame = '<iframe src="/detail/1.html"></iframe>'
  expect(articleOf(`<h1>${title}</h1>${frame}`).movesTo).toBe('/detail/1.html')
  expect(articleOf(`<h1>${title}</h1>${text}${frame}`).movesTo).toBe('')
  expect(articleOf(`<h1>安全检查</h1><p>请完成验证后继续访问</p>${frame}`).movesTo).toBe('')
})

test('a day whose parts stand in a box that is named in pinyin is found', () => {
  const box = '<div class="riqi"><p>07</p><p>Mar</p><p>2025</p></div>'
  expect(articleOf(`${box}<h1>${title}</h1><div id="zoom">${text}</div>`).date).toBe('07 Mar 2025')
})

test('a page without a day of its own takes none from beside it', () => {
  const related = '<ul><li><a href="1">关于甲的通知</a><span>2026-11-28</span></li></ul>'
  const clock = '<div>现在是2026年11月30日 14:20:05</div>'
  const page = articleOf(`${clock}<h1>${title}</h1><div id="zoom">${text}</div>${related}`)
  expect(page.date).toBe('')
})

test.each([
  '<a href="index_1.html">下一页&gt;</a>',
  '<a href="?p=2">第2页</a>',
  '<a href="?p=2">下页 »</a>',
  '<a href="?p=1">« 上一页</a>',
])('a button of a list is no entry: %s', button => {
  expect(listed(`<ul><li><a href="1.html">关于甲的通知</a></li><li>${button}</li></ul>`)).toEqual([first])
})

test('a category in brackets before the title does not name the entry', () => {
  const entry = '<li><a href="/c/1">[通知]</a><a href="1.html">关于甲的通知</a></li>'
  expect(listed(entry)).toEqual([first])
})

test.each([
  '<tr><td>·<a title="关于甲的通知" href="1.html">关于甲的通知</a></td><td>[2026-11-20]</td></tr>',
  '<a href="1.html" title="关于甲的通知">关于甲的通知</a><span>2026-11-20</span>',
  '<li><a href="1.html">关于甲的通知</a><span>2026-11-20</span></li>',
])('records in a script are entries, whatever markup they hold: %s', record => {
  const script = `<script type="text/xml"><datastore><recordset><record><![CDATA[${record}]]></record></recordset></datastore></script>`
  const [entry = '', ...others] = listed(script)
  expect(entry.startsWith(first)).toBe(true)
  expect(entry).toContain('2026-11-20')
  expect(others).toEqual([])
})

test.each([
  ['The page you requested does not exist.', '没有这一页'],
  ['对不起，该文章尚未审核或已被管理员关闭！', '没有这一页'],
  ['您的请求触发了安全规则，事件ID：8a7f-22', '要人验证'],
  ['该系统仅对政务网用户开放，请使用政务外网访问。', '不允许程序读取'],
])('a page in place of an article: %s', (words, reason) => {
  expect(wallIn({ title: '提示', text: words })).toContain(reason)
})

test('a short notice about servers and platforms is no wall', () => {
  const words = '服务器升级项目即日起接受报名，截止12月20日前有效，请企业通过平台提交。'
  expect(wallIn({ title, text: words })).toBeUndefined()
})

test.each([
  '<xml id="x"><rec><title><![CDATA[关于甲的通知]]></title><url>1.html</url><date>2026-11-20</date></rec></xml>',
  '<script type="text/xml"><list><item><url>1.html</url><pubDate>2026-11-20</pubDate><bt>关于甲的通知</bt></item></list></script>',
  '<textarea style="display:none"><row id="1"><infotitle>关于甲的通知</infotitle><infourl><![CDATA[1.html]]></infourl><infodate>2026-11-20</infodate></row></textarea>',
])('records of elements in an island are entries: %s', island => {
  expect(listed(island)).toEqual([`${first} 2026-11-20`])
})

test('several records of an island are several entries, and one without an address is none', () => {
  const record = (title: string, url: string) =>
    `<rec><title>${title}</title>${url && `<url>${url}</url>`}</rec>`
  const island = `<xml>${record('关于甲的通知', '1.html')}${record('关于乙的通知', '')}${record('关于丙的通知', '3.html')}</xml>`
  expect(listed(island)).toEqual([first, `关于丙的通知 ${address}3.html`])
})

test.each(['<url></url>', '<url/>'])(
  'an empty address that comes first belongs to its own record: %s',
  none => {
    const record = (url: string, title: string) => `<rec>${url}<title>${title}</title></rec>`
    const records = [
      record('<url>1.html</url>', '关于甲的通知'),
      record(none, '关于乙的通知'),
      record('<url>3.html</url>', '关于丙的通知'),
    ]
    expect(listed(`<xml>${records.join('')}</xml>`)).toEqual([first, `关于丙的通知 ${address}3.html`])
  },
)
