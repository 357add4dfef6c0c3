import { expect, test } from 'vitest'
import { readDocument } from '../../src/documents/index.ts'
import { parseDocument } from '../../src/documents/structure/index.ts'

const text = '为优化创业环境，支持各类主体开展创新创业活动，结合我市实际，现就有关事项通知如下：'
const clauses = [
  '一、在本市依法登记注册、具有独立法人资格的企业，成立时间不超过5年的，可以申报。',
  '二、对首次认定的，给予一次性奖励20万元；年度考核优秀的，按照实际投入的30%给予补助。',
  '三、申报单位登录政务服务平台填写申请表，上传相关证明材料，并对真实性负责。',
]
const title = '平江区科学技术局关于申报创业项目的通知'
const office = '平江区科学技术局'
const number = '平科〔2026〕37号'
const body = [text, ...clauses, office, '2026年6月16日'].map(line => `<p>${line}</p>`).join('\n')
const parse = async (page: string) =>
  parseDocument(await readDocument(new TextEncoder().encode(page), 'a.html'))
const page = (content: string, own = `${title}_平江区人民政府`) =>
  `<html><head><meta charset="utf-8"><title>${own}</title></head><body><div class="menu"><a>首页</a><a>公开</a></div>${content}</body></html>`
const below = `<div class="tt">${title}</div><div class="txt"><p>各有关单位：</p>${body}</div>`

/** Forms in which pages hold the number of a document, and nothing else tells it. */
const forms = {
  'names in bold type, their letters apart': `<ul><li><b>索 引 号：</b>PJ-0012</li><li><b>备注/文号：</b>${number}</li></ul>`,
  'names and values by turns, blocks of one row': `<div><div>索引号</div><div>PJ-0012</div><div>发文机关</div><div>${office}</div></div><div><div>文号</div><div>${number}</div><div>成文日期</div><div>2026-06-16</div></div>`,
  'a label and its value behind it without an element': `<div><div><label>索引号</label>PJ-0012</div><div><label>文号</label>${number}</div></div>`,
  'the colon behind the element of the name': `<div><span>发文机构</span>：${office} <span>发文字号</span>：${number}</div>`,
  'a table whose first row says the title': `<table><tr><td colspan="4">${title}</td></tr><tr><td>索引号</td><td>PJ-0012</td><td>文号</td><td>${number}</td></tr></table>`,
  'a list of terms with colons': `<dl><dt>发文字号：</dt><dd>${number}</dd><dt>来　　源：</dt><dd>区科技局</dd></dl>`,
}

for (const [form, fields] of Object.entries(forms))
  test(`the fields of a page: ${form}`, async () => {
    const { head } = await parse(page(`<div class="i">${fields}</div>${below}`))
    expect(head).toEqual({
      issuers: [office],
      number,
      title,
      date: '2026-06-16',
      addressees: ['各有关单位'],
    })
  })

test('a row with a semicolon between title and text is of the head', async () => {
  const rows = `<table><tr><th>文号</th><td>${number}</td></tr><tr><th>主题词</th><td>青年；创业</td></tr></table>`
  const { head } = await parse(page(`<h1>${title}</h1>${rows}<div><p>各有关单位：</p>${body}</div>`))
  expect(head).toMatchObject({ number, title, addressees: ['各有关单位'] })
})

test('the name of a site in the first headline is no part of the title below it', async () => {
  const short = '关于平江区创业基地拟认定名单的公示'
  const { head } = await parse(
    page(
      `<div class="header"><h1>平江区科技局</h1></div><div><h2>${short}</h2><div>2026-05-21 来源：平江区科技局</div>${body}</div>`,
      '公示公告',
    ),
  )
  expect(head.title).toBe(short)
})

test('the document below the headline of a page says its whole title and number', async () => {
  const joint = ['平江区科学技术局', '平江区财政局　文件', number]
  const whole = '平江区科学技术局 平江区财政局关于申报创业项目的通知'
  const lines = [...joint, whole, '各有关单位：'].map(line => `<p>${line}</p>`).join('')
  const { head } = await parse(
    page(
      `<h1>关于申报创业项目的通知</h1><div>发布日期：2026-06-18 | 来源：政策科</div><div>${lines}${body}</div>`,
      '关于申报创业项目的通知',
    ),
  )
  expect(head).toMatchObject({ number, title: whole, addressees: ['各有关单位'] })
})

test('the kind of document that a page writes in front of a title is none of it', async () => {
  const { head } = await parse(
    page(`<div>【规范性文件】${title}</div><div>发文机关：${office} 文号：${number}</div><div>${body}</div>`),
  )
  expect(head).toMatchObject({ title, number })
})

test('a number in a box of its own goes with the heading beside it', async () => {
  const boxes = ['一、', '二、']
    .map(label => `<section><section>${label}</section><section>申请${label[0]}</section></section>`)
    .join(`<p>${text}</p>`)
  const { passages } = await parse(page(`<h1>创业担保贷款办事指南</h1><div>${boxes}${body}</div>`))
  expect(passages.map(passage => passage.text)).toEqual(expect.arrayContaining(['一、申请一', '二、申请二']))
})

test('a file to be fetched below the text is no clause', async () => {
  const articles = ['一', '二', '三']
    .map(count => `<p>第${count}条　${text.replace('：', '。')}</p>`)
    .join('')
  const file = `<p>附件【<a href="/a">平科〔2026〕37号.pdf</a>】已下载<span>18</span>次</p>`
  const { passages } = await parse(page(`<h1>平江区创业项目管理办法</h1><div>${articles}${file}</div>`))
  expect(passages.map(({ path }) => path)).toEqual([['第一条'], ['第二条'], ['第三条']])
})

test('a repost is read from the title and number of the document on, with the bylines of the page', async () => {
  const own = ['平江区科学技术局关于申报创业项目的通知', number, '各有关单位：']
    .map(line => `<p>${line}</p>`)
    .join('')
  for (const headline of ['十条措施来了，快来看看', '转发：平江区科学技术局关于申报创业项目的通知']) {
    const { head } = await parse(
      page(
        `<h1>${headline}</h1><p>小编 2026-06-20 09:00 | 阅读 12</p><div><p>各位伙伴，请需要申报的企业联系前台，微信同号。</p>${own}${body}</div>`,
        `${headline} | 星火空间`,
      ),
    )
    expect(head).toMatchObject({ number, title, date: '2026-06-16', addressees: ['各有关单位'] })
  }
})

test('the sentences of a repost are kept, and what the page grants itself may be quoted', async () => {
  const repost = (words: string) =>
    parse(
      page(
        `<h1>区科技局关于转发省厅文件的若干说法</h1><p>2026-06-20 09:00</p><div><p>${words}</p><p>${title}</p><p>${number}</p><p>各有关单位：</p>${body}</div>`,
        '区科技局关于转发省厅文件的若干说法',
      ),
    )
  const greeting = '各位伙伴，请需要申报的企业联系前台。'
  const { head, outside } = await repost(greeting)
  expect(head).toMatchObject({ number, title })
  expect(outside).toContain(greeting)
  for (const words of [
    '本区企业按省厅文件执行，另行配套补助5万元',
    '本区企业请于5月1日前报区科技局',
    '本区配套 30％',
  ]) {
    const sentence = await repost(`${words}。`)
    expect(sentence.passages.map(passage => passage.text)).toContain(`${words}。`)
    expect((await repost(words)).outside).toContain(words)
  }
})

test('a row of very many names of fields is read once', { timeout: 60_000 }, async () => {
  const took = async (content: string) => {
    const start = process.cpuUsage()
    await readDocument(new TextEncoder().encode(content), 'a.html')
    const { user, system } = process.cpuUsage(start)
    return (user + system) / 1000
  }
  await took('<p>文号</p>')
  for (const content of ['<span>文号</span>', '<p>文号</p><p>甲</p>', '<span>文号</span><span></span>'])
    expect(await took(`<div>${content.repeat(1600)}`)).toBeLessThan(2500)
})

test('a field names an office of whatever kind, and a source does not', async () => {
  const rules = '<p>第一条　为规范入园企业管理，制定本办法。</p><p>第二条　考核每年进行一次。</p>'
  const issuersOf = async (field: string) =>
    (await parse(page(`<h1>入园企业考核办法</h1><div>${field}</div><div>${rules}</div>`))).head.issuers
  expect(await issuersOf('发布部门：平江大学星火之家')).toEqual(['平江大学星火之家'])
  expect(await issuersOf('来源：平江大学星火之家')).toEqual([])
  expect(await issuersOf('整理：欧阳修文')).toEqual([])
  for (const all of ['各有关部门', '区直各单位', '相关职能部门', '有关乡镇街道'])
    expect(await issuersOf(`责任单位：${all}`)).toEqual([])
})

test('a field in brackets is one, and does not end the head', async () => {
  const { head } = await parse(
    page(
      `<center>${title}</center><center>(发布日期：2026-06-18)</center><center>${number}</center><div>${body}</div>`,
    ),
  )
  expect(head).toMatchObject({ title, number })
})

test("an editor's own elements are paragraphs", async () => {
  const lines = [office, '文件编号：YM-SOP-07　版本：B/1', '1 目的', '规范使用，防止火灾。', '2 范围', text]
  const { head, passages } = await parse(
    page(
      `<h1>激光切割机操作规程</h1><article>${lines.map(line => `<ne-p><ne-text>${line}</ne-text></ne-p>`).join('')}</article>`,
    ),
  )
  expect(head).toMatchObject({ issuers: [office], number: 'YM-SOP-07' })
  expect(passages.map(passage => passage.text)).toContain('规范使用，防止火灾。')
})

test('an attachment on a page of its own is read without its sign, and a month is no text', async () => {
  const plan = '平江区创新创业发展规划'
  const lines = ['附件', plan, office, '2026年6月', '第一章　发展基础', text, '第二章　总体要求', text]
  const { head, passages } = await parse(
    page(`<h1>${plan}</h1><div>${lines.map(line => `<p>${line}</p>`).join('')}</div>`, `${plan} | ${office}`),
  )
  expect(head).toMatchObject({ title: plan, issuers: [office] })
  expect(passages[0]?.path).toEqual(['第一章'])
})
