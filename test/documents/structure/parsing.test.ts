import { expect, test } from 'vitest'
import { parseDocument } from '../../../src/documents/structure/index.ts'

const parsed = (text: string) =>
  parseDocument({ kind: 'txt', pages: [{ number: 1, paragraphs: text.split('\n'), gaps: [] }] })
const placed = (text: string) => parsed(text).passages.map(({ path, text }) => `${path.join('/')}: ${text}`)

const measures = `示范区科学技术局文件
榕示科〔2026〕12号
关于印发《示范区科技创新补贴办法
（试行）》的通知
各众创空间、有关企业：
现将《示范区科技创新补贴办法（试行）》印发给你们，请遵照执行。
附件：1.申请表
2.承诺书
示范区科学技术局
2026年3月2日
（此件主动公开）
示范区科技创新补贴办法
（试行）
第一章 总则
第一条 为了鼓励创新，制定本办法。
第二条 本办法所称企业，是指在示范区登记的企业。
前款所称登记，以营业执照为准。
第二章 标准
第三条单家企业最高不超过30万元。标准如下：
（一）甲档：10万元；
（二）乙档，其中：
1.设备5万元；
2.软件3万元。
第二条规定的企业不受此限。
档次 | 标准
甲 | 10
第四条 本办法自印发之日起施行，有效期三年。《旧办法》（榕示科〔2023〕5号）同时废止。
附件1
申请表
一、企业名称
抄送：区管委会办公室。
示范区科学技术局办公室 2026年3月3日印发`

test('the head of an official document is read', () => {
  expect(parsed(measures).head).toEqual({
    issuers: ['示范区科学技术局'],
    number: '榕示科〔2026〕12号',
    title: '关于印发《示范区科技创新补贴办法（试行）》的通知',
    date: '2026-03-02',
    addressees: ['各众创空间、有关企业'],
  })
})

test('each clause has its place, and nothing is lost', () => {
  expect(placed(measures)).toEqual([
    '第一段: 现将《示范区科技创新补贴办法（试行）》印发给你们，请遵照执行。',
    '附件/第一段: 附件：1.申请表',
    '附件/2.: 2.承诺书',
    '第一章: 第一章 总则',
    '第一章/第一条: 第一条 为了鼓励创新，制定本办法。',
    '第一章/第二条: 第二条 本办法所称企业，是指在示范区登记的企业。',
    '第一章/第二条/第二款: 前款所称登记，以营业执照为准。',
    '第二章: 第二章 标准',
    '第二章/第三条: 第三条单家企业最高不超过30万元。标准如下：',
    '第二章/第三条/（一）: （一）甲档：10万元；',
    '第二章/第三条/（二）: （二）乙档，其中：',
    '第二章/第三条/（二）/1.: 1.设备5万元；',
    '第二章/第三条/（二）/2.: 2.软件3万元。',
    '第二章/第三条/第二款: 第二条规定的企业不受此限。',
    '第二章/第三条/第二款/表/第一行: 档次 | 标准',
    '第二章/第三条/第二款/表/第二行: 甲 | 10',
    '第二章/第四条: 第四条 本办法自印发之日起施行，有效期三年。《旧办法》（榕示科〔2023〕5号）同时废止。',
    '附件1/第一段: 申请表',
    '附件1/一、: 一、企业名称',
  ])
  const { passages, outside } = parsed(measures)
  const kept = [...passages.map(({ text }) => text), ...outside].join('')
  expect([...kept].toSorted().join('')).toBe([...measures.replaceAll('\n', '')].toSorted().join(''))
})

test.each([
  [
    [
      '团体标准',
      'T/FZCK 003—2026',
      '创业空间服务规范',
      '2026-04-10发布 2026-05-01实施',
      '1 范围',
      '本标准规定了服务要求。',
    ],
    { day: '2026-05-01', saidIn: ['文首'] },
  ],
  [
    [
      '福州市众创空间管理办法',
      '（2025年12月1日市政府常务会议通过，2025年12月10日公布，自2026年1月1日起施行）',
      '第一条 为了管理众创空间，制定本办法。',
      '第二条 众创空间每年报告一次。',
    ],
    { day: '2026-01-01', saidIn: ['文首'] },
  ],
])('a caption above the body says from when a document holds', (lines, from) => {
  expect(parsed(lines.join('\n')).validity.from).toEqual(from)
})

test('validity is read with the clause that says it', () => {
  expect(parsed(measures).validity).toEqual({
    from: { day: '2026-03-02', saidIn: ['第二章', '第四条'] },
    until: { day: '2029-03-01', saidIn: ['第二章', '第四条'] },
    repeals: [{ title: '旧办法', number: '榕示科〔2023〕5号', saidIn: ['第二章', '第四条'] }],
    isRepealed: false,
  })
})

test('the levels of a notice', () => {
  const notice = `关于开展2026年度创新券申领的通知
各有关企业：
根据《示范区创新券管理办法》，现就有关事项通知如下。
一、申领条件
申领企业应当符合下列条件：
（一）在示范区登记；
（二）上一年度研发费用占比不低于3%，其中：1.自有资金不少于10万元；2.有专职人员。
二、申领程序。网上申领，3.5万元以上的须附合同。
请于2026年6月30日前报送。
示范区科学技术局
二〇二六年五月八日`
  expect(placed(notice)).toEqual([
    '第一段: 根据《示范区创新券管理办法》，现就有关事项通知如下。',
    '一、: 一、申领条件',
    '一、/第一段: 申领企业应当符合下列条件：',
    '一、/（一）: （一）在示范区登记；',
    '一、/（二）: （二）上一年度研发费用占比不低于3%，其中：',
    '一、/（二）/1.: 1.自有资金不少于10万元；',
    '一、/（二）/2.: 2.有专职人员。',
    '二、: 二、申领程序。网上申领，3.5万元以上的须附合同。',
    '二、/第二段: 请于2026年6月30日前报送。',
  ])
  expect(parsed(notice).head).toMatchObject({ date: '2026-05-08', issuers: ['示范区科学技术局'] })
})

test('topics above articles', () => {
  const policies = `关于促进创新的若干政策
各县（市）区人民政府，市直各委、办、局：
一、加大研发投入
第一条 对规上企业给予补助。
第二条 对高企给予奖励：
（一）首次认定的，奖励20万元。
二、培育主体
第三条 支持专精特新。`
  expect(parsed(policies).passages.map(({ path }) => path.join('/'))).toEqual([
    '一、',
    '一、/第一条',
    '一、/第二条',
    '一、/第二条/（一）',
    '二、',
    '二、/第三条',
  ])
})

test('a body that opens with a colon is no addressee, and an announcement has its number', () => {
  const notice = `关于修订《示范区人才办法》的公告
示科公告2026年第2号
经研究，对《示范区人才办法》修订如下：
一、将第三条修改为：“第三条 人才补贴每月1000元。”
示范区科技局
2026年1月8日`
  expect(parsed(notice).head).toMatchObject({
    title: '关于修订《示范区人才办法》的公告',
    number: '示科公告2026年第2号',
    addressees: [],
  })
  expect(placed(notice)[0]).toBe('第一段: 经研究，对《示范区人才办法》修订如下：')
})

test('a quotation without its closing mark ends before the next number of the decision', () => {
  const decision = `关于修改《示范区人才办法》的决定
示范区科技局决定对《示范区人才办法》作如下修改：
一、将第八条修改为：“企业应当注册
二、删去第九条。
三、将“甲”改为“乙”。
示范区科技局
2026年1月8日`
  expect(placed(decision).map(text => text.split(':')[0])).toEqual(['第一段', '一、', '二、', '三、'])
})

test('days after the day of issue', () => {
  const rules = `贷款风险补偿办法
（2018年5月3日示范区管委会发布）
第一条 为支持企业，制定本办法。
第二条 本办法自发布之日起30日后施行，有效期2年。`
  expect(parsed(rules).validity).toMatchObject({ from: { day: '2018-06-02' }, until: { day: '2020-06-01' } })
})

test('an order is called by the rules that it issues; offices above 「关于」 begin the title', () => {
  const order = parsed(`榕海市人民政府令
第87号
《榕海市科技创新平台管理办法》已经市人民政府常务会议审议通过，现予公布，自2018年7月1日起施行。
2018年5月22日
榕海市科技创新平台管理办法
第一条 为了规范管理，制定本办法。`)
  expect(order.head).toMatchObject({
    title: '榕海市科技创新平台管理办法',
    number: '榕海市人民政府令第87号',
    date: '2018-05-22',
  })
  expect(order.passages.map(({ path }) => path.join('/'))).toEqual(['第一段', '第一条'])
  const joint = parsed(`甲市科学技术局 甲市财政局文件
甲科〔2025〕11号
甲市科学技术局 甲市财政局
关于组织申报研发补助的通知
各有关单位：
一、条件。在甲市登记。`)
  expect(joint.head.title).toBe('甲市科学技术局 甲市财政局关于组织申报研发补助的通知')
  expect(joint.head.issuers).toEqual(['甲市科学技术局', '甲市财政局'])
})

test('rules that a standing committee announces or an office forwards have no title among the clauses', () => {
  const announced = parsed(`甲省人民代表大会常务委员会公告
〔十四届〕第二十三号
《甲省促进创业条例》已由甲省人民代表大会常务委员会会议通过，现予公布，自2026年3月1日起施行。
甲省人民代表大会常务委员会
2025年11月28日
甲省促进创业条例
（2025年11月27日甲省人民代表大会常务委员会会议通过）
第一条 为了促进创业，制定本条例。`)
  expect(announced.head).toEqual({
    issuers: ['甲省人民代表大会常务委员会'],
    number: '甲省人民代表大会常务委员会公告〔十四届〕第二十三号',
    title: '甲省促进创业条例',
    date: '2025-11-28',
    addressees: [],
  })
  expect(announced.passages.map(({ path }) => path.join('/'))).toEqual(['第一段', '第一条'])
  const forwarded = `乙县人民政府办公室转发市科技局关于创新券管理办法的通知
各单位：
现将市科技局制定的《甲市创新券管理办法》转发给你们，请贯彻执行。
乙县人民政府办公室
2024年4月3日
甲市创新券管理办法
第一条 为引导企业加大投入，制定本办法。`
  expect(placed(forwarded)).toEqual([
    '第一段: 现将市科技局制定的《甲市创新券管理办法》转发给你们，请贯彻执行。',
    '第一条: 第一条 为引导企业加大投入，制定本办法。',
  ])
})

test('minutes have the office and the day above their title', () => {
  const minutes = parsed(`甲市人民政府专题会议纪要
〔2025〕46号
甲市人民政府办公厅 2025年4月22日
关于研究推进创业园建设的会议纪要
会议议定：
一、关于资金。投资控制在4.2亿元以内。
二、关于运营。前两年免收租金。
出席：市政府办公厅王某，市人社局李某。
分送：出席会议各单位。`)
  expect(minutes.head).toEqual({
    issuers: ['甲市人民政府办公厅'],
    number: '〔2025〕46号',
    title: '关于研究推进创业园建设的会议纪要',
    date: '2025-04-22',
    addressees: [],
  })
  expect(minutes.passages.map(({ path }) => path.join('/'))).toEqual(['第一段', '一、', '二、', '第二段'])
  expect(minutes.outside.at(-1)).toBe('分送：出席会议各单位。')
})

test('people below a heading are of its section', () => {
  const notice = `关于举办培训的通知
各有关单位：
现就有关事项通知如下。
一、培训对象
参加人员：各企业财务负责人，每家限2人。
二、报名方式
联系人：何某，电话：0591-00000081。
示范区科技局
2026年5月8日`
  expect(parsed(notice).passages.map(({ path }) => path.join('/'))).toEqual([
    '第一段',
    '一、',
    '一、/第一段',
    '二、',
    '二、/第一段',
  ])
})

test('offices in two lines above 「关于」 are one title, and what closes a document is of all of it', () => {
  const joint = parsed(`甲市教育局
共青团甲市委员会文件
甲市妇女联合会
甲教综〔2023〕112号
甲市教育局 共青团甲市委员会
甲市妇女联合会关于举办大赛的通知
各有关单位：
一、要求。每校推荐项目不少于5个。
未尽事宜，由组委会解释。
二、材料。申报书一份。
联系人：何某，电话：0591-00000081。
专此函达，请予支持。
市　长　　林某某
2023年9月15日
抄送：市委办公厅。
联系电话：0591-00000082`)
  expect(joint.head.title).toBe('甲市教育局 共青团甲市委员会 甲市妇女联合会关于举办大赛的通知')
  expect(joint.head.issuers).toEqual(['甲市教育局', '共青团甲市委员会', '甲市妇女联合会'])
  expect(joint.passages.map(({ path }) => path.join('/'))).toEqual([
    '一、',
    '第一段',
    '二、',
    '第二段',
    '第三段',
  ])
  expect(joint.outside.slice(-4)).toEqual([
    '市　长　　林某某',
    '2023年9月15日',
    '抄送：市委办公厅。',
    '联系电话：0591-00000082',
  ])
})

test('clauses that are counted in digits without a stop', () => {
  const guide = `创业补贴操作指南
1 适用范围
3 家以上企业联合申报的，适用本指南。
2 办理条件
2.1 在示范区登记。
2.2 有下列情形之一：
2.2.1 首次创业；
3 办理时限`
  expect(placed(guide)).toEqual([
    '1: 1 适用范围',
    '1/第一段: 3 家以上企业联合申报的，适用本指南。',
    '2: 2 办理条件',
    '2/2.1: 2.1 在示范区登记。',
    '2/2.2: 2.2 有下列情形之一：',
    '2/2.2/2.2.1: 2.2.1 首次创业；',
    '3: 3 办理时限',
  ])
})

test('the parties of an agreement stand below its title', () => {
  const agreement = `工位使用协议
甲方（运营方）：________
乙方：________
第一条 费用
1.1 每月200元。`
  expect(parsed(agreement).head.title).toBe('工位使用协议')
  expect(placed(agreement)[0]).toBe('第一段: 甲方（运营方）：________')
  expect(placed(agreement).at(-1)).toBe('第一条/1.1: 1.1 每月200元。')
})

test('the last section keeps what it says of the whole', () => {
  const notice = `关于支持创业的通知
各有关单位：
现就有关事项通知如下。
一、标准
每户1万元。
二、附则
本通知自2026年6月1日起施行。
附表：名单
示范区科技局
2026年5月8日
附表
名单`
  expect(placed(notice).slice(-4)).toEqual([
    '二、: 二、附则',
    '二、/第一段: 本通知自2026年6月1日起施行。',
    '附表/第一段: 附表：名单',
    '附表/第二段: 名单',
  ])
})

test('the office of a title is told where no other line names it, and never two in one', () => {
  expect(parsed('示范区创业协会章程\n第一条 本会名称为示范区创业协会。').head.issuers).toEqual([
    '示范区创业协会',
  ])
  expect(parsed('示范区科技局示范区财政局关于补贴的公告\n一、每户1万元。').head.issuers).toEqual([])
})

test('a decision that amends rules: what it says of the whole stands below none of its points', () => {
  const decision = `示范区管理委员会令
第3号
《关于修改〈示范区奖励办法〉的决定》已经通过，现予公布。
主任　王某某
2025年8月11日
关于修改《示范区奖励办法》的决定
一、将第三条修改为：“每年评审一次。”
二、删去第九条。
此外，对条文顺序作相应调整。
《示范区奖励办法》根据本决定作相应修改，重新公布。`
  expect(parsed(decision).head).toMatchObject({
    title: '关于修改《示范区奖励办法》的决定',
    date: '2025-08-11',
  })
  expect(placed(decision).map(each => each.split(':')[0])).toEqual([
    '第一段',
    '一、',
    '二、',
    '第二段',
    '第三段',
  ])
})

test('the meeting of members that passed a charter is not its office', () => {
  const { head } = parsed(`某某市孵化器协会章程
（2024年11月16日第四届会员大会第一次会议通过）
第一条 本会名称为某某市孵化器协会。`)
  expect(head.issuers).toEqual(['某某市孵化器协会'])
})

test('offices that get a copy may fill two lines, and buttons below an article may stand in brackets', () => {
  const reply =
    '关于同意的批复\n区科技局：\n同意建设。\n抄送：区委各部门，区人武\n部，区法院。\n【打印】【关闭】【返回顶部】'
  expect(placed(reply)).toEqual(['第一段: 同意建设。'])
  expect(parsed(reply).outside).toContain('部，区法院。')
})
