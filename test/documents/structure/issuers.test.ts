import { expect, test } from 'vitest'
import { readDocument } from '../../../src/documents/index.ts'
import { parseDocument } from '../../../src/documents/structure/index.ts'
import { onePage } from '../../../src/documents/text.ts'

const headOf = (...lines: string[]) => parseDocument({ kind: 'txt', pages: onePage(lines) }).head
const issuersOf = (...lines: string[]) => headOf(...lines).issuers
const parse = async (text: string, name: string) =>
  parseDocument(await readDocument(new TextEncoder().encode(text), name))

const body = '根据有关规定，现将有关事项公告如下。'
const rule = '第一条　为规范服务行为，维护公平竞争，制定本规则。'
const title = '共享会议室使用规则'

test('an act and a kind of body make the name of a field that tells the issuer', () => {
  for (const name of ['供稿单位', '撰稿单位', '解读机构', '出台部门', '发布方', '团体名称', '供稿'])
    expect(issuersOf(title, `${name}：平江区知识产权促进中心`, rule)).toEqual(['平江区知识产权促进中心'])
  expect(issuersOf(title, rule, '文字整理丨平江区知识产权促进中心', '编辑丨小林')).toEqual([
    '平江区知识产权促进中心',
  ])
})

test('no field of an applicant, of a task or of a section names the issuer', () => {
  for (const field of ['申报单位：平江区某某公司', '推荐单位：平江区商务局', '审核：叶示例'])
    expect(issuersOf(title, rule, field)).toEqual([])
  expect(issuersOf(title, rule, '（责任单位：平江区科技局、平江区财政局）')).toEqual([])
})

test('a newspaper is told by the source of a page, and any other name of a site is not', () => {
  expect(issuersOf(title, '来源：平江日报　2026-03-06', rule)).toEqual(['平江日报'])
  for (const site of ['网络', '互联网', '本站', '星火之家'])
    expect(issuersOf(title, `来源：${site}`, rule)).toEqual([])
})

test('a body that its own rule calls 本会 or names with its 秘书处 gives itself that rule', () => {
  expect(issuersOf('平江县众创空间联盟自律公约', rule, '第二条　违反的，由联盟秘书处提醒。')).toEqual([
    '平江县众创空间联盟',
  ])
  expect(issuersOf('平江省高新技术企业协会会费管理办法', '第一条　根据本会章程，制定本办法。')).toEqual([
    '平江省高新技术企业协会',
  ])
  expect(issuersOf('平江市众创空间管理办法', '第一条　为规范众创空间管理，制定本办法。')).toEqual([])
})

test('an office with its whole name beside something else below the title is the issuer', () => {
  expect(issuersOf(title, '绿动众创空间木工坊 · 第3版', rule)).toEqual(['绿动众创空间木工坊'])
  expect(headOf(title, '平江软件园开发有限公司 2026-11-03 10:00 已读 318', rule)).toMatchObject({
    issuers: ['平江软件园开发有限公司'],
    title,
    date: '2026-11-03',
  })
})

test('a text says who wrote it, who explains it, or where to ask about its explanation', () => {
  expect(issuersOf(title, '编者按：平江区科技局梳理了以下问题。', '一、哪些空间可以申请？')).toEqual([
    '平江区科技局',
  ])
  expect(issuersOf(title, rule, '第二条　本规则由平江区图书馆负责解释。')).toEqual(['平江区图书馆'])
  expect(
    issuersOf(title, '一、背景', '为此制定。', '二、解读机构', '平江市商务局，电话：0591-00000355'),
  ).toEqual(['平江市商务局'])
})

test('office, number and day in one line are fields of their own', () => {
  const line = '平江区船政文化城管理委员会　平船委综〔2026〕9号　2026年4月28日'
  expect(headOf(line, '文创摊位管理规定（试行）', rule)).toMatchObject({
    issuers: ['平江区船政文化城管理委员会'],
    number: '平船委综〔2026〕9号',
    title: '文创摊位管理规定（试行）',
    date: '2026-04-28',
  })
})

test('brackets below a title tell the office and the day, and who passed it without the meeting', () => {
  expect(
    headOf('股权纠纷十问十答', '（平江区司法局普法科　2026年5月11日）', '问：口头约定算数吗？'),
  ).toMatchObject({
    issuers: ['平江区司法局'],
    title: '股权纠纷十问十答',
    date: '2026-05-11',
  })
  const passed = '（2026年1月18日平江区鼓山镇商会第二届会员大会第三次会议通过）'
  expect(issuersOf('会员企业用工互助公约', passed, rule)).toEqual(['平江区鼓山镇商会'])
})

test('a committee with a name in quotation marks and the count of its session signs', () => {
  const committee = '第九届“平江杯”创新创业大赛组委会'
  expect(issuersOf('大赛参赛须知', '请各团队认真阅读。', committee, '2026年7月15日')).toEqual([committee])
})

test('labels may tell the title of a text that has no other', async () => {
  const table =
    '| 文件名称 | 3D打印机使用规程 |\n|---|---|\n| 文件编号 | PGY-SB-2026-004 |\n| 编制部门 | 蒲公英创新工场设备组 |\n\n1 目的\n\n规范使用。\n'
  expect((await parse(table, 'a.md')).head).toMatchObject({
    issuers: ['蒲公英创新工场设备组'],
    number: 'PGY-SB-2026-004',
    title: '3D打印机使用规程',
  })
})

test('properties above a Markdown text tell its author and day', async () => {
  const text =
    '---\ntitle: 星级评定标准\nauthor: 平江市众创空间服务促进会\ndate: 2026-12-01\ntags: [标准]\n---\n'
  const head = { issuers: ['平江市众创空间服务促进会'], title: '星级评定标准', date: '2026-12-01' }
  expect((await parse(`${text}\n# 星级评定标准\n\n一、基本条件\n`, 'a.md')).head).toMatchObject(head)
  expect((await parse(`${text}\n一、基本条件\n`, 'a.md')).head).toMatchObject(head)
})

const page = (content: string, own = title) =>
  `<html><head><meta charset="utf-8"><title>${own}</title></head><body><h1>${title}</h1>${content}<p>${rule}</p><p>第二条　每个团队每周预约不超过3次，每次不超过2小时。</p></body></html>`

test('elements of a byline stand apart, whatever its author is', async () => {
  const byline = '<p><span>平江知产</span><span>2026-06-11</span></p>'
  expect((await parse(page(byline), 'a.html')).head).toMatchObject({ title, date: '2026-06-11' })
  const office = '<div><b>平江软件园开发有限公司</b><time>2026-06-11 09:30</time></div>'
  expect((await parse(page(office), 'a.html')).head).toMatchObject({
    issuers: ['平江软件园开发有限公司'],
    title,
    date: '2026-06-11',
  })
})

test('a page on the site of an office is by that office where nothing else names one, of a government not', async () => {
  const meta = '<meta name="PubDate" content="2026-07-02 10:00">'
  const own = page('', `${title}_政策文件_平江省知识产权局`).replace('<title>', `${meta}<title>`)
  expect((await parse(own, 'a.html')).head).toMatchObject({
    issuers: ['平江省知识产权局'],
    date: '2026-07-02',
  })
  const portal = await parse(page('', `${title}_政策文件_平江市人民政府`), 'a.html')
  expect(portal.head.issuers).toEqual([])
  const labelled = await parse(page('<p>来源：平江市商务局</p>', `${title}-平江省知识产权局`), 'a.html')
  expect(labelled.head.issuers).toEqual(['平江市商务局'])
})

test('the office of a product is told by the title, and a remark in brackets is none of it', () => {
  const product = '平江银行城东支行“创客E贷”产品手册'
  expect(headOf(product, '（内部培训使用，以合同为准）', '1. 产品定位', '面向小微企业。')).toMatchObject({
    issuers: ['平江银行城东支行'],
    title: product,
  })
})

test('a name of an unknown kind signs where the title begins with it', () => {
  const name = '平江海峡人才市场'
  expect(issuersOf(`${name}招聘会参会须知`, '一、凭证入场。', name)).toEqual([name])
  expect(issuersOf(title, '一、凭证入场。', '平江区物业服务中心', '2026年7月1日起执行')).toEqual([
    '平江区物业服务中心',
  ])
})

test('the short name of the Youth League is no other office', () => {
  const league = '中国共产主义青年团平江区委员会'
  const lines = [league, '团平联〔2026〕3号', '关于举办活动的通知', '各团委：', rule]
  expect(issuersOf(...lines, '共青团平江区委员会', '2026年4月30日')).toEqual([league])
})

const notice = '平江县工业局 平江县财政局转发市工业局关于开展2026年诊断服务工作的通知'
const repost = (above: string, own = notice) =>
  parse(
    `<html><head><meta charset="utf-8"><title>转发诊断服务工作的通知_平江县服务中心</title></head><body><h2>转发诊断服务工作的通知</h2>${above}<div><p>${own}</p><p>平工〔2026〕37号</p><p>各有关企业：</p><p>现将通知转发给你们。</p><p>一、服务对象为上一年度营业收入2000万元以上的制造业中小企业。</p><p>二、诊断人员驻厂不少于2日。</p></div></body></html>`,
    'a.html',
  )

test('a page with another headline and a summary above the document tells the title of the document', async () => {
  const summary = '<div class="intro">县工业局转发通知，9月10日前报名。</div>'
  expect((await repost(`<div>时间：2026-08-26 来源：县工业局</div>${summary}`)).head).toMatchObject({
    title: notice,
    number: '平工〔2026〕37号',
    addressees: ['各有关企业'],
  })
})

test('fields in brackets, and the same matter with the whole name of the office, are of the head', async () => {
  const head = (
    await parse(
      '<html><head><meta charset="utf-8"><title>区政府关于建设集聚区的意见</title></head><body><h1>区政府关于建设集聚区的意见</h1><p>【来源：区政府办】【发布时间：2026-02-02】</p><p>平江市平江区人民政府文件</p><p>平政综〔2026〕12号</p><p>平江市平江区人民政府关于建设集聚区的意见</p><p>各镇人民政府：</p><p>一、每年安排资金500万元，用于集聚区建设和创客团队落户奖励。</p><p>二、首次认定的团队给予一次性奖励20万元。</p></body></html>',
      'a.html',
    )
  ).head
  expect(head).toMatchObject({
    number: '平政综〔2026〕12号',
    title: '平江市平江区人民政府关于建设集聚区的意见',
    addressees: ['各镇人民政府'],
  })
})

test('a headline without the end of a title is one where the page calls itself so, below it its own title is', async () => {
  const catching = '创业人员参加医保，这八个问题问得最多'
  const of = async (lines: string[]) => {
    const text = lines.map(line => `<p>${line}</p>`).join('')
    const file = `<html><head><meta charset="utf-8"><title>${catching}</title></head><body><h1>${catching}</h1>${text}<p>一、按照规定，用工之日起30日内应当办理参保登记手续。</p><p>二、中断3个月以内补缴的，视同连续参保。</p></body></html>`
    return (await parse(file, 'a.html')).head.title
  }
  expect(await of(['2026-07-04 10:31', '创业人员参保政策问答', '平江市医疗保障局'])).toBe(
    '创业人员参保政策问答',
  )
  expect(await of(['平江市医疗保障学会', '已认证机构号', '52 人赞同了该文章'])).toBe(catching)
})

test('a short name in a byline gives way to the office that signs, and a joint order keeps its two', () => {
  const lines = [
    '关于印发《评价办法》的通知',
    '各众创空间：',
    '一、按季度评价。',
    '平江市平江区科学技术局',
    '2026年4月2日',
  ]
  expect(issuersOf('信息中心', '平科〔2026〕19号', ...lines)).toEqual(['平江市平江区科学技术局'])
  const joint = ['平江市税务局', '平江市市场监督管理局']
  expect(issuersOf(...joint, '公　告', '2026年第4号', '关于推行一网服务的公告', body)).toEqual(joint)
})

test('a cover below the title and a day of its revision are of the head', () => {
  expect(
    headOf('操作手册说明', '（V2.1）', '平江省创新服务中心', '2026年8月8日', '1 登录', '打开浏览器。'),
  ).toMatchObject({
    issuers: ['平江省创新服务中心'],
    date: '2026-08-08',
  })
  expect(headOf('入盟申请流程', '（2026年3月30日更新）', rule)).toMatchObject({
    title: '入盟申请流程',
    date: '2026-03-30',
  })
})

test('blanks without a width are left out, and the hall of services is the site of its offices', async () => {
  const { head } = await parse(
    page('<div>您所在的位置：首页/法人办事</div><p>各入驻团队：\u200b</p>', `${title}-平江网上办事大厅`),
    'a.html',
  )
  expect(head).toMatchObject({ issuers: [], title, addressees: ['各入驻团队'] })
})

test('contents beside the text, the last change and fields behind other ones are of the head', () => {
  const rules = '共享会议室管理规定'
  const beside = ['最近修改: 1月9日 10:12', '一、总则二、费用三、附则', rules, '林小洲']
  const lines = ['绿洲众创空间运营管理中心', '2026年1月8日', '各入驻团队：', rule]
  expect(headOf(rules, ...beside, ...lines)).toMatchObject({
    issuers: ['绿洲众创空间运营管理中心'],
    title: rules,
    date: '2026-01-08',
    addressees: ['各入驻团队'],
  })
  expect(headOf(title, '办件评价：4.9分　办件量：612　发布日期：2026-03-05', rule).date).toBe('2026-03-05')
})
