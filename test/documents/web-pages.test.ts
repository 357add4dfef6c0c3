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
