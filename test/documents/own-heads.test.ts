import { expect, test } from 'vitest'
import { readDocument } from '../../src/documents/index.ts'
import { parseDocument } from '../../src/documents/structure/index.ts'

const parse = async (title: string, content: string) => {
  const page = `<html><head><meta charset="utf-8"><title>${title}</title></head><body>${content}</body></html>`
  return parseDocument(await readDocument(new TextEncoder().encode(page), 'a.html'))
}
const paragraphs = (lines: readonly string[]) => lines.map(line => `<p>${line}</p>`).join('')

const own = {
  title: '平江市科学技术局 平江市财政局关于组织2026年度市集诊断服务工作的通知',
  number: '平科〔2026〕37号',
  addressees: ['各乡镇人民政府', '各有关企业'],
  date: '2026-08-24',
  issuers: ['平江市科学技术局', '平江市财政局'],
}
const body = [
  '各乡镇人民政府，各有关企业：',
  '为帮助小微企业找准方向，决定组织2026年度市集诊断服务。现就有关事项通知如下：',
  '一、诊断服务对企业免费，每家企业不超过1.5万元，由市财政直接支付给服务机构。',
  '二、报名截至9月10日，逾期不予受理，名单在本局网站公示5个工作日。',
  '平江市科学技术局　平江市财政局',
  '2026年8月24日',
]
const menu = '<div><a>首页</a><a>政策</a></div><div>当前位置：<a>首页</a> &gt; <a>政策</a></div>'

test('a document that begins with its own head keeps it under the shorter headline of a site', async () => {
  const headline = '转发市科技局诊断服务的通知'
  const page = `${menu}<h2>${headline}</h2><div><span>来源：</span>信息中心 <span>时间：</span>2026-09-01</div><div class="intro">市科技局组织诊断服务，9月10日前报名。</div><div class="content">${paragraphs([own.title, own.number, ...body])}</div>`
  const { head, passages } = await parse(headline, page)
  expect(head).toMatchObject(own)
  expect(passages[0]?.text).toBe(body[1])
})

test('a page says which sentences around its document were not read', async () => {
  const lead = '市科技局组织诊断服务，免费做一次数字化诊断，9月10日前报名。'
  const document = `<div class="content">${paragraphs([own.title, own.number, ...body])}</div>`
  const gapsOf = async (above: string, below: string) =>
    (await parse('诊断服务通知', `${menu}<h2>诊断服务通知</h2>${above}${document}${below}`)).gaps
  const site =
    '<div><a>上一篇：园区已经开放，欢迎前来参观。</a></div><footer>版权归本站所有，转载请注明出处。</footer>'
  expect(await gapsOf('<div>来源：信息中心</div>', site)).toEqual([])
  expect(await gapsOf(`<div class="intro">${lead}</div>`, site)).toEqual([
    '网页正文之外有 1 段文字没有读，是「市科技局组织诊断服务，免费做一次数字化诊……」。',
  ])
  const comment = '<div class="comments"><p>报名还来得及，谢谢各位。</p></div>'
  expect(await gapsOf(`<div class="intro">${lead}</div>`, comment)).toEqual([
    '网页正文之外有 2 段文字没有读，第一段是「市科技局组织诊断服务，免费做一次数字化诊……」。',
  ])
})

test('fields that the head of a document lacks are filled in from the page', async () => {
  const page = `${menu}<div>索引号：PJ00-1 文号：${own.number} 发布机构：平江市信息中心</div><h2>诊断服务通知</h2><div class="content">${paragraphs([own.title, ...body])}</div>`
  expect((await parse('诊断服务通知', page)).head).toMatchObject(own)
})

test('an article without a title of its own matter has the headline of its page', async () => {
  const headline = '平江市创业园第9次主任办公会议纪要'
  const minutes = [
    '主任办公会议纪要',
    '〔2026〕9号',
    '平江市创业园办公室　2026年10月13日',
    '2026年10月9日，主任郑某主持召开第9次主任办公会议。现纪要如下：',
    '一、同意与现运营方续约两年，租金由每月每平方米38元调整为35元。',
  ]
  const { head } = await parse(
    headline,
    `<h2>${headline}</h2><div>来源：本站 时间：2026-10-16</div><div class="content">${paragraphs(minutes)}</div>`,
  )
  expect(head).toMatchObject({ title: headline, number: '〔2026〕9号' })
})

test('a guide within the boxes of a services site is read without tabs, tags and the cut abstract', async () => {
  const sections = ['适用对象', '办理流程', '咨询投诉']
    .map(
      (name, at) =>
        `<section><h3><span class="no">${at + 1}</span><span class="name">${name}</span></h3><div>${at + 1}.1 申请人应当在本区登记，并且实际经营满6个月。</div></section>`,
    )
    .join('')
  const page = `<div class="crumb">首页/创业/指南</div><div><h2>平江区创业贷款办理指南</h2><div><span class="el-tag a">即办件</span><span class="el-tag b">可网办</span></div></div><div><div><label>编制单位：</label><span>平江区人力资源和社会保障局</span></div><div><label>编制日期：</label><span>2026年9月15日</span></div>${sections}</div>`
  const { head, passages } = await parse('创业贷款 - 办事指南', page)
  expect(head).toMatchObject({
    title: '平江区创业贷款办理指南',
    issuers: ['平江区人力资源和社会保障局'],
  })
  expect(passages.map(({ path }) => path.at(-1))).toEqual(['1', '1.1', '2', '2.1', '3', '3.1'])
  const rule = [
    '（平江区科学技术局2026年4月8日印发）',
    '第一条　为鼓励小微企业和创客团队购买科技服务，降低研发成本，制定本细则。',
    '第二条　创新券分为5000元、2万元和5万元三种，不得转让、买卖，不得兑现给持券人，逾期自动作废。',
  ]
  const cut = `<h2>平江区创新券实施细则</h2><div>时间：2026-04-20 来源：未知</div><div>为鼓励小微企业，平江区推出创新券，最高5万元……</div><div class="content">${paragraphs(rule)}</div>`
  expect((await parse('平江区创新券实施细则', cut)).head).toMatchObject({
    issuers: ['平江区科学技术局'],
    date: '2026-04-08',
  })
})

const notice = (content: string) =>
  `<div class="content">${paragraphs(['平江市科学技术局关于配置设备的通知', '平科〔2026〕3号'])}<p><b>各众创</b><b>空间：</b></p><p>经研究决定，为各众创空间配置下列设备。现就有关事项通知如下：</p><p>一、设备</p>${content}<p>二、要求。各单位应当加强管理，定期维护，保证设备完好。</p></div>`
const list = (attributes: string, ...items: string[]) =>
  `<ol${attributes}>${items.map(item => `<li>${item}</li>`).join('')}</ol>`
const labelled = async (content: string) => {
  const { head, passages } = await parse('关于配置设备的通知', notice(content))
  expect(head.addressees).toEqual(['各众创空间'])
  return passages.slice(2, -1).map(({ path, text }) => [path.at(-1), text])
}

test('a list is counted as its browser draws it, once where its items begin with their numbers', async () => {
  expect(await labelled(list('', '1.切割机两台；', '2.3D打印机五台。'))).toEqual([
    ['1.', '1.切割机两台；'],
    ['2.', '2. 3D打印机五台。'],
  ])
  expect(
    await labelled(list(' style="list-style:none"', '（一）切割机两台；', '（二）打印机五台。')),
  ).toEqual([
    ['（一）', '（一）切割机两台；'],
    ['（二）', '（二）打印机五台。'],
  ])
  expect(await labelled(list(' type="a"', '切割机两台；', '打印机五台。'))).toEqual([
    ['a.', 'a. 切割机两台；'],
    ['b.', 'b. 打印机五台。'],
  ])
})

test('a clause that begins with its name in brackets has no colon that it does not have', async () => {
  const { passages } = await parse(
    '平江市市集管理办法',
    '<div><p>平江市市集管理办法</p><p><b>第一条</b><b>【发布日期】</b>本办法自2026年5月1日起施行，由市商务局负责解释。</p></div>',
  )
  expect(passages[0]?.text).toBe('第一条【发布日期】本办法自2026年5月1日起施行，由市商务局负责解释。')
})

test('what stands beside the element of the clauses is of the document: a table, a last sentence, who signs', async () => {
  const clauses = `<div class="body">${paragraphs([own.title, own.number, ...body.slice(0, 4)])}</div>`
  const table = '<table><tr><td>档次</td><td>金额</td></tr><tr><td>一档</td><td>5万元</td></tr></table>'
  const end = paragraphs(['本通知自发布之日起施行，有效期两年。', '平江市科技局', '2026年11月20日'])
  const { head, passages } = await parse(
    '诊断服务通知',
    `${menu}<h2>诊断服务通知</h2><div class="content">${clauses}${table}${end}</div>`,
  )
  expect(head.date).toBe('2026-11-20')
  const said = passages.map(({ text }) => text)
  expect(said).toEqual(expect.arrayContaining(['一档 | 5万元', '本通知自发布之日起施行，有效期两年。']))
})
