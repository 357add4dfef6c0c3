import { expect, test } from 'vitest'
import { readStructure } from '../../../src/documents/index.ts'
import { parseDocument } from '../../../src/documents/structure/index.ts'
import { onePage } from '../../../src/documents/text.ts'

const read = (...lines: string[]) => parseDocument({ kind: 'txt', pages: onePage(lines) })
const page = async (markup: string) =>
  (await readStructure(new TextEncoder().encode(`<html><body>${markup}</body></html>`), 'a.html')).document
const clauses = ['一、申报条件。', '二、申报材料。', '三、申报程序。']

test.each([
  '报名截止 2026-12-31',
  '申报截止日 2026年12月31日',
  '截止日期2026-03-02',
  '活动时间 2026年12月31日',
  '有效期至2028年3月2日',
  '2026年3月31日前完成',
])('the day of an event in a line, %s, is not that of the document', line => {
  const { head, passages } = read('关于申报专项资金的通知', line, ...clauses)
  expect(head.date).toBeUndefined()
  expect(passages.map(({ text }) => text)).toContain(line)
})

test('a ministry is an office and no section of one', () => {
  const { head } = read(
    '发文机关：财政部',
    '高新技术企业认定管理办法',
    '一、认定条件。',
    '二、本办法由福建省税务局负责解释。',
  )
  expect(head.issuers).toEqual(['财政部'])
})

test('the paper that reprints a document stands behind the office of its title', () => {
  const { head } = read('平江市科学技术局关于申报补助的通知', '来源：平江日报', ...clauses)
  expect(head.issuers).toEqual(['平江市科学技术局'])
})

test('documents that a text names line by line are none of its head', () => {
  const named = ['平江市科技局 平科〔2020〕9号 2020年3月2日', '平江市财政局 平财〔2020〕7号 2020年4月2日']
  const { head, passages } = read('废止文件目录', '一、下列文件废止。', ...named)
  expect(head).toMatchObject({ number: undefined, date: undefined })
  expect(passages.map(({ text }) => text)).toEqual(['一、下列文件废止。', ...named])
})

test('a single document named below a sentence is none of the head', () => {
  const named = '平江市科技局 平科〔2020〕9号 2020年3月2日'
  expect(read('工作提示', '按下列文件办理：', named, ...clauses).head.date).toBeUndefined()
})

test('the day of the last edit does not replace the day of publication', () => {
  const { head } = read('关于申报补助的通知', '发布日期：2026-03-02', ...clauses, '编辑于2026-05-09')
  expect(head.date).toBe('2026-03-02')
})

test.each([
  ['title', '<h1 class="lead-title">关于申报补助的通知</h1>'],
  ['title in a block', '<div class="summary"><span>关于申报补助的通知</span></div>'],
])('a %s is no summary', async (_, markup) => {
  const { head } = await page(`${markup}${clauses.map(line => `<p>${line}</p>`).join('')}`)
  expect(head.title).toBe('关于申报补助的通知')
})

test('clauses, words within a sentence and addressees are no summaries of a page', async () => {
  const { head, passages } = await page(
    `<h1>关于申报补助的通知</h1><p class="lead">各单位：</p><p>一、申报条件。</p><p>二、补助<span class="summary">五万元</span>以内。</p><p class="text-summary">三、补助每户五万元。</p>`,
  )
  expect(head.addressees).toEqual(['各单位'])
  expect(passages.map(({ text }) => text).join('')).not.toContain('摘要')
})

test('items whose numbers do not count on are numbered by their list', async () => {
  const { passages } = await page(
    '<h1>关于做好宣传活动的通知</h1><p>活动安排如下：</p><ol><li>3.15活动启动；</li><li>4.1报名；</li></ol><p>请按时参加。</p>',
  )
  expect(passages.map(({ path }) => path.at(-1))).toEqual(expect.arrayContaining(['1.', '2.']))
})

test('a page of days and of styles by the thousand is read in little time', async () => {
  const start = performance.now()
  await page(`<div>${'<span>2026-01-01</span>'.repeat(4000)}</div>`)
  await page(`<style>a{${'list-style '.repeat(18_000)}</style><p>一、申报条件。</p>`)
  expect(performance.now() - start).toBeLessThan(20_000)
}, 60_000)

test('firms that write papers for applicants do not issue the notice', () => {
  const { head } = read('关于申报的通知', '一、标书由平江某某招标代理有限公司制作。', '二、按时提交。')
  expect(head.issuers).toEqual([])
})

test.each([
  ['（2026年7月10日在支部党员大会上）', '2026-07-10'],
  ['（2025年3月1日经平江市创客协会第一届理事会第二次会议审议通过）', '2025-03-01'],
])('a day and its occasion in brackets below a title, %s, date the document', (line, date) => {
  const { head } = read('平江创客党支部2026年上半年工作报告', line, '同志们：', '现在报告工作。')
  expect(head).toMatchObject({ title: '平江创客党支部2026年上半年工作报告', date })
})

test('who passed a rule stands behind the word of it', () => {
  const caption = '（2025年3月1日经平江市创客协会第二次会议审议通过）'
  expect(read('会费管理办法', caption, '第一条　为规范管理，制定本办法。').head.issuers).toEqual([
    '平江市创客协会',
  ])
})

test.each(['同志们：', '各位代表、同志们：', '各位来宾：', '尊敬的各位领导、女士们、先生们：'])(
  '「%s」 greets listeners',
  line => {
    expect(read('平江创客党支部2026年工作报告', line, '现在报告工作。').head.addressees).toEqual([])
  },
)

test.each(['各众创空间党员创客、各位创客朋友：', '各位会员：'])('「%s」 calls addressees', line => {
  expect(
    read('关于开展结对活动的倡议书', line, '为此，我们倡议：', '一、人人参与。').head.addressees,
  ).toEqual([line.slice(0, -1)])
})

test.each(['关于规范停车的通告平消通〔2026〕7号', '关于规范停车的通告（平消通〔2026〕7号）'])(
  'a number behind the title, %s, is none of it',
  line => {
    const { head } = read('平江市消防救援大队', line, '为预防火灾，现通告如下：', ...clauses)
    expect(head.title).toContain('关于规范停车的通告')
    expect(head.title).not.toContain('号')
    expect(head.number).toBe('平消通〔2026〕7号')
  },
)

test('classes of a standard in one line are none of its title', () => {
  const cover = ['ICS 03.080.01 CCS A 20', '团 体 标 准', 'T/PJCK 003—2026', '众创空间服务规范']
  expect(read(...cover, '1 范围', '本文件规定了服务。').head.title).toBe('众创空间服务规范')
})

test.each(['制定', '联合制定'])('offices above 「%s」 issue a model text', line => {
  const { head } = read(
    '平江市入驻服务协议',
    '（示范文本）',
    '平江市科学技术局',
    '平江市市场监督管理局',
    line,
    '二〇二六年六月十日',
    '第一条　场地由甲方提供。',
  )
  expect(head.issuers).toEqual(['平江市科学技术局', '平江市市场监督管理局'])
})

test('fields for stamps at the end of an agreement are no paragraph of its last article', () => {
  const { passages } = read(
    '入驻服务协议',
    '第一条　场地由甲方提供。',
    '第二条　本协议自双方签字盖章之日起生效。',
    '甲方（盖章）： 乙方（签字）：',
    '____年__月__日 ____年__月__日',
  )
  expect(passages.map(({ path }) => path.join())).toEqual(['第一条', '第二条'])
})

test('a count of events behind a number is no clause of its own', () => {
  const { passages } = read('活动请示', '一、主要内容：', '1.路演；', '2.展览；', '3.3场政策宣讲。')
  expect(passages.map(({ path }) => path.at(-1))).toEqual(['一、', '1.', '2.', '3.'])
})

test('an office above 「发 布」, set wide, publishes a standard', () => {
  const cover = ['团 体 标 准', 'T/PJCK 003—2026', '众创空间服务规范', '2026-03-15 发布 2026-04-01 实施']
  const { head } = read(...cover, '平江市创客服务协会 发 布', '前 言', '本文件由协会提出。', '1 范围')
  expect(head).toMatchObject({
    issuers: ['平江市创客服务协会'],
    date: '2026-03-15',
    title: '众创空间服务规范',
  })
})
