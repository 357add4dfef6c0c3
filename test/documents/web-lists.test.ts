import { expect, test } from 'vitest'
import { readHtml } from '../../src/documents/html.ts'
import { parseDocument } from '../../src/documents/structure/index.ts'

const page = (body: string, head = '') =>
  `<html><head><title>关于做好申报工作的通知</title>${head}</head><body><div class="article"><h1>关于做好申报工作的通知</h1>${body}</div></body></html>`
const read = (body: string, head = '') =>
  parseDocument({ kind: 'html', pages: readHtml(page(body, head)) }).passages.map(
    ({ path, text }) => `${path.join('/')} ${text}`,
  )

test('items have the numbers that the browser draws, in Chinese too', () => {
  const items = '<li>按时申报。</li><li>如实填写：<ol><li>名称；</li><li>地址。</li></ol></li>'
  const clauses = ['一、 一、按时申报。', '二、 二、如实填写：', '二、/1. 1. 名称；', '二、/2. 2. 地址。']
  expect(read(`<ol style="list-style-type: cjk-ideographic">${items}</ol>`)).toEqual(clauses)
  expect(
    read(`<ol class="cn">${items}</ol>`, '<style>.cn { list-style: simp-chinese-informal inside }</style>'),
  ).toEqual(clauses)
  expect(read('<ol type="a"><li>甲；</li><li>乙。</li></ol>')).toEqual(['a. a. 甲；', 'b. b. 乙。'])
})

test('items with numbers of their own have no others', () => {
  expect(read('<ol><li>（一）甲；</li><li>（二）乙。</li></ol>')).toEqual([
    '（一） （一）甲；',
    '（二） （二）乙。',
  ])
})

test('numbers in cells, terms or blocks of their own stand in front of their words', () => {
  const clauses = ['第一条 第一条 为支持创新，制定本办法。', '第二条 第二条 本办法由区科技局解释。']
  const [first, second] = ['为支持创新，制定本办法。', '本办法由区科技局解释。']
  const row = (label: string, text: string) => `<tr><td width="60">${label}</td><td>${text}</td></tr>`
  expect(read(`<table>${row('第一条', first)}${row('第二条', second)}</table>`)).toEqual(clauses)
  expect(read(`<dl><dt>第一条</dt><dd>${first}</dd><dt>第二条</dt><dd>${second}</dd></dl>`)).toEqual(clauses)
  expect(
    read(
      '<section>1</section><section>目的</section><p>1.1 规范使用。</p><section>2</section><section>范围</section><p>2.1 全部设备。</p>',
    ),
  ).toEqual(['1 1 目的', '1/1.1 1.1 规范使用。', '2 2 范围', '2/2.1 2.1 全部设备。'])
  expect(
    read('<h4>问题1</h4><p>谁可以申报？</p><p>答：区内企业。</p><h4>问题2</h4><p>何时申报？</p>'),
  ).toEqual(['问题1 问题1 谁可以申报？', '问题1/第一段 答：区内企业。', '问题2 问题2 何时申报？'])
})

test('a table that cites clauses stays a table', () => {
  const cited =
    '<table><tr><td>第一条</td><td>罚款100元</td></tr><tr><td>第二条</td><td>罚款200元</td></tr></table>'
  expect(
    read(
      `<p>第一条 不得占用通道。</p><p>第二条 不得私拉电线，不得使用明火，不得存放易燃物品。</p><p>处罚如下：</p>${cited}`,
    ).slice(3),
  ).toEqual(['第二条/第二款/表/第一行 第一条 | 罚款100元', '第二条/第二款/表/第二行 第二条 | 罚款200元'])
})

test('paragraphs that are but the lines of a printed page are joined', () => {
  const rest =
    '为贯彻落实创新驱动发展战略，加强对创业型企业的精准支持，规范资金的使用和管理，提高资金的使用效益，制定本办法。'
  const articles = ['一', '二', '三'].map(count => `第${count}条　${rest}`)
  const lines = articles.flatMap(text => text.match(/.{1,24}/gu) ?? [])
  expect(read(lines.map(line => `<p>${line}</p>`).join('')).map(each => each.split(' ')[0])).toEqual([
    '第一条',
    '第二条',
    '第三条',
  ])
})

test('the first item behind 「答：」 begins a list that goes on in the next paragraph', () => {
  expect(
    read(
      '<p>一、中断缴费怎么算？</p><p>答：（一）3个月以内补缴的，视为连续；</p><p>（二）超过的，重新计算。</p>',
    ),
  ).toEqual([
    '一、 一、中断缴费怎么算？',
    '一、/第一段 答：',
    '一、/（一） （一）3个月以内补缴的，视为连续；',
    '一、/（二） （二）超过的，重新计算。',
  ])
})

test('headings of steps and matters are of their clauses', () => {
  expect(
    read(
      '<p><strong>第一条</strong><strong>【施行日期】</strong>自2026年5月1日起施行。</p><p>第二条 流程如下：</p><dl><dt>（一）申请。</dt><dd>到窗口提交材料。</dd><dt>（二）受理。</dt><dd>当场核对。</dd></dl>',
    ),
  ).toEqual([
    '第一条 第一条【施行日期】自2026年5月1日起施行。',
    '第二条 第二条 流程如下：',
    '第二条/（一） （一）申请。到窗口提交材料。',
    '第二条/（二） （二）受理。当场核对。',
  ])
})

test('a number in front of a digit stays apart from it', () => {
  expect(
    read('<div>1.</div><div>共享打印机。</div><div>2.</div><div>3D打印机只由受过培训的人使用。</div>'),
  ).toEqual(['1. 1.共享打印机。', '2. 2. 3D打印机只由受过培训的人使用。'])
})
