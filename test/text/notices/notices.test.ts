import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { foldCharacters } from '../../../src/text/characters.ts'
import { type LabelledNotice, measureNotices } from '../../../src/text/notices/accuracy.ts'
import { amountValues } from '../../../src/text/notices/amounts/amount-values.ts'
import { readNotice, statedFrom } from '../../../src/text/notices/index.ts'
import { ends } from './ends.ts'

/** Friday of a week without moved working days. */
const publishedOn = Temporal.PlainDate.from('2026-11-20')
const read = (text: string, title = '关于组织申报研发补助的通知') => readNotice({ title, text, publishedOn })
const deadlineOf = (text: string, title?: string) => read(text, title).deadline?.day.toString()
/** The deadline that is told without asking a person. */
const statedIn = (text: string) => {
  const { deadline } = read(text)
  return deadline && deadline.probability >= statedFrom ? deadline.day.toString() : undefined
}

describe('the last day on which an enterprise may submit', () => {
  test.each([
    ['a day with 前 is the last one', '请于12月15日前提交申请。', '2026-12-15'],
    ['full-width digits', '请于２０２６年１２月１５日前提交申请。', '2026-12-15'],
    ['days count from the day after', '自发布之日起30日内提交申请。', '2026-12-20'],
    ['the day of the notice itself begins it', '受理期限为30日，自通告之日起算，请提交申请。', '2026-12-20'],
    ['so do working days', '自本通知印发之日起5个工作日内提交申请。', '2026-11-27'],
    ['the stretch may be named first', '申报期限为30日，自本通知发布之日起计算。', '2026-12-20'],
    ['a month ends on its day', '自公布之日起一个月内提交申请。', '2026-12-20'],
    ['the online one of two', '网上申报12月10日截止，纸质材料12月15日前报送。', '2026-12-10'],
    ['whichever comes first in the text', '纸质材料12月15日前报送，网上申报12月10日截止。', '2026-12-10'],
    ['the one it was moved to', '申报截止时间由12月10日延长至12月20日。', '2026-12-20'],
    ['the corrected one', '“申报截止时间12月1日”更正为“申报截止时间12月11日”。', '2026-12-11'],
    ['the next of several rounds', '第一批申报截止12月10日；第二批申报截止2027年3月31日。', '2026-12-10'],
    ['the end of a span', '申报时间：12月1日至25日。', '2026-12-25'],
    ['a span over new year', '申报时间：2026年12月20日至1月15日。', '2027-01-15'],
    ['the enterprise, not the office', '企业12月5日前提交，各区科技局12月10日前审核推荐。', '2026-12-05'],
    ['the end of this month', '请在本月底前提交申请。', '2026-11-30'],
    ['numerals', '请于十二月十五日前提交申请。', '2026-12-15'],
    ['a weekday', '请于下周五前提交申请。', '2026-11-27'],
    ['midnight belongs to the day before', '申报系统将于12月16日0时关闭。', '2026-12-15'],
    ['24:00 does not', '申报系统将于12月15日24:00关闭。', '2026-12-15'],
  ])('%s', (_, text, day) => {
    expect(deadlineOf(text)).toBe(day)
  })
  test.each([
    ['one may apply at any time', '本事项常年受理，企业可随时提交申请。'],
    ['there is none', '现将名单予以公布。'],
    ['an objection is no application', '公示期为11月20日至26日，如有异议请于11月26日前书面提出。'],
    ['a condition', '2026年12月31日前取得证书的企业可以申报。'],
    ['as of a day', '截至2026年11月30日，成立满一年的企业可以申报。'],
    ['what is in force', '本办法有效期至2028年12月31日。'],
    ['from a day that we do not know', '自立项之日起30日内提交合同书。'],
    ['every year', '每年5月31日前提交年报。'],
    ['only a third of a month is named', '请企业于12月下旬前登录系统提交申报材料，逾期不予受理。'],
    ['no calendar has it', '请于12月32日前提交申请。'],
    ['nobody waits that long', '请于2099年12月31日前提交申请。'],
  ])('none where %s', (_, text) => {
    expect(statedIn(text)).toBeUndefined()
  })
  test('comes with the sentence as it stands', () => {
    const text = '一、支持１００万元。\n二、请于１２月１５日前，登录系统提交。逾期不候。'
    expect(read(text).deadline?.sentence).toBe('二、请于１２月１５日前，登录系统提交。')
  })
  test('comes with its line where that ends with the day', () => {
    const lines = '一、支持10万元\n企业在线提交——2026年12月15日\n专家评审——2026年12月28日\n'
    expect(read(lines).deadlineChoices[0]?.sentence).toBe('企业在线提交——2026年12月15日')
    expect(read(lines).dates.map(({ sentence }) => sentence)).not.toContain('')
  })
})

test('the day to sign up for a course or an examination is never stated', () => {
  const text = [
    '培训对象：有创业意愿的城乡劳动者，小微企业主。',
    '培训时间：12月4日至12月13日，每天8:30至17:00。',
    '报名时间：即日起至11月28日，满30人提前截止，报名时带身份证和毕业证复印件。',
    '费用：全免，不含食宿。',
    '报名电话：0591-83000041',
  ].join('\n')
  for (const title of ['第三期创业培训开班公告', '知识产权职称考试报考提示'])
    expect(read(text, title).deadline?.probability ?? 0).toBeLessThan(statedFrom)
})

test('the day by which those who were supported answer questions is never stated', () => {
  const text = [
    '各有关企业：',
    '为落实审计整改要求，我局将对享受补贴的143家企业开展核实。',
    '1.企业自查：12月21日前填写《自查表》，连同社保缴纳清单发到邮箱 hs@example.com，逾期不予受理。',
    '2.现场核实：12月24日至12月31日，由会计师事务所进行。',
  ].join('\n')
  const title = '关于核实2025年度享受房租补贴企业经营状况的通知'
  expect(read(text, title).deadline?.probability ?? 0).toBeLessThan(statedFrom)
})

test.each([
  [
    'opinions and ideas',
    '关于征集2027年科技计划项目指南建议的函',
    '请填写建议表，于12月15日前通过平台提交，或发送邮件。',
  ],
  [
    'bids for what an office buys',
    '绩效评价第三方服务询价公告',
    '报价文件于12月15日上午10:00前密封送达，逾期拒收。',
  ],
  ['a call that is only about one', '关于申报补助的通知', '企业申报时间大约在12月15日上下，登录系统提交。'],
  ['a call that is not fixed yet', '关于申报补助的通知', '企业申报截止时间暂定12月15日，登录系统提交。'],
  ['a month without its end', '关于申报补助的通知', '企业申报时间为12月，登录系统提交申请。'],
])('the day of %s is never stated', (_, title, text) => {
  expect(read(`各企业：\n${text}`, title).deadline?.probability ?? 0).toBeLessThan(statedFrom)
})

test('a day behind which applying begins is no rival of its end', () => {
  const text = [
    '各有关单位：',
    '一、项目实行网上申报。申报单位于2026年12月3日后登录系统填写申报书，12月15日17时系统自动关闭。',
    '二、组织单位登录系统审核汇总，12月30日前将推荐函报送我局。',
    '三、项目执行期为两年。资助20万元。',
  ].join('\n')
  expect(statedIn(text)).toBe('2026-12-15')
})

test('an earlier day by which others apply, as their local office sets it, makes the later one doubtful', () => {
  const text = [
    '各县区发改局，市属企业：',
    '一、示范项目每个补助500万元，培育项目每个补助200万元，均分两期拨付。',
    '二、申报路径',
    '（一）县区所属企业向当地发改局申报，时间由当地发改局把握，原则上不晚于2026年12月11日；',
    '（二）市属企业直接在“数字榕城”申报，至2026年12月18日止；',
    '（三）县区发改局初选，2026年12月25日前报我委。',
    '三、评审于2027年1月12日起分行业进行，3月底前下达计划。项目建设期两年，往年已获支持的场景不得重复申报。',
    '市发展和改革委员会',
    '2026年11月20日',
  ].join('\n')
  expect(statedIn(text)).toBeUndefined()
})

test('a day by which what was sent back is submitted again is no rival', () => {
  const text = [
    '各有关单位：',
    '第一，申报人须于2021年1月1日后取得博士学位。资助分两档，每人10万元或20万元。',
    '第二，申报采取全程网办。申报人请于十二月五日至十二月三十一日登录“人才在线”进入“资助”模块填报，系统在截止当日24时关闭；审核退回需要修改的，最迟可于一月七日前重新提交，未在截止前首次提交的不予受理。',
    '第三，专家答辩定于二月中旬，结果在网站公示五个工作日。',
    '第四，资助对象应在资助期内每年12月15日前提交经营情况说明，逾期不提交的停止拨付。咨询电话见网站，工作日接听。',
    '2026年11月20日',
  ].join('\n')
  expect(statedIn(text)).toBe('2026-12-31')
})

test('of several tracks the next to close is the likeliest', () => {
  const text = [
    '各有关团队和企业：',
    '为做好第八届数字创意大赛组织工作，现面向全省企业和团队征集作品，一支团队只能进一条赛道，金奖30万元，银奖15万元。',
    '一、参赛作品通过大赛官网提交，各赛道截止时间如下：',
    '赛道一数字文旅：企业在线提交参赛作品的截止时间为12月12日17:00，逾期不予受理；',
    '赛道二短视频：企业在线提交参赛作品的截止时间为12月20日17:00，逾期不予受理。',
    '二、组委会组织专家初评，入围名单另行通知；总决赛于2027年2月8日在福州举行，奖金于2027年3月底前拨付。',
    '三、参赛不收费，不得侵犯他人知识产权，往届获奖作品不再参加。',
  ].join('\n')
  expect(deadlineOf(text, '第八届数字创意大赛征集公告')).toBe('2026-12-12')
})

test('a part of a calendar is no day', () => {
  const text = '◆12月上旬\n12月15日 软件业务收入奖励申报截止\n◆12月中旬\n12月20日 对接会'
  expect(read(text, '12月政策申报月历').deadline?.day.toString()).not.toBe('2026-12-10')
})

test('a park that does books for nothing, or a day for supplements, leaves the deadline certain', () => {
  const text = [
    '各有关企业：',
    '一、园区提供财税代办和导师结对，入选企业补助5万元。',
    '二、企业登录系统提交申报材料，申报时间为2026年12月1日至2026年12月18日，逾期不予受理。补正材料可延至2026年12月25日。',
    '三、园区管委会于2026年12月31日前完成审核。',
  ].join('\n')
  expect(statedIn(text)).toBe('2026-12-18')
})

test('a day that is only advised gives way to the end that it is advised for', () => {
  const text =
    '系统填报时间：12月1日-12月18日。请企业尽量在12月10日前提交申报材料，给自己留出修改时间，逾期不予受理。'
  expect(read(text).deadlineChoices.map(({ day }) => day.toString())).not.toContain('2026-12-10')
  expect(deadlineOf(text)).toBe('2026-12-18')
})

test('of several rounds the next to close, seen from the day of reading', () => {
  const title = '关于分批受理2026年研发补助申请的公告'
  const text = [
    '各有关企业：',
    '2026年研发补助分三批受理，每家企业只能申请一次，最高补助50万元。',
    '一、条件。企业在本区注册，2025年研发费用不低于100万元。',
    '二、受理时间。第一批企业网上申报截止时间为2026年3月31日；第二批企业网上申报截止时间为2026年7月31日；第三批企业网上申报截止时间为2026年10月31日。',
    '三、审核。区科技局在每批截止后15个工作日内组织评审，公示5个工作日。',
    '某区科学技术局',
    '2026年2月10日',
  ].join('\n')
  const likeliestOn = (day: string) =>
    readNotice({
      title,
      text,
      publishedOn: Temporal.PlainDate.from('2026-02-10'),
      readOn: Temporal.PlainDate.from(day),
    }).deadlineChoices[0]?.day.toString()
  expect(likeliestOn('2026-02-10')).toBe('2026-03-31')
  expect(likeliestOn('2026-03-31')).toBe('2026-03-31')
  expect(likeliestOn('2026-04-20')).toBe('2026-07-31')
})

test.each(ends)('%s', (text, day) => {
  if (day === null) expect(statedIn(text)).toBeUndefined()
  else expect([undefined, day]).toContain(statedIn(text))
})

test('where only offices have a day, the day is set locally', () => {
  const local = [
    '各县（市、区）工业和信息化局：',
    '为培育优质中小企业，决定开展2026年度示范平台评选。',
    '一、条件。2025年12月31日前注册登记，近两年服务企业不少于50家。',
    '二、奖补。获评平台每家奖补15万元。',
    '三、程序。平台向所在地工信局提出，具体收件日期由各县（市、区）自行确定并公布。',
    '各县（市、区）工信局审核后，于2026年12月20日前将推荐文件和汇总表报送我局，逾期不予受理。',
    '漳州市工业和信息化局',
    '2026年11月20日',
  ].join('\n')
  expect(read(local)).toMatchObject({ isSetLocally: true, deadline: undefined })
  const ofMinistry = [
    '各省、自治区、直辖市中小企业主管部门：',
    '一、各地组织企业自愿申报。企业登录平台填报的起止时间由省级主管部门根据本地实际确定并公布。',
    '二、省级中小企业主管部门初审，按限额推荐，于2026年12月30日前将推荐文件报送我部。超过时限不予接收。',
    '三、我部于2027年1月29日前组织专家审核。',
    '工业和信息化部办公厅',
    '2026年11月20日',
  ].join('\n')
  expect(read(ofMinistry, '关于开展第八批“小巨人”企业培育工作的通知')).toMatchObject({
    isSetLocally: true,
    deadlineChoices: [],
  })
  expect(read('请企业于12月15日前登录系统提交申请。').isSetLocally).toBe(false)
  expect(read(local, '关于征求《办法（征求意见稿）》意见的通知').isSetLocally).toBe(false)
})

describe('the number of the notice itself', () => {
  const numberOf = (text: string, title?: string) => read(text, title).documentNumber
  test.each([
    ['榕科[2026]12号\n各区科技局：', '榕科〔2026〕12号'],
    ['榕科（２０２６）１２号\n各区科技局：', '榕科〔2026〕12号'],
    ['文号：闽政办〔2026〕3号 发布日期：2026-11-20', '闽政办〔2026〕3号'],
    ['公告2026年第10号\n现公告如下。', '公告2026年第10号'],
    ['国家税务总局公告\n2026年第4号\n现公告如下。', '国家税务总局公告2026年第4号'],
    ['福建省人民政府令\n第228号', '福建省人民政府令第228号'],
    ['漳工信〔二〇二六〕三十六号\n各有关企业：', '漳工信〔2026〕36号'],
    ['漳工信〔二〇二六〕三六号\n各有关企业：', '漳工信〔2026〕36号'],
    ['漳工信〔二〇二六〕一〇五号\n各有关企业：', '漳工信〔2026〕105号'],
    ['漳工信〔二〇二六〕一百零五号\n各有关企业：', '漳工信〔2026〕105号'],
    [
      '根据省里要求，请于12月15日前申报。联系人：小周。漳州市商务局2026年11月20日\n漳商〔2026〕18号',
      '漳商〔2026〕18号',
    ],
    ['漳工信〔2026〕36号　　　　签发：林某\n各有关企业：', '漳工信〔2026〕36号'],
    ['索引号：FZ00106-0200-2026-0006　　文号：漳工信[2026]36号\n各有关企业：', '漳工信〔2026〕36号'],
    ['本须知文号：漳商〔2026〕第9号\n补贴每箱1200元。', '漳商〔2026〕9号'],
    [
      '各有关企业：\n请于12月15日前申报。\n漳州市商务局\n2026年11月20日\n漳商〔2026〕18号（可公开）',
      '漳商〔2026〕18号',
    ],
    [
      '请于12月15日前申报。\n附件：1.申报表\n2.名录（2025版）\n漳州市商务局\n漳商〔2026〕18号',
      '漳商〔2026〕18号',
    ],
    ['请于12月15日前申报。\n抄送：市政府办。　漳商〔2026〕18号', '漳商〔2026〕18号'],
    ['请于12月15日前申报。\n存档：7　发文文号：漳商〔2026〕18号　校对：小周', '漳商〔2026〕18号'],
    ['我局现开展补助申领（漳商〔2026〕18号），依据漳政办〔2025〕14号第七条执行。', '漳商〔2026〕18号'],
    ['根据《贴息办法》（闽林规〔2024〕3号），我局印发本公告（漳商〔2026〕18号）。', '漳商〔2026〕18号'],
    [
      '当前位置：首页 > 通知公告 发布时间：2026-11-20 来源：商务局\n漳商〔2026〕18号 各县区，各有关企业：为做好工作，请于12月15日前申报。',
      '漳商〔2026〕18号',
    ],
    ['漳商〔2026〕18号 各有关企业： 请于12月15日前申报。 漳州市商务局 2026年11月20日', '漳商〔2026〕18号'],
    ['请于12月15日前申报。漳州市商务局2026年11月20日漳商〔2026〕18号', '漳商〔2026〕18号'],
    ['各位老板，县里的项目开报，原文照登如下：\n漳商〔2026〕18号\n各乡镇人民政府：', '漳商〔2026〕18号'],
    ['近日，区中心印发《补助通知》（漳商〔2026〕18号），主要内容如下：\n一、对象。', '漳商〔2026〕18号'],
    ['市商务局发布《补助申报通知》（漳商〔2026〕18号，以下简称“本通知”），要点如下：', '漳商〔2026〕18号'],
    ['（漳商〔2026〕18号）各企业：请于12月15日前申报。', '漳商〔2026〕18号'],
    ['根据《下达通知》（闽财〔2026〕5号），现将资金下达。\n（漳商〔2026〕18号）', '漳商〔2026〕18号'],
  ])('%s', (text, number) => {
    expect(numberOf(text)).toBe(number)
  })
  test.each([
    ['漳商「2026」18号\n各县区：', '漳商〔2026〕18号'],
    ['漳商(2026]l8号\n各县区：', '漳商〔2026〕18号'],
    ['漳商〔2O26〕18号\n各县区：', '漳商〔2026〕18号'],
    ['漳 商 〔 2026 〕 18 号\n各县区：', '漳商〔2026〕18号'],
    ['漳商〔2026〕\n18号\n各县区：', '漳商〔2026〕18号'],
    ['漳商服务\n〔2026〕18号\n各县区：', '漳商服务〔2026〕18号'],
    ['漳商〔2026〕18号文件\n各县区：', '漳商〔2026〕18号'],
  ])('misread by a scanner: %s', (text, number) => {
    expect(numberOf(text)).toBe(number)
  })
  test.each([
    [
      '来源：漳州市商务局　发布时间：2026-11-20　文号：漳商〔2026〕18号　浏览：12次\n各县区：',
      '漳商〔2026〕18号',
    ],
    ['来源：漳州市商务局 | 漳商〔2026〕18号 | 2026-11-20\n各县区：', '漳商〔2026〕18号'],
    ['本文文号为漳商〔2026〕18号，与以前不一致的以本文为准。', '漳商〔2026〕18号'],
    ['《通知》（漳商〔2026〕9号）有误，现予更正。\n本更正说明编号：漳商〔2026〕18号。', '漳商〔2026〕18号'],
    [
      '首页 > 通知公告 发布时间：2026-11-20 10:21 来源：商务局 字号：大 中 小 漳商〔2026〕18号 各乡镇，各企业： 请于12月15日前申报。',
      '漳商〔2026〕18号',
    ],
    ['要点五：文号是什么？漳商〔2026〕18号，11月20日印发。', '漳商〔2026〕18号'],
    ['发件人：商务局\n主题：【漳商〔2026〕18号】补助申领\n各企业：', '漳商〔2026〕18号'],
    ['国家税务总局福建省税务局\n公 告\n2026年第4号\n现公告。', '国家税务总局福建省税务局公告2026年第4号'],
    ['漳州市人民政府通告\n第3号\n现通告。', '漳州市人民政府通告第3号'],
    ['国家知识产权局公告\n（第五〇一号）\n现公告。', '国家知识产权局公告第501号'],
    ['各县区：\n漳商〔2026〕9号的日子改为12月15日。\n市商务局（漳商〔2026〕18号）', '漳商〔2026〕18号'],
    ['请于12月15日前申报。\n附件\n申请书\n填表日期：\n漳商〔2026〕18号附件', '漳商〔2026〕18号'],
  ])('in a place of its own: %s', (text, number) => {
    expect(numberOf(text)).toBe(number)
  })
  test.each([
    ['an attachment', '请于12月15日前申报。\n附件：\n1.申报表\n2.漳商规〔2024〕3号\n漳州市商务局'],
    ['a name in brackets at the foot', '请于12月15日前申报。\n附件：\n评价指标（漳商〔2024〕3号）\n指标一'],
    ['a document under its name', '一、依据\n《认定管理办法》\n国科发火〔2016〕32号\n二、时间\n12月15日前。'],
    ['a list of links', '相关链接：\n闽科高〔2026〕8号\n国科发火〔2016〕32号'],
    [
      'a list in a sentence',
      '主要依据文件有：（1）工信部节〔2022〕88号；（2）渝府发〔2021〕3号。\n9月30日前报送。',
    ],
    ['a list that ends the text', '问：政策出处？答：银发〔2025〕8号、金发〔2025〕3号。'],
    ['a list of what is void', '现决定废止下列文件：\n1.漳商〔2021〕3号\n2.漳商〔2022〕1号'],
    ['a row of a table', '序号|项目|文号|金额\n1|甲项目|漳商〔2025〕31号|20万元'],
    ['one behind a word of citation', '按照漳商〔2026〕18号，请于12月15日前申报。'],
    [
      'one behind an actor and such a word',
      '我区按漳商〔2026〕18号办理，12月15日前申报。\n附：漳商〔2026〕18号',
    ],
    ['one of another office in a sentence', '市里转来省厅通知，文号闽商〔2026〕18号，企业12月10日前报区局。'],
    ['the basis of a project', '立项批文：榕发改审批〔2026〕45号\n递交截止：12月15日。'],
    ['one of a purchase or a licence', '采购文号：榕财采〔2026〕120号\n许可证编号：榕食药监〔2025〕8号'],
    ['a reference at the foot', '12月15日前报我办。\n高新区管委会\n参考：漳商〔2026〕18号'],
  ])('never that of %s', (_, text) => {
    expect(numberOf(text)).toBeUndefined()
  })
  test.each([
    ['a cited one', '根据《管理办法》（国科发火〔2016〕32号），现通知如下。'],
    ['the one that is passed on', '现将《通知》（闽科〔2026〕3号）转发给你们。\n附件：通知\n闽科〔2026〕3号'],
    ['one of a list', '依据文件：\n国科发火〔2016〕32号'],
    ['one of another office', '各企业：\n市里的通知（漳商〔2026〕18号）已发群，请于12月15日前申报。'],
    ['one that another office issued lately', '省工信厅近日印发通知（闽工信〔2026〕17号），启动今年认定。'],
    ['that of the source of a repost', '来源：管委会官网，文号厦高管〔2026〕78号。现将要点转载如下。'],
    ['that of the rules in force', '现行评价办法（国科发政〔2017〕115号）继续执行。'],
    [
      'one that a reporter tells of',
      '近日，区中心印发《补助通知》（漳商〔2026〕18号）。记者获悉，反响热烈。',
    ],
    ['that of what is corrected', '《申报公告》（编号：漳商〔2026〕9号）个别内容有误，现予更正。'],
    ['one that a sentence begins with', '漳政规〔2026〕5号已正式印发，自12月1日起施行。'],
    ['one of a purchase', '采购计划文号：漳财采〔2026〕88号\n递交截止12月15日。'],
    ['one in running text', '企业按漳政办〔2025〕14号文件于12月15日前申报。'],
  ])('never %s', (_, text) => {
    expect(numberOf(text)).toBeUndefined()
  })
  test('never that of rules which are only explained', () => {
    const text = '近日，区政府印发《若干规定》（台政规〔2023〕4号），现解读如下。\n一、背景'
    for (const title of ['《若干规定》政策解读', '一图读懂若干规定'])
      expect(numberOf(text, title)).toBeUndefined()
  })
  test('at the end of the title, but not in its midst', () => {
    expect(numberOf('', '关于申报补助的通知（榕科〔2026〕12号）')).toBe('榕科〔2026〕12号')
    expect(numberOf('', '【榕科〔2026〕12号】关于申报补助的通知')).toBe('榕科〔2026〕12号')
    expect(numberOf('', '关于申报补助的通知_榕科〔2026〕12号')).toBe('榕科〔2026〕12号')
    expect(numberOf('', '关于转发《申报通知》（闽科〔2026〕3号）的通知')).toBeUndefined()
  })
})

describe('sums of money', () => {
  const amountsOf = (text: string) => read(text).amounts.map(({ value }) => value)
  test.each([
    ['最高不超过100万元', ['100万元']],
    ['奖励 30 万元', ['30 万元']],
    ['给予人民币伍拾万元整奖励', ['人民币伍拾万元整']],
    ['补助3万-5万元', ['3万-5万元']],
    ['分别给予50、30、20万元奖励', ['50万元', '30万元', '20万元']],
    ['每件收费500元/件', ['500元']],
    ['按投入的10%给予补助，最高50万', ['50万']],
    ['注册资本1.5亿元以上', ['1.5亿元']],
    ['年出口300万美元以上', ['300万美元']],
    [
      '奖励标准（万元）\n30座以下：3\n30—80座：6\n80座以上：12\n申报至12月31日止',
      ['3万元', '6万元', '12万元'],
    ],
    [
      '补助档次，单位：元/次\n一般样品：80\n型式试验：1,500\n每家每年合计不超过5万元',
      ['80元', '1,500元', '5万元'],
    ],
    ['奖励标准（万元）：一等奖20，二等奖10', ['20万元', '10万元']],
    ['等级\t名额\t奖金（万元）\n一等\t2\t20\n二等\t5\t8', ['20万元', '8万元']],
    ['单位：万元\n序号\t名称\t金额\t备注\n1\t甲公司\t12.5\t2026', ['12.5万元']],
    ['每带动1名脱贫劳动力就业，补助1200元，累计不超过2.4万元', ['1200元', '2.4万元']],
    [
      '扶持内容（单位：万元）\n项目 | 最高支持 | 备注\n境外展览 | 4 | 每个展位\n体系认证 | 2 | 每证',
      ['4万元', '2万元'],
    ],
    ['奖励标准（单位：万元）\n上年度销售额同比增长\n50%以上　　奖15\n30%—50%　　奖10', ['15万元', '10万元']],
    ['门槛由500万元提高到800万元，奖励5万元', ['800万元', '5万元']],
    ['“一次性奖励20万元”，更正为“一次性奖励30万元”', ['30万元']],
    ['三年累计销售收入1.5亿元以上的企业奖励30万元', ['1.5亿元', '30万元']],
    ['全年产值同比每增加1000万元，奖励2万元', ['1000万元', '2万元']],
    ['一次性奖励1亿元', ['1亿元']],
    ['给予1亿元授信', ['1亿元']],
    ['注册资本1亿元的企业奖励30万元', ['1亿元', '30万元']],
    ['对签约落地、投资超2亿元的项目给予奖励，最高500万元', ['2亿元', '500万元']],
    ['全区零售额达412亿元，增速居首位。年销售额首次超过3000万元的企业奖励16万元', ['3000万元', '16万元']],
  ])('%s', (text, amounts) => {
    expect(amountsOf(`${text}。`)).toEqual(amounts)
  })
  test.each([
    '三元区企业',
    '补助多元化',
    '一对一圆桌',
    '去年累计兑现资金1.8亿元',
    '处以3万元以下罚款',
    '服务50万人',
    '十强企业2025年营业收入合计87.4亿元，户均研发投入1360万元',
    '全市小微企业贷款余额达418亿元，同比增长17.3%',
    '拟对65家企业拨付奖励资金1120万元',
    '项目14个，总投资9.8亿元',
    '2026年市级科技计划经费预算1200万元',
    '省级贴息资金今年安排2000万元',
    '据介绍，某公司9月申请的设备补助120万元，次月就用上了',
    '历届大赛累计吸引参赛项目1300余个，带动投资逾2.4亿元',
    '去年我区共有312家企业连续生产，发放补助486万元',
    '三年来，引导资金共参股11只基金，总规模32亿元，投资项目97个',
    '获奖项目2023年至2025年累计新增销售收入46.8亿元、新增利税5.2亿元',
    '从区域看，台江、鼓楼、仓山位居前三，户均注册资本268万元',
  ])('%s is none', text => expect(amountsOf(`${text}。`)).toEqual([]))
  test('a sum that is called a slip of the pen is replaced', () => {
    const text = '“每项资助不超过80万元”中的数额系笔误，应以“60万元”为准。'
    expect(amountsOf(text)).toEqual(['60万元'])
  })
  test('what each of those who were chosen gets is no rule', () => {
    const table =
      '序号 企业名称 研发费用（万元） 拟补助（万元）\n1 甲公司 1286.40 38.59\n2 乙公司 902.11 27.06'
    expect(read(table, '研发补助拟补助名单公示').amounts).toEqual([])
    expect(amountsOf('签约后先给4万，年底再付其余')).toEqual(['4万'])
  })
  test('the same sum, however it is written', () => {
    const same = ['50万元', '５０ 万元', '500,000元', '人民币伍拾万元整', '五十万元', '50万', '0.5百万元']
    expect(new Set(same.flatMap(amountValues))).toEqual(new Set(['500000']))
    expect(amountValues('3-5万元')).toEqual(['30000', '50000'])
  })
})

describe('in force', () => {
  const inForce = (text: string) => {
    const { effectiveFrom, effectiveUntil } = read(text)
    return [effectiveFrom?.day.toString(), effectiveUntil?.day.toString()]
  }
  test.each([
    ['本办法自2026年12月1日起施行，有效期五年。', ['2026-12-01', '2031-11-30']],
    ['本措施自印发之日起施行，有效期至2028年12月31日。', ['2026-11-20', '2028-12-31']],
    ['证书有效期三年。', [undefined, undefined]],
    [
      '本措施自印发之日起施行，有效期五年。\n福州市财政局办公室 2026年11月11日印发',
      ['2026-11-11', '2031-11-10'],
    ],
    ['印发日期：2026-11-11\n本措施自印发之日起施行，有效期五年。', ['2026-11-11', '2031-11-10']],
    ['本措施自印发之日起施行，有效期五年。\n二〇二六年十一月十一日印发', ['2026-11-11', '2031-11-10']],
  ])('%s', (text, days) => {
    expect(inForce(text)).toEqual(days)
  })
})

const labelled = (file: string) =>
  readFileSync(`test/data/${file}`, 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as LabelledNotice)

test('a paid agency has a day of its own: an organizer chooses between it and the official one', () => {
  const { deadline, deadlineChoices } = read(
    '各位老客户：省科技厅发了申报通知，补助最高50万元。\n企业网上填报到12月25日，市局推荐到12月31日。\n委托我司代办的，请于12月15日前把材料发给项目经理，逾期不再安排。',
    '转发：省重大成果转化项目申报',
  )
  expect(deadline === undefined || deadline.probability < statedFrom).toBe(true)
  const offered = deadlineChoices.map(({ day }) => day.toString())
  expect(offered.toSorted()).toEqual(['2026-12-15', '2026-12-25'])
})

test('where nothing tells two days to apply apart, an organizer chooses', () => {
  const { deadline, deadlineChoices } = read(
    [
      '各有关企业：',
      '现组织申报研发补助，单个企业最高补助50万元，请认真组织。',
      '一、申报条件。企业在本区注册，2025年研发费用不低于100万元，近三年无重大失信记录。',
      '二、申报时间。企业于2026年12月10日前登录系统提交申报材料，逾期不予受理。',
      '三、申报要求。企业于2026年12月18日前登录系统提交申报材料，逾期不予受理。',
      '四、审核。区科技局组织专家评审，公示5个工作日后拨付资金。',
      '某区科学技术局',
      '2026年11月20日',
    ].join('\n'),
  )
  expect(deadline === undefined || deadline.probability < statedFrom).toBe(true)
  const offered = deadlineChoices.map(({ day }) => day.toString())
  expect(offered.toSorted()).toEqual(['2026-12-10', '2026-12-18'])
})

const call = (...parts: string[]) =>
  read(
    [
      '各有关企业：',
      '现组织申报研发补助，单个企业最高补助50万元，请认真组织。',
      '一、申报条件。企业在本区注册，2025年研发费用不低于100万元，近三年无重大失信记录，财务管理规范。',
      ...parts,
      '区科技局组织专家评审，公示5个工作日后拨付资金。',
      '某区科学技术局',
      '2026年11月20日',
    ].join('\n'),
  )

test.each([
  [
    'an earlier round',
    '二、申报时间。第一批企业网上申报截止时间为2026年12月10日，第二批企业网上申报截止时间为2027年1月18日。',
  ],
  [
    'the end online, before that for papers',
    '二、申报时间。企业网上申报截止时间为2026年12月10日，纸质材料送达截止时间为2026年12月18日。',
  ],
  [
    'a day that replaces another',
    '二、申报时间。企业网上提交申报材料的时间，原定截止11月28日，现为截止12月10日，逾期不予受理。',
  ],
  [
    'the end beside a column of beginnings',
    '二、申报安排\n| 环节 | 开始 | 截止 |\n| 企业网上申报 | 2026年11月26日 | 2026年12月10日 |\n三、其他要求',
  ],
])('%s has no rival', (_, sentence) => {
  const { deadlineChoices } = call(sentence)
  expect(deadlineChoices[0]?.day.toString()).toBe('2026-12-10')
  expect(deadlineChoices[0]?.probability).not.toBe(0.8)
})

test.each([
  ['a day that is only advised', '二、申报时间。企业最好于2026年12月10日前登录系统提交申报材料。'],
  [
    'a day by which the local office names another',
    '二、申报时间。企业申报时间由各县（区）在本地网站发布，发布时间不晚于2026年12月10日。',
  ],
  [
    'a system that closes later than the district does',
    '二、申报时间。省里的网上申报系统至2026年12月25日24时关闭。为留足审核时间，我区企业须于2026年12月10日前在系统中提交。',
  ],
  ['the end of a year', '二、申报时间。企业于年底前登录系统提交申报材料，逾期不予受理。'],
])('%s is never stated', (_, sentence) => {
  expect(call(sentence).deadline?.probability ?? 0).toBeLessThan(statedFrom)
})

test.each([
  ['2026年12月10日24:00起该入口隐藏', '2026-12-10'],
  ['2026年12月10日18:00起停止受理', '2026-12-10'],
  ['2026年12月11日起系统关闭', '2026-12-10'],
])('%s ends on %s', (said, day) => {
  const { deadlineChoices } = call(`二、申报时间。企业登录系统提交申报材料，${said}，逾期不予受理。`)
  expect(deadlineChoices[0]?.day.toString()).toBe(day)
})

test.each([
  ['报名通道12月5日起开启20日关闭。', '2026-12-20'],
  ['报名通道12月5日开启，20日18:00关闭。', '2026-12-20'],
  ['申报12月5日起开放、9日关闭。', '2026-12-09'],
  ['申报12月5日起开放9日关闭', undefined],
  ['申报12月5日起开放三天后关闭。', undefined],
  ['申报12月5日起接受报名，名额满即关闭。', undefined],
  ['申报系统12月5日开放。', undefined],
])('「%s」 ends on %s, not where it begins', (text, day) => {
  const offered = read(text).deadlineChoices.map(each => each.day.toString())
  expect(offered).toEqual(day === undefined ? [] : [day])
})

test('a day on which applying begins is never the last one', () => {
  const days = readNotice({
    title: '关于受理社保补贴的通告',
    text: '企业自2026年12月10日起可向参保地公共就业服务机构提出申请，也可通过网上办事大厅提交材料，逾期不予受理。',
    publishedOn: Temporal.PlainDate.from('2026-11-20'),
  }).deadlineChoices
  expect(days).toEqual([])
})

test.each(['notices.jsonl', 'notices-held-out.jsonl'])('%s is read as well as promised', file => {
  const { scores } = measureNotices(labelled(file))
  expect(scores.inTwo).toBeGreaterThanOrEqual(0.97)
  expect(scores.deadlineStated.precision).toBeGreaterThanOrEqual(0.95)
  for (const field of ['documentNumber', 'amounts'] as const) {
    expect(scores[field].precision, `${field} precision`).toBeGreaterThanOrEqual(0.98)
    expect(scores[field].recall, `${field} recall`).toBeGreaterThanOrEqual(0.95)
  }
})

test('whatever is written, reading it neither fails nor takes long, and sentences stand in the text', () => {
  const piece = fc.constantFrom(
    '12月15日',
    '至',
    '前',
    '截止',
    '50万元',
    '，',
    '。',
    '\n',
    '（',
    '提交',
    '〔2026〕3号',
    ' 32日',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 60 }), pieces => {
      const text = pieces.join('')
      const { deadline, amounts } = read(text)
      if (deadline) expect(`关于组织申报研发补助的通知\n${text}`).toContain(deadline.sentence)
      for (const { sentence } of amounts) expect(`关于组织申报研发补助的通知\n${text}`).toContain(sentence)
      expect(foldCharacters(text)).toHaveLength(text.length)
    }),
  )
})
