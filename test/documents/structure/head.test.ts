import { expect, test } from 'vitest'
import { parseDocument } from '../../../src/documents/structure/index.ts'
import { onePage } from '../../../src/documents/text.ts'

const headOf = (...lines: string[]) => parseDocument({ kind: 'txt', pages: onePage(lines) }).head

const body = '根据有关规定，现将有关事项公告如下。'

test('an office right above the rest of a title is part of it where no number parts them', () => {
  const title = '平江市市场监督管理局关于注销部分企业营业执照的公告'
  expect(headOf('平江市市场监督管理局', '关于注销部分企业营业执照的公告', body).title).toBe(title)
  expect(headOf('平江市应急管理局', '2026年执法检查工作计划', '一、检查重点').title).toBe(
    '平江市应急管理局2026年执法检查工作计划',
  )
})

test('an office above the number, or above a title that tells only a kind, is its mark', () => {
  const numbered = headOf('平江市科技局', '平科〔2026〕3号', '关于开展评价的通知', '各有关单位：', body)
  expect(numbered).toMatchObject({ issuers: ['平江市科技局'], title: '关于开展评价的通知' })
  const penalty = headOf('平江市生态环境局', '行政处罚决定书', '平环罚〔2026〕19号', body)
  expect(penalty).toMatchObject({ issuers: ['平江市生态环境局'], title: '行政处罚决定书' })
})

test('several offices and the rest of the title are one title below a number', () => {
  const lines = ['平江市科学技术局 平江市财政局', '国家税务总局平江市税务局关于做好', '后补助工作的通知']
  expect(headOf('平科规〔2025〕9号', ...lines, '各有关企业：', body).title).toBe(
    '平江市科学技术局 平江市财政局 国家税务总局平江市税务局关于做好后补助工作的通知',
  )
})

test('a short number goes with the office of the title above it', () => {
  const { number } = headOf('平江市公安局', '关于加强停车管理的公告', '2026年第14号', body)
  expect(number).toBe('平江市公安局公告2026年第14号')
})

test('a caption tells number, office and day', () => {
  const caption = '（平商务规〔2026〕3号，2026年2月9日平江市商务局印发）'
  expect(headOf('平江市跨境电商资金管理办法', caption, '第一条　为规范管理，制定本办法。')).toMatchObject({
    issuers: ['平江市商务局'],
    number: '平商务规〔2026〕3号',
    date: '2026-02-09',
  })
})

test('a number and a day in brackets below a title are its own, however they are spaced', () => {
  const title = '平江高新区创业种子资金管理规定'
  for (const caption of [
    '（平高新管〔2026〕25 号 2026 年 1 月 28 日）',
    '（2026年1月28日　平高新管〔2026〕25号）',
  ])
    expect(headOf(title, caption, '第一条　为规范管理，制定本规定。')).toMatchObject({
      number: '平高新管〔2026〕25号',
      title,
      date: '2026-01-28',
    })
})

test('buttons above the addressees call no one', () => {
  const lines = [
    '关于申报专项资金项目的通知',
    '字号：大中小',
    '分享到：',
    '各县（市）区发改局，有关单位：',
    body,
  ]
  expect(headOf(...lines).addressees).toEqual(['各县（市）区发改局', '有关单位'])
})

test('a short sentence that opens a text is no blank of a form below its addressees', () => {
  const { addressees } = headOf(
    '关于举办创业大赛的通知',
    '各众创空间：',
    '现就有关事项通知如下：',
    '一、时间',
  )
  expect(addressees).toEqual(['各众创空间'])
  expect(headOf('创业项目申请表', '项目名称：', '填报日期：', '一、基本情况').addressees).toEqual([])
})

test('menus of a page above its labels and title are none of its fields', () => {
  const menu = ['机构概况', '新闻中心', '办事服务', '当前位置：首页>正文']
  const labels = ['发文机关：平江市教育局 文号：平教〔2026〕4号', '浏览量：1024次']
  expect(headOf(...menu, ...labels, '关于认定结果的公告', body)).toMatchObject({
    issuers: ['平江市教育局'],
    number: '平教〔2026〕4号',
    title: '关于认定结果的公告',
  })
})

test('addressees may be parted by semicolons', () => {
  const { addressees } = headOf('关于做好贴息工作的通知', '各县（市）支行；各商业银行平江分行：', body)
  expect(addressees).toEqual(['各县（市）支行', '各商业银行平江分行'])
})

test('an office below the last sentence signs a text that tells no day', () => {
  expect(headOf('消防安全操作规程', '1 目的', '规范操作。', '平江市消防救援支队').issuers).toEqual([
    '平江市消防救援支队',
  ])
  expect(headOf('消防安全操作规程', '1 目的', '培训单位包括', '平江市消防救援支队').issuers).toEqual([])
})

test('a title may end with 文件 and be no mark', () => {
  expect(headOf('平江市创业大厦物业服务采购', '竞争性磋商文件', '第一章 邀请').title).toBe(
    '平江市创业大厦物业服务采购竞争性磋商文件',
  )
})

test('a section of an office signs for it, and an office with a province in its name is one', () => {
  const answers = headOf('社保补贴政策问答', body, '平江省人力资源和社会保障厅就业促进处', '2026年7月8日')
  expect(answers.issuers).toEqual(['平江省人力资源和社会保障厅'])
  const guide = headOf('创业办事指南', '来源：闽东市平江区创业中心', body, '平江区创业中心', '2026年4月20日')
  expect(guide.issuers).toEqual(['闽东市平江区创业中心'])
  const title = '国家税务总局平江市东区税务局关于调整办税服务事项的公告'
  expect(headOf(title, '2026年第3号', body).number).toBe('国家税务总局平江市东区税务局公告2026年第3号')
})

test('labels in cells, in brackets and behind the day of the page are read', () => {
  const title = '平江市商务局关于认定产业园的通知'
  const ofCells = [
    '索引号 | PJ00112 | 发布机构 | 平江市商务局',
    '文号 | 平商务〔2026〕31号 | 生成日期 | 2026-03-09',
  ]
  const found = { issuers: ['平江市商务局'], number: '平商务〔2026〕31号', date: '2026-03-09' }
  expect(headOf(title, ...ofCells, body)).toMatchObject(found)
  const ofBrackets = ['【发布机构】平江市商务局 【文号】平商务〔2026〕31号', '【成文日期】2026-03-09']
  expect(headOf(...ofBrackets, title, body)).toMatchObject(found)
  expect(
    headOf('专利资助热点问题解答', '2026年5月25日　来源：平江市知识产权局　字号＋ 字号－', body),
  ).toMatchObject({ issuers: ['平江市知识产权局'], date: '2026-05-25' })
})

test('a day of the signature goes before that of the publication', () => {
  const lines = ['发布日期：2026-06-30 来源：市政府办', '研究创业园有关问题的会议纪要']
  const mark = ['平江市人民政府办公室', '专题会议纪要', '〔2026〕14号', '平江市人民政府办公室　2026年6月24日']
  expect(headOf(...lines, ...mark, body)).toMatchObject({
    issuers: ['平江市人民政府办公室'],
    title: '研究创业园有关问题的会议纪要',
    date: '2026-06-24',
  })
})

test('addressees and captions may go over several lines', () => {
  const addressees = ['各县（市、区）科技局、财政局，', '各有关单位：']
  expect(headOf('关于做好评价工作的通知', ...addressees, body).addressees).toEqual([
    '各县（市、区）科技局、财政局',
    '各有关单位',
  ])
  const caption = ['（2026年7月28日平江市第八届人民代表大会', '常务委员会第四十次会议通过）']
  expect(headOf('平江市人民代表大会常务委员会', '关于批准决算的决议', ...caption, body).date).toBe(
    '2026-07-28',
  )
})

test('numbers of issues, in brackets behind their kind, spaced, or above another field are read', () => {
  expect(headOf('会议纪要', '第6期', '平江市联席会议纪要', body).number).toBe('第6期')
  expect(headOf('创业培训班', '招生简章', '（第三期）', '一、培训对象', body)).toMatchObject({
    number: undefined,
    title: '创业培训班招生简章（第三期）',
  })
  const order = headOf('平江市市场监督管理局公告（2026年第7号）', '关于推行“一次办”的公告', body)
  expect(order.number).toBe('平江市市场监督管理局公告2026年第7号')
  expect(headOf('平　政〔2026〕20号', '平江市人民政府关于表彰先进的决定', body).number).toBe(
    '平政〔2026〕20号',
  )
  const answer = headOf(
    '平教函〔2026〕31号　　答复类别：A类',
    '平江市教育局关于第1023号提案的答复',
    '陈委员：',
    body,
  )
  expect(answer).toMatchObject({ number: '平教函〔2026〕31号', addressees: ['陈委员'] })
})

test('an office is told by the first line of the title, by its beginning, or by labels below the text', () => {
  const fees = headOf('平江市数字经济促进会', '会费收取和使用管理办法', '第一条　为规范管理，制定本办法。')
  expect(fees).toMatchObject({
    issuers: ['平江市数字经济促进会'],
    title: '平江市数字经济促进会会费收取和使用管理办法',
  })
  expect(headOf('平江市司法局2026年普法行动方案', body, '2026年3月3日').issuers).toEqual(['平江市司法局'])
  const below = ['发布单位：平江市政务服务中心', '发布日期：2026年4月10日']
  expect(headOf('综合窗口工作规程', '1 总则', '1.1 为规范工作，制定本规程。', ...below)).toMatchObject({
    issuers: ['平江市政务服务中心'],
    date: '2026-04-10',
  })
  expect(headOf('关于召开大会的通知', body, '平江市税务学会（盖章）', '2026年8月8日').issuers).toEqual([
    '平江市税务学会',
  ])
})

test('the parties in the title of an agreement do not issue it', () => {
  const treaty = headOf(
    '平江市人民政府',
    '平江银行股份有限公司',
    '战略合作备忘录',
    '一、合作内容',
    '二、期限',
  )
  expect(treaty.issuers).toEqual([])
})

test('lines of tools, rules and the cover of a standard are furniture', () => {
  const tools = '[ 2026-03-02 ] 点击：102次 作者：办公室 [ 大 中 小 ] 打印 关闭'
  expect(headOf('关于做好贷款工作的通知', '平金〔2026〕3号', tools, '各支行：', body).addressees).toEqual([
    '各支行',
  ])
  expect(headOf('平江市科技局文件', '平科〔2026〕3号', '———★———', '关于开展评价的通知', body).title).toBe(
    '关于开展评价的通知',
  )
  const cover = ['ICS 03.080.01', 'CCS A 16', '团 体 标 准', 'T/PJSA 012—2026', '众创空间服务规范']
  expect(headOf(...cover, '1　范围', '本文件规定了要求。').title).toBe('众创空间服务规范')
})

test('an order of the President is called by the law that it issues', () => {
  const law =
    '《创业促进法》已由全国人民代表大会常务委员会于2026年2月27日通过，现予公布，自2026年6月1日起施行。'
  expect(headOf('中华人民共和国主席令', '第四十一号', law)).toMatchObject({
    number: '中华人民共和国主席令第四十一号',
    title: '创业促进法',
  })
})

test('two offices in one word are parted where the second begins with the place of the first', () => {
  expect(
    headOf('关于下达资金的通知', '各有关单位：', body, '平江市科学技术局平江市财政局', '2026年5月12日')
      .issuers,
  ).toEqual(['平江市科学技术局', '平江市财政局'])
  expect(
    headOf('关于征期的通知', '各有关单位：', body, '国家税务总局平江市税务局', '2026年5月12日').issuers,
  ).toEqual(['国家税务总局平江市税务局'])
})

test('the path of a page is furniture, and a company numbers its own rules by a code', () => {
  const path = '知识库 / 安全规程 / 激光切割机'
  const rules = headOf(
    path,
    '平江创客工坊管理有限公司',
    'PJCK-AQ-07',
    '激光切割机安全操作规程',
    '1 目的',
    '1.1 为防止火灾，制定本规程。',
  )
  expect(rules).toMatchObject({ number: 'PJCK-AQ-07', title: '激光切割机安全操作规程' })
})

test('a day behind the source of a page is that of its publication', () => {
  const lines = ['《租金补助办法》政策解读', '来源：平江市科学技术局　　2026-05-11']
  expect(headOf(...lines, body)).toMatchObject({ issuers: ['平江市科学技术局'], date: '2026-05-11' })
})

test('the clauses of a notice that is forwarded stand below its label', () => {
  const forwarded = '平江省科学技术厅关于开展补助工作的通知'
  const { passages } = parseDocument({
    kind: 'txt',
    pages: onePage([
      '平江市科学技术局转发省科技厅关于开展补助工作的通知',
      '各有关单位：',
      `现将《${forwarded}》转发给你们，请一并贯彻执行。`,
      '一、材料报市科技局。',
      '二、逐一核实记录。',
      '平江市科学技术局',
      '2026年10月15日',
      '附件',
      forwarded,
      '一、补助对象',
      '（一）个人科技特派员。',
      '二、补助标准',
    ]),
  })
  expect(passages.map(({ path }) => path.join('/')).slice(-3)).toEqual([
    '附件/一、',
    '附件/一、/（一）',
    '附件/二、',
  ])
})

test('a field of whatever name above the number is of the head', () => {
  expect(
    headOf(
      '平江市工业和信息化局关于市政协会议第20260133号提案的答复',
      '2026-06-03 11:20:00 来源：市工信局 访问量：9',
      '答复类别：A类',
      '平工信函〔2026〕77号',
      '陈某某委员：',
      '《关于支持小微企业的建议》（第20260133号）收悉。现答复如下：',
      '一、加强服务。',
    ),
  ).toMatchObject({
    number: '平工信函〔2026〕77号',
    title: '平江市工业和信息化局关于市政协会议第20260133号提案的答复',
    addressees: ['陈某某委员'],
  })
})

test('a line above the addressees that grants something is text, and a kind is of the head', () => {
  const read = (...lines: string[]) =>
    parseDocument({
      kind: 'txt',
      pages: onePage(['平江区科学技术局关于支持创业的通知', ...lines, '一、加强服务。', '二、落实责任。']),
    })
  for (const line of [
    '补助标准：每家10万元',
    '申报截止:2026年5月1日',
    '补助标准：每家十万元',
    '支持对象：科技企业',
    '联系人：林敏',
  ])
    for (const called of ['各企业：', '各有关企业：'])
      expect(read(line, called).passages.map(({ text }) => text)).toContain(line)
  expect(read('答复类别：A类', '各企业：').outside).toContain('答复类别：A类')
})

test('a caption tells who issued the rules and who wrote an answer', () => {
  expect(
    headOf(
      '平江市创新券管理办法',
      '（平科规〔2026〕9号，平江市科学技术局2026年2月27日印发）',
      '第一条　为降低企业创新成本，制定本办法。',
    ),
  ).toMatchObject({ issuers: ['平江市科学技术局'], number: '平科规〔2026〕9号', date: '2026-02-27' })
  expect(
    headOf(
      '创业企业涉税问题解答',
      '平江市税务学会　平江市创业协会　联合编写',
      '2026年3月25日',
      '问：小规模纳税人什么时候可以享受减免？',
      '答：月销售额10万元以下的，免征增值税。',
    ),
  ).toMatchObject({ issuers: ['平江市税务学会', '平江市创业协会'], date: '2026-03-25' })
})

test('the time of a meeting above its place begins the text', () => {
  expect(
    headOf(
      '平江市科学技术局党组会议纪要',
      '〔2026〕7号',
      '平江市科学技术局党组　　2026年5月18日',
      '时　间：2026年5月15日上午9:00',
      '地　点：局5楼会议室',
      '一、传达学习大会精神。',
    ).date,
  ).toBe('2026-05-18')
  const { passages } = parseDocument({
    kind: 'txt',
    pages: onePage(['平江市座谈会纪要', '时　间：2026年5月15日', '地　点：五楼会议室', '会议纪要如下：']),
  })
  expect(passages[0]?.text).toBe('时 间：2026年5月15日')
})

test('a line of a title may begin like a button of a page', () => {
  const lines = [
    '平政办〔2026〕23号',
    '平江市人民政府办公室关于推进公共场所',
    '无障碍环境建设的实施意见',
    '各县（区）人民政府：',
  ]
  expect(headOf(...lines, body).title).toBe('平江市人民政府办公室关于推进公共场所无障碍环境建设的实施意见')
  for (const button of ['无障碍', '无障碍浏览', '首页 政务公开 通知公告', '分享到：'])
    expect(headOf(button, '平江市科技局关于开展评价的通知', '各有关单位：', body).title).toBe(
      '平江市科技局关于开展评价的通知',
    )
})
