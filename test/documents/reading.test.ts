import { chromium } from 'playwright-core'
import { expect, test } from 'vitest'
import { readDocument, readStructure } from '../../src/parsing/index.ts'
import { docxOf, numbered, ofdOf } from './packed-files.ts'
import { bombPdf, gbkHex, linesPdf, lockedPdf, longPdf, scanPdf } from './pdf-files.ts'

const linesOf = async (bytes: Uint8Array, name = 'a') =>
  (await readDocument(bytes, name)).pages.flatMap(({ paragraphs }) => paragraphs)
const refusalOf = async (bytes: Uint8Array, name = 'a') => {
  const refusal = await readDocument(bytes, name).catch((cause: unknown) => cause)
  return refusal instanceof Error ? `${refusal.name}: ${refusal.message}` : `read: ${JSON.stringify(refusal)}`
}
const text = (said: string) => new TextEncoder().encode(said)

const article = '第三条单家企业最高不超过三十万元，由区科技局会同'
const rest = '区财政局核定。'

test('a PDF whose font names its characters by GBK alone is read', async () => {
  const file = linesPdf(
    [
      [
        { hex: gbkHex(article), x: 122, y: 700 },
        { hex: gbkHex(rest), x: 90, y: 670 },
        { hex: gbkHex('第四条本办法自印发之日起施行。'), x: 122, y: 640 },
      ],
    ],
    'GBK-EUC-H',
  )
  expect(await readDocument(file, 'a.pdf')).toEqual({
    kind: 'pdf',
    pages: [{ number: 1, gaps: [], paragraphs: [article + rest, '第四条本办法自印发之日起施行。'] }],
  })
})

test('a clause is set off from its number where its page sets it off', async () => {
  const line = (y: number, ...pieces: [string, number][]) =>
    pieces.map(([said, x]) => ({ hex: gbkHex(said), x, y }))
  const file = linesPdf(
    [
      [
        ...line(700, ['第三条', 122], ['补贴标准如下。', 122 + 3.5 * 16]),
        ...line(670, ['第四条', 122], ['本办法自印发之日起施行。', 122 + 3 * 16]),
      ],
    ],
    'GBK-EUC-H',
  )
  const { pages } = await readDocument(file, 'a.pdf')
  expect(pages[0]?.paragraphs.join('\n')).toContain('第三条 补贴标准如下。')
  expect(pages[0]?.paragraphs.join('\n')).toContain('第四条本办法自印发之日起施行。')
})

const dated = '请于2026年12月15日17:00前登录APP申报，电话0591-83220001。'

test.each([
  ['GBK-EUC-H', gbkHex(dated)],
  ['GB-EUC-H', gbkHex(dated)],
  ['GBKp-EUC-H', gbkHex(dated)],
  ['GBK2K-H', gbkHex(dated)],
  ['UniGB-UCS2-H', Buffer.from(dated, 'utf16le').swap16().toString('hex')],
])('half-width digits and letters of a font without a file are read by %s', async (encoding, hex) => {
  const file = linesPdf([[{ hex, x: 60, y: 700 }]], encoding)
  const pages = [{ number: 1, gaps: [], paragraphs: [dated] }]
  expect(await readDocument(file, 'a.pdf')).toEqual({ kind: 'pdf', pages })
})

test('a deadline that is drawn and not got is named, on however long a page', async () => {
  const body = Array.from({ length: 20 }, (_, at) => ({ hex: gbkHex(article), x: 90, y: 760 - 30 * at }))
  const lost = { hex: gbkHex('2026年12月15日'), x: 700, y: 100 }
  const { pages } = await readDocument(linesPdf([[...body, lost]], 'GBK-EUC-H'), 'a.pdf')
  expect(pages[0]?.gaps.join()).toMatch(/第 1 页有 8 个数字没读到/u)
})

test('a paragraph goes on over the end of a page, and page numbers are left out', async () => {
  const number = (sign: string) => ({ hex: gbkHex(`—${sign}—`), x: 280, y: 40 })
  const file = linesPdf(
    [
      [{ hex: gbkHex(article), x: 122, y: 700 }, number('１')],
      [{ hex: gbkHex(rest), x: 90, y: 780 }, number('２')],
    ],
    'GBK-EUC-H',
  )
  expect((await readDocument(file, 'a.pdf')).pages.map(({ paragraphs }) => paragraphs)).toEqual([
    [article + rest],
    [],
  ])
})

test('a font without a mapping fails its page by name', async () => {
  const codes = [...article].map((_, at) => (0x0300 + at * 3).toString(16).padStart(4, '0')).join('')
  const file = linesPdf(
    [[{ hex: gbkHex(article), x: 90, y: 700 }], [{ hex: codes, x: 90, y: 700 }]],
    'Identity-H',
    'Identity',
  )
  const { pages } = await readDocument(file, 'a.pdf')
  expect(pages[1]?.gaps.join()).toMatch(/第 2 页.*编码表/u)
})

test.each([
  ['a scan', scanPdf(), /扫描件.*请传文字版/u],
  ['a password', lockedPdf(), /加了密码.*另存/u],
  ['501 pages', linesPdf(Array(501).fill([]), 'GBK-EUC-H'), /501 页/u],
  ['a million pages that are not there', longPdf(), /没有文字/u],
  ['a stream of 70 MB', bombPdf(70 * 1024 * 1024), /展开后太大/u],
  ['a stream packed twice', bombPdf(70 * 1024 * 1024, 2), /展开后太大/u],
  ['a torn PDF', Buffer.from('%PDF-1.7\nnothing'), /打不开/u],
  ['a packed table', docxOf('').subarray(0, 40), /压缩包|打不开/u],
  ['nothing', new Uint8Array(), /空的/u],
  ['white space', text(' \n '), /没有文字/u],
  ['a secret', text('机密★1年\n示范区科技局文件\n关于某事的通知'), /机密.*没有保存/u],
  ['an internal file', text('内部资料 注意保存\n关于某事的通知'), /内部资料.*没有保存/u],
])('%s is refused with a sentence', async (_, bytes, sentence) => {
  expect(await refusalOf(bytes)).toMatch(/^Refusal: /u)
  expect(await refusalOf(bytes)).toMatch(sentence)
})

test('a word in a sentence is no secrecy mark', async () => {
  expect(await linesOf(text('关于保守商业秘密的通知\n内部资料不得外传的规定如下。'))).toHaveLength(2)
})

test('a DOCX keeps the numbers that Word counts by itself', async () => {
  const styled = `<w:p><w:pPr><w:pStyle w:val="Own"/></w:pPr><w:r><w:t>附则。</w:t></w:r></w:p>`
  const table = `<w:tbl><w:tr><w:tc>${numbered('档次')}</w:tc><w:tc>${numbered('标准')}</w:tc></w:tr></w:tbl>`
  const tracked = `<w:p><w:r><w:t>最高</w:t></w:r><w:del><w:r><w:delText>20</w:delText></w:r></w:del><w:ins><w:r><w:t>30</w:t></w:r></w:ins><w:r><w:t>万元。</w:t></w:r></w:p>`
  const body = [
    numbered('总则。', 0),
    numbered('标准如下：', 0),
    numbered('甲档；', 1),
    numbered('乙档，其中：', 1),
    numbered('设备；', 2),
    numbered('期限。', 0),
    numbered('丙档；', 1),
    styled,
    table,
    tracked,
  ]
  expect(await linesOf(docxOf(body.join('')), 'a.docx')).toEqual([
    '第一条 总则。',
    '第二条 标准如下：',
    '（一）甲档；',
    '（二）乙档，其中：',
    '1.设备；',
    '第三条 期限。',
    '（一）丙档；',
    '第四条 附则。',
    '档次 | 标准',
    '最高30万元。',
  ])
})

test('an OFD is read page by page', async () => {
  const file = ofdOf([
    [
      { text: '第一条为了鼓励创新，制定本办法，由区科技', x: 30, y: 30 },
      { text: '局负责解释。', x: 20, y: 40 },
    ],
    [{ text: '第二条自印发之日起施行。', x: 30, y: 30 }],
  ])
  expect((await readDocument(file, 'a.ofd')).pages.map(({ paragraphs }) => paragraphs)).toEqual([
    ['第一条为了鼓励创新，制定本办法，由区科技局负责解释。'],
    ['第二条自印发之日起施行。'],
  ])
})

test('a page of an OFD whose template is missing is named', async () => {
  const file = ofdOf(
    [[{ text: '第一条为了鼓励创新，制定本办法。', x: 30, y: 30 }]],
    '<ofd:Template TemplateID="9"/>',
  )
  expect((await readDocument(file, 'a.ofd')).pages[0]?.gaps).toEqual([
    '第 1 页的底版在文件里找不到，上面的字没有读。',
  ])
})

test('a web page keeps the numbers of its lists and the rows of its tables', async () => {
  const page =
    '<html><body><h1>关于申报补贴的通知</h1><p>请各企业于2026年3月31日前申报，材料一式三份，逾期不候，特此通知。</p><ol start="2"><li>申请表；</li><li>承诺书。</li></ol><table><tr><td>档次</td><td>标准</td></tr><tr><td>甲</td><td>10万元</td></tr></table></body></html>'
  expect(await linesOf(text(page), 'a.html')).toEqual([
    '关于申报补贴的通知',
    '请各企业于2026年3月31日前申报，材料一式三份，逾期不候，特此通知。',
    '2. 申请表；',
    '3. 承诺书。',
    '档次 | 标准',
    '甲 | 10万元',
  ])
})

test('a line of a text that breaks off goes on in the next', async () => {
  const wrapped =
    '第一条 为规范科技创新券的申领、使用和兑付，根据有关规定，\n制定本办法。\n第二条 本办法适用于，\n（一）企业；'
  expect(await linesOf(text(wrapped))).toEqual([
    '第一条 为规范科技创新券的申领、使用和兑付，根据有关规定，制定本办法。',
    '第二条 本办法适用于，',
    '（一）企业；',
  ])
})

test('Markdown of other parsers is read without its marks', async () => {
  const file =
    '# 补贴办法\n\n**第一条** 补贴 $30\\%$，见\n\n| 档次 | 标准 |\n| --- | --- |\n| 甲 | 10 |\n\n<table><tr><td>乙</td><td>5</td></tr></table>'
  expect(await linesOf(text(file), 'a.md')).toEqual([
    '补贴办法',
    '第一条 补贴 30%，见',
    '档次 | 标准',
    '甲 | 10',
    '乙 | 5',
  ])
})

/** Characters whose shape a font has for others too. */
const shared = '个体工商户领取胶带５００～６００卷〈甲／乙〉，青年非面食立言'

/** Cells of several lines, one that goes on below, and empty ones. */
const ruledTable = (border: string) =>
  `<style>body{font:16px "Noto Sans CJK SC"}p{margin:0}td{${border};width:150px;text-align:center}</style><p>第三条　补助标准如下：</p><table style="border-collapse:collapse"><tr><td>类别<td>标准<td>备注</tr><tr><td>国家级载体（含首次认定和重新认定的）<td>每家50万元，分两年按60%和40%拨付<td></tr><tr><td rowspan="2">省级载体<td>30万元<td>一次性</tr><tr><td>20万元<td></tr><tr><td>1<td><td></tr></table><p>第四条　本办法自印发之日起施行。</p>`

test('a page printed by Chromium is read in ideographs, without what the browser adds', async () => {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
  try {
    const page = await browser.newPage()
    await page.setContent(
      '<style>p{text-indent:2em;margin:0;font:16px "Noto Sans CJK SC"}</style><p style="letter-spacing:14px">示范区科技局</p><p>第一条　用人单位入驻比例高于百分之三十的门类，按照本办法第三条的规定执行，并由区科技局会同有关部门负责解释，自印发之日起施行。</p><p>第二条　另行规定。</p>',
    )
    const file = await page.pdf({ displayHeaderFooter: true, format: 'A4' })
    expect(await linesOf(file, 'a.pdf')).toEqual([
      '示范区科技局',
      '第一条 用人单位入驻比例高于百分之三十的门类，按照本办法第三条的规定执行，并由区科技局会同有关部门负责解释，自印发之日起施行。',
      '第二条 另行规定。',
    ])
    await page.setContent(`<p style="font:16px 'Noto Sans CJK SC'">${shared}</p>`)
    expect(await linesOf(await page.pdf(), 'c.pdf')).toEqual([shared])
    for (const border of ['border:1px solid', 'border:1pt solid; background:#eee']) {
      await page.setContent(ruledTable(border))
      expect(await linesOf(await page.pdf({ format: 'A4' }), 'b.pdf')).toEqual([
        '第三条 补助标准如下：',
        '类别 | 标准 | 备注',
        '国家级载体（含首次认定和重新认定的） | 每家50万元，分两年按60%和40%拨付 | ',
        '省级载体 | 30万元 | 一次性',
        ' | 20万元 | ',
        '1 |  | ',
        '第四条 本办法自印发之日起施行。',
      ])
    }
  } finally {
    await browser.close()
  }
})

test('raised digits stay raised', async () => {
  const raised = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r>'
  const word = docxOf(`<w:p><w:r><w:t>每家不超过500m</w:t></w:r>${raised}<w:r><w:t>。</w:t></w:r></w:p>`)
  expect(await linesOf(word, 'a.docx')).toEqual(['每家不超过500m²。'])
  expect(await linesOf(text('<p>菌落不超过10<sup>5</sup>个，见注<sup>[1]</sup>。</p>'), 'a.html')).toEqual([
    '菌落不超过10⁵个，见注[1]。',
  ])
  expect(await linesOf(text('菌落不超过10<sup>5</sup>个&#xFF0C;属于A&amp;B类。'), 'a.md')).toEqual([
    '菌落不超过10⁵个，属于A&B类。',
  ])
})

test('page numbers and running heads between the clauses of a plain text are left out', async () => {
  const first = '    第一条 为了规范创业担保贷款的管理，提高财政资金效益，'
  const printed = (mark: string) =>
    `${first}\n\n        - 1 -\n${mark}        示范区创业担保贷款办法\n促进就业，制定本办法。\n    第二条 每户最高30万元。\n\n        - 2 -\n${mark}        示范区创业担保贷款办法\n    第三条 本办法自发布之日起施行。\n        - 3 -`
  for (const mark of ['', '\f'])
    expect(await linesOf(text(printed(mark)), 'a.txt')).toEqual([
      `${first.trim()}促进就业，制定本办法。`,
      '第二条 每户最高30万元。',
      '第三条 本办法自发布之日起施行。',
    ])
  // Figures in lines of their own are no page numbers.
  expect(await linesOf(text('最高补贴\n30\n万元\n- 共 2 项 -'), 'a.txt')).toEqual([
    '最高补贴',
    '30',
    '万元',
    '- 共 2 项 -',
  ])
})

test('clauses, sentences and amounts at the ends of pages are no running heads, however alike they are', async () => {
  const pages = [
    ['平江区文件汇编 1', '第一条 甲类项目最高补助', '5万元', '平江区科学技术局 第 1 页'],
    ['平江区文件汇编 2', '1. 每家补助3万元。', '乙类项目最高补助', '5万元', '平江区科学技术局 第 2 页'],
    ['平江区文件汇编 3', '2. 每家补助8万元。', '丙类项目最高补助', '8万元', '平江区科学技术局 第 3 页'],
  ]
  const printed = (drop: number) =>
    text(pages.map(lines => lines.slice(drop, lines.length - drop).join('\n')).join('\n\f'))
  const own = pages.flatMap(lines => lines.slice(1, -1))
  expect(await linesOf(printed(1), 'a.txt')).toEqual(own)
  expect(await linesOf(printed(0), 'a.txt')).toEqual(['平江区文件汇编 1', ...own])
})

test('cells side by side are no columns of text', async () => {
  const rows = ['甲档', '乙档', '丙档', '丁档', '戊档'].map((name, at) => [
    { hex: gbkHex(`${name}企业`), x: 90, y: 700 - 30 * at },
    { hex: gbkHex('每年最高不超过三十万元'), x: 300, y: 700 - 30 * at },
  ])
  expect(await linesOf(linesPdf([rows.flat()], 'GBK-EUC-H'), 'a.pdf')).toEqual(
    ['甲', '乙', '丙', '丁', '戊'].map(sign => `${sign}档企业 | 每年最高不超过三十万元`),
  )
})

test('items of Markdown that are all written as 1. are counted, and words in italics stand without marks', async () => {
  const file = [
    '# 补助细则',
    '*平江市科学技术局*',
    '#### 第一条',
    '不计入：',
    '1. 财政资金；',
    '1. 境外支出；',
    '',
    '1. 调减的支出。',
    '#### 第二条',
    '下列：',
    '1. 甲；',
  ].join('\n')
  const { text, document } = await readStructure(new TextEncoder().encode(file), 'a.md')
  expect(text.pages.flatMap(({ paragraphs }) => paragraphs)).toContain('平江市科学技术局')
  expect(document.passages.map(({ path }) => path.join('/'))).toEqual([
    '第一条',
    '第一条/1.',
    '第一条/2.',
    '第一条/3.',
    '第二条',
    '第二条/1.',
  ])
})

test('a table of names above their values in Markdown is of the head', async () => {
  const file =
    '# 激光切割机操作规程\n\n_平江区创客工坊_\n\n| 文件编号 | 版本 |\n| --- | --- |\n| YM-SOP-07 | B/1 |\n\n## 1 目的\n\n规范使用。\n\n## 2 范围\n\n全部设备。'
  const { document } = await readStructure(new TextEncoder().encode(file), 'a.md')
  expect(document.head).toMatchObject({ issuers: ['平江区创客工坊'], number: 'YM-SOP-07' })
})

test('blanks to fill in keep their lines in Markdown, and bold words lose their marks', async () => {
  const lines = ['第一条 自__年__月__日起施行。', '甲方：\\_\\_\\_\\_ 乙方：____', '__第二条__ 每户5万元。']
  expect(await linesOf(text(lines.join('\n\n')), 'a.md')).toEqual([
    '第一条 自__年__月__日起施行。',
    '甲方：____ 乙方：____',
    '第二条 每户5万元。',
  ])
})
