import { expect, test } from 'vitest'
import { readDocument } from '../../src/documents/index.ts'
import { parseDocument } from '../../src/documents/structure/index.ts'

const linesOf = async (bytes: Uint8Array, name: string) =>
  (await readDocument(bytes, name)).pages.flatMap(({ paragraphs }) => paragraphs)
const text = (said: string) => new TextEncoder().encode(said)

test('the title and the labels of a page stand outside its article, between links', async () => {
  const page = `<html><head><title>新闻一览 | 创业园</title></head><body>
<div class="menu"><a>首页</a><a>走进平江</a></div><div>当前位置：<a>首页</a> &gt; <a>部门文件</a></div>
<dl><dt>发文机关</dt><dd>平江市商务局</dd><dt>文号</dt><dd>平商务〔2026〕3号</dd></dl>
<div class="bt">关于印发《市集建设方案》的通知</div><div><span>来源：平江市商务局</span><span>日期：2026-07-08</span></div>
<div class="content"><p>各街道办事处：</p><p>《市集建设方案》已经市政府同意，现予印发，请结合实际抓好落实，有关情况及时报送。</p><p>一、2026年底前建成三处市集，设置固定摊位180个，其中不少于三成提供给毕业生。</p><p>二、前三个月免收摊位费，第四个月起每月每平方米不超过30元，水电按实收取，不得加价。</p></div></body></html>`
  const lines = await linesOf(text(page), 'a.html')
  expect(lines.slice(0, 6)).toEqual([
    '发文机关：平江市商务局',
    '文号：平商务〔2026〕3号',
    '关于印发《市集建设方案》的通知',
    '来源：平江市商务局 日期：2026-07-08',
    '各街道办事处：',
    '《市集建设方案》已经市政府同意，现予印发，请结合实际抓好落实，有关情况及时报送。',
  ])
})

test('blanks of a form in Markdown are kept, and marks of bold type are not', async () => {
  const file = '**甲方**：____________\n\n__乙方__：________的场地，建筑面积____平方米。'
  expect(await linesOf(text(file), 'a.md')).toEqual([
    '甲方：____________',
    '乙方：________的场地，建筑面积____平方米。',
  ])
})

test('names of fields in spans of their own are labels, and greetings are no title', async () => {
  const page = `<html><head><title>公告公示</title></head><body><div>欢迎访问平江市自然资源局！今天是：2026年7月1日</div>
<ul><li><label>发文单位</label><span>平江市自然资源局</span></li><li><label>文号</label><span>平自然资函〔2026〕18号</span></li></ul>
<div>平江市自然资源局关于</div><div>创业园规划调整意见的复函</div><div class="body"><p>平江区人民政府：</p><p>《关于创业园控制性详细规划局部调整的请示》收悉。经研究，函复如下：</p><p>一、原则同意A-03地块用地性质调整为科研用地，容积率不大于2.5，建筑密度不大于40%。</p><p>二、请依法办理有关手续，及时公布调整结果，接受社会监督，并做好规划实施。</p></div></body></html>`
  const { head } = parseDocument(await readDocument(text(page), 'a.html'))
  expect(head).toMatchObject({
    issuers: ['平江市自然资源局'],
    number: '平自然资函〔2026〕18号',
    title: '平江市自然资源局关于创业园规划调整意见的复函',
  })
})

const pageOf = (title: string, content: string) =>
  text(`<html><head><meta charset="utf-8"><title>${title}</title></head><body>${content}</body></html>`)
const headOf = async (page: Uint8Array) => parseDocument(await readDocument(page, 'a.html')).head

test('a catching title of a repost is none of the document, and plain text keeps its lines', async () => {
  const own = ['平江市科学技术局', '关于发布培训机构名单的通知', '平科〔2026〕52号', '各县（市、区）科技局：']
  const rest = '经评审，现将2026年创业培训机构名单予以发布，请各机构按照备案课程开班，每班不超过30人。'
  const paragraphs = [...own, rest].map(line => `<p>${line}</p>`).join('')
  const found = {
    title: own.slice(0, 2).join(''),
    number: '平科〔2026〕52号',
    addressees: ['各县（市、区）科技局'],
  }
  const repost = pageOf('名单公布，快来看看！', `<div id="js_content">${paragraphs}</div>`)
  expect(await headOf(repost)).toMatchObject(found)
  const plain = pageOf('平江市科学技术局', `<pre>\n${[...own, `　　${rest}`].join('\n')}\n</pre>`)
  expect(await headOf(plain)).toMatchObject(found)
})

test('menus of a page that is read as a whole are no part of its head', async () => {
  const labels =
    '<table><tr><td>发文机关：</td><td>平江市财政局</td><td>发文字号：</td><td>平财规〔2026〕4号</td></tr></table>'
  const lines = [
    '平江市财政局关于印发奖励办法的通知',
    '各有关单位：',
    '现将《奖励办法》印发给你们，请遵照执行。',
  ]
  const page = pageOf(
    '平江市财政局',
    `<div><a>正文</a><a>相关解读</a><a>附件下载</a></div>${labels}${lines.map(line => `<p>${line}</p>`).join('')}`,
  )
  expect(await headOf(page)).toMatchObject({
    number: '平财规〔2026〕4号',
    title: '平江市财政局关于印发奖励办法的通知',
    addressees: ['各有关单位'],
  })
})

test('an order in a caption tells office and number, and a section of an office is none', async () => {
  const rule = pageOf(
    '创业载体促进办法',
    '<p>创业载体促进办法</p><p>（2026年2月11日平江市人民政府令第33号公布　自2026年4月1日起施行）</p><p>第一条　为了促进创业，制定本办法。</p>',
  )
  expect(await headOf(rule)).toMatchObject({
    issuers: ['平江市人民政府'],
    number: '平江市人民政府令第33号',
    date: '2026-02-11',
  })
  const notice = pageOf(
    '平江市市场监督管理局2026年抽检信息公告',
    '<h1>平江市市场监督管理局2026年抽检信息公告</h1><p>2026年07月14日 09:00 | 来源：食品抽检科</p><p>近期，我局组织抽检食品120批次，现公告如下：</p>',
  )
  expect(await headOf(notice)).toMatchObject({ issuers: ['平江市市场监督管理局'], date: '2026-07-14' })
})

test('tables drawn with characters are rows, and properties of TOML are left out', async () => {
  const table = ['档次如下：', '┌──┬───┐', '│一档│10万元│', '├──┼───┤', '│二档│20万元│', '└──┴───┘']
  expect(await linesOf(text(table.join('\n')), 'a.txt')).toEqual([
    '档次如下：',
    '一档 | 10万元',
    '二档 | 20万元',
  ])
  expect(await linesOf(text('+++\ntitle = "公告"\n+++\n\n# 关于认定的公告\n'), 'a.md')).toEqual([
    '关于认定的公告',
  ])
})
