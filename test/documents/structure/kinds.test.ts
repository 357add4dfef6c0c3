import { expect, test } from 'vitest'
import { parseDocument } from '../../../src/documents/structure/index.ts'

const parsed = (lines: readonly string[]) =>
  parseDocument({ kind: 'txt', pages: [{ number: 1, paragraphs: [...lines], gaps: [] }] })
const paths = (lines: readonly string[]) => parsed(lines).passages.map(({ path }) => path.join('/'))

test('clauses counted by a word of the document have places', () => {
  const minutes = [
    '会议纪要',
    '议题一：租金',
    '会议同意减免。',
    '1.按月减；',
    '2.按季减。',
    '议题二：消防',
    '改造到年底。',
  ]
  expect(paths(minutes)).toEqual([
    '议题一',
    '议题一/第一段',
    '议题一/1.',
    '议题一/2.',
    '议题二',
    '议题二/第一段',
  ])
  const boxes = [
    '某某行动计划',
    '一、任务',
    '（一）诊断',
    '每年500家。',
    '专栏1 内容',
    '1.联网；',
    '（二）改造',
    '补助30%。',
    '专栏2 标准',
  ]
  expect(paths(boxes).slice(3)).toEqual([
    '一、/（一）/专栏1',
    '一、/（一）/专栏1/1.',
    '一、/（二）',
    '一、/（二）/第一段',
    '一、/（二）/专栏2',
  ])
})

test('what answers in step with the questions is no clause of its own; a caption is none either', () => {
  const answers = ['政策问答', 'Q1：谁可以？', 'A1：小微企业。', 'Q2：多少？', 'A2：减半。']
  expect(paths(answers)).toEqual(['Q1', 'Q1/第一段', 'Q2', 'Q2/第一段'])
  const tables = ['调研报告', '一、情况', '表1 收入', '来源 | 占比', '表2 支出', '去向 | 占比']
  expect(paths(tables)).toEqual(['一、', '一、/第一段', '一、/表/第一行', '一、/第二段', '一、/表2/第一行'])
})

const collection = [
  '惠企政策选编',
  '示范区创业服务中心编',
  '2026年7月1日',
  '目 录',
  '一、示范区租金补贴办法',
  '二、关于减免租金的通知',
  '示范区租金补贴办法',
  '（示人社〔2025〕3号）',
  '第一条 每年不超过1万元。',
  '第二条 自2025年4月1日起施行，有效期3年。',
  '关于减免租金的通知',
  '（示人社〔2026〕8号）',
  '一、减免对象为新团队。',
  '二、减免半年。',
]

test('each document of a collection counts anew under its title', () => {
  const { head, passages, validity } = parsed(collection)
  expect(head).toEqual({
    issuers: ['示范区创业服务中心'],
    number: undefined,
    title: '惠企政策选编',
    date: '2026-07-01',
    addressees: [],
  })
  expect(passages.map(({ path }) => path.join('/'))).toEqual([
    '示范区租金补贴办法/第一条',
    '示范区租金补贴办法/第二条',
    '关于减免租金的通知/一、',
    '关于减免租金的通知/二、',
  ])
  expect(validity).toEqual({ from: undefined, until: undefined, repeals: [], isRepealed: false })
})

test('rows of a text beside its translation are clauses; rows that cite clauses are not', () => {
  const beside = [
    '服务指引',
    'Guide for Foreign Founders',
    '第一条 适用于外籍人员。 | Article 1 Foreign nationals.',
    '第二条 条件： | Article 2 Conditions:',
    '（一）注册企业。 | (1) a company.',
  ]
  expect(parsed(beside).head.title).toBe('服务指引')
  expect(paths(beside)).toEqual(['第一条', '第二条', '第二条/（一）'])
  const citing = ['处罚清单', '条款 | 处罚', '第一条 | 罚款', '第二条 | 警告']
  expect(paths(citing)).toEqual(['表/第一行', '表/第二行', '表/第三行'])
})

test('a translation below each clause holds no items', () => {
  const lines = [
    '社区公约',
    '第一条 遵守下列规定：',
    'Article 1 Teams shall observe the rules:',
    '（一）不得转让；',
    '(a) desks shall not be transferred.',
    '第二条 自行保管。',
  ]
  expect(paths(lines)).toEqual(['第一条', '第一条/第二款', '第一条/（一）', '第一条/（一）/第二段', '第二条'])
})

test('a paragraph behind topics of one sentence each is of the whole document', () => {
  const reply = [
    '关于某项目的批复',
    '一、代码：26。',
    '二、工期：24个月。',
    '三、招标核准：',
    '（一）公开招标；',
    '（二）委托招标。',
    '请抓紧开展设计。',
    '有效期2年。',
  ]
  expect(paths(reply).slice(-2)).toEqual(['第一段', '第二段'])
})

test('a form is filled in below its title, and is addressed to no one', () => {
  const form = [
    '创业项目申报书',
    '项目名称：',
    '申报日期：　年　月　日',
    '填表说明',
    '一、一式三份。',
    '二、人数不少于3人。',
    '企业名称 | | 日期 | ',
    '简介 |',
  ]
  expect(parsed(form).head.addressees).toEqual([])
  expect(paths(form)).toEqual(['第一段', '第二段', '第三段', '一、', '二、', '表/第一行', '表/第二行'])
})

test('an announcement without a number of its own is called by its office', () => {
  const lines = [
    '示范区科技局关于发布《服务规则》的公告',
    '2026年第7号',
    '现予发布。',
    '示范区科技局',
    '2026年4月28日',
  ]
  expect(parsed(lines).head.number).toBe('示范区科技局公告2026年第7号')
})

test('a name above the number is that of the office, of whatever kind', () => {
  const lines = [
    '海峡创客共同体文件',
    '海创〔2026〕3号',
    '关于缴纳会费的通知',
    '各成员：',
    '请于3月底前缴纳。',
  ]
  expect(parsed(lines).head).toMatchObject({ issuers: ['海峡创客共同体'], title: '关于缴纳会费的通知' })
})

test('an office above a day ends a title of whatever kind', () => {
  const lines = ['创业贷款线上申请步骤', '示范区人社局 2026年3月10日', '1.登录。', '2.提交。']
  expect(parsed(lines).head).toMatchObject({
    issuers: ['示范区人社局'],
    title: '创业贷款线上申请步骤',
    date: '2026-03-10',
  })
})

test('those who sign an award are no clauses', () => {
  const lines = [
    '仲裁裁决书',
    '裁决如下：',
    '一、支付工资。',
    '二、驳回其他请求。',
    '首席仲裁员 陈某某',
    '仲 裁 员 黄某某',
    '2026年6月12日',
  ]
  expect(parsed(lines).outside.slice(1)).toEqual(['首席仲裁员 陈某某', '仲 裁 员 黄某某', '2026年6月12日'])
})

test('a number whose space is lost counts where it goes on', () => {
  const lines = [
    '消防自查手册',
    '1自查频次',
    '1.1 每日1次。',
    '2自查内容',
    '2.1 通道',
    '2个出口应当畅通。',
    '3问题处理',
  ]
  expect(paths(lines)).toEqual(['1', '1/1.1', '2', '2/2.1', '2/2.1/第一段', '3'])
})

test('documents that are listed right below the title are no part of it', () => {
  const { head, passages } = parsed([
    '榕海市人民政府决定废止的规范性文件目录',
    '榕海市企业技术中心认定管理办法（榕政〔2018〕3号）',
    '榕海市人民政府关于促进创业的若干意见（榕政〔2019〕6号）',
    '榕海市众创空间补助资金管理办法（榕政〔2020〕1号）',
  ])
  expect(head.title).toBe('榕海市人民政府决定废止的规范性文件目录')
  expect(passages).toHaveLength(3)
})

test('who organizes an event is of its text, and below the text of a page none of it', () => {
  const lines = [
    ...['关于举办创业大赛的通知', '各众创空间：', '现就大赛有关事项通知如下：', '一、组织机构'],
    ...['主办单位：平江区科技局、平江区妇联', '联系人：陈某', '二、参赛对象', '在区内注册的企业。'],
    ...['平江区科学技术局', '2026年3月2日', '主办单位：平江区人民政府办公室'],
  ]
  const { passages, outside } = parsed(lines)
  expect(passages.map(({ path, text }) => `${path.join('/')}: ${text}`)).toEqual([
    '第一段: 现就大赛有关事项通知如下：',
    '一、: 一、组织机构',
    '一、/第一段: 主办单位：平江区科技局、平江区妇联',
    '一、/第二段: 联系人：陈某',
    '二、: 二、参赛对象',
    '二、/第一段: 在区内注册的企业。',
  ])
  expect(outside.at(-1)).toBe('主办单位：平江区人民政府办公室')
})

test('the day of printing may be written in Han numerals, with or without a space', () => {
  for (const imprint of [
    '平江区总工会办公室二〇二六年四月二十日印发',
    '平江区总工会办公室 二〇二六年四月二日印发',
  ])
    expect(parsed(['关于某事的通知', '第一条 每人最高2万元。', imprint]).outside.at(-1)).toBe(imprint)
  const clause = '第二条 补助名单由办公室于每月十五日印发'
  expect(parsed(['某办法', '第一条 每人最高2万元。', clause]).passages.at(-1)?.text).toBe(clause)
})

test('numbers below the foot of a page make it no text, and a clause that tells a day of printing is one', () => {
  const notice = ['关于举办创业大赛的通知', '第一条 每人最高2万元。', '平江区科学技术局', '2026年3月2日']
  const foot = '主办单位：平江区人民政府'
  for (const below of ['1.网站地图', '一、友情链接'])
    expect(parsed([...notice, foot, below]).outside).toContain(foot)
  const plan = ['附件', '创业大赛方案', '一、组织机构', foot, '二、参赛对象']
  expect(parsed([...notice, ...plan]).passages.map(({ text }) => text)).toContain(foot)
  for (const day of ['二〇二六年三月二日', '2026年3月2日']) {
    const clause = `第二条 本办法由区科技局${day}印发`
    expect(parsed(['某办法', '第一条 每人最高2万元。', clause]).passages.at(-1)?.text).toBe(clause)
  }
})
