import { expect, test } from 'vitest'
import { readStructure } from '../../src/documents/index.ts'

const read = async (text: string, name = 'a.md') =>
  (await readStructure(new TextEncoder().encode(text), name)).document
const placesIn = async (text: string, name = 'a.md') =>
  (await read(text, name)).passages.map(({ path }) => path.join('/'))

const body = '各街道：\n\n一、申报条件\n\n（一）在区内注册；\n\n二、申报材料\n'

test('the head that a reader of web pages puts above a page is none of the document', async () => {
  const above =
    'Title: 关于申报孵化补贴的通知_平江区科技局\n\nURL Source: https://kj.example.cn/1.htm\n\nPublished Time: 2026-03-02T09:00:00+08:00\n\nMarkdown Content:\n'
  const { head } = await read(`${above}# 关于申报孵化补贴的通知\n\n平江科〔2026〕3号\n\n${body}`)
  expect(head).toMatchObject({
    title: '关于申报孵化补贴的通知',
    number: '平江科〔2026〕3号',
    addressees: ['各街道'],
  })
})

test('links of the site above the text are none of it, and one link alone may be the title', async () => {
  const above = '[跳到正文](#main)\n\n[首页](/) > [政务公开](/zwgk/) > 通知\n\n- [今日天气](/tq)\n'
  expect((await read(`${above}\n# 关于申报孵化补贴的通知\n\n${body}`)).head.title).toBe(
    '关于申报孵化补贴的通知',
  )
  const linked = '[关于申报孵化补贴的通知](https://kj.example.cn/1.htm)'
  expect((await read(`${linked}\n\n${body}`)).head.title).toBe('关于申报孵化补贴的通知')
})

test('boxes, attributes and broken lines of Pandoc are no words', async () => {
  const text =
    '::: {custom-style="标题"}\n**关于印发《孵化器\\\n管理办法》的通知**\n:::\n\n各街道：\n\n# 第一章　总则 {#第一章 .unnumbered}\n\n第一条　为规范管理，制定本办法。\n\n::: box\n第二条　按年[考核]{.mark}。\n:::\n'
  const { head, passages } = await read(text)
  expect(head.title).toBe('关于印发《孵化器管理办法》的通知')
  expect(passages.map(({ text: said }) => said)).toEqual([
    '第一章 总则',
    '第一条 为规范管理，制定本办法。',
    '第二条 按年考核。',
  ])
})

test('headings, lists and tables of TeX are lines', async () => {
  const text =
    '\\section*{平江区人民政府}\n\n平江政文〔2026〕3号\n\n\\title{\n关于同意建设孵化走廊的批复\n}\n\n区科技局：\n\n一、同意建设。\n\n\\begin{tabular}{|l|l|}\n\\hline\n档次 & 补贴 \\\\\n\\hline\n一档 & 10万元 \\\\\n\\end{tabular}\n\n\\begin{itemize}\n\\item 按年考核。\n\\end{itemize}\n'
  const { head, passages } = await read(text)
  expect(head).toMatchObject({ issuers: ['平江区人民政府'], title: '关于同意建设孵化走廊的批复' })
  const said = passages.map(passage => passage.text)
  expect(said).toEqual(['一、同意建设。', '档次 | 补贴', '一档 | 10万元', '按年考核。'])
})

test('the names in a list of attachments keep their numbers', async () => {
  const text =
    '关于申报的通知\n\n各街道：\n\n一、条件。\n\n二、材料。\n\n附件：1.申请表\n2.汇总表\n3．承诺书\n'
  expect(await placesIn(text, 'a.txt')).toEqual(['一、', '二、', '附件/第一段', '附件/2.', '附件/3.'])
})

test('a number with a full-width stop before a quantity is no decimal', async () => {
  const text =
    '会议纪要\n\n一、减免\n1．10层及以上，减免50%；\n2．6至9层，减免20%；\n3．5层及以下，不减免。\n二、其他\n'
  expect(await placesIn(text, 'a.txt')).toEqual(['一、', '一、/1.', '一、/2.', '一、/3.', '二、'])
})

test('headings may be counted without a stop', async () => {
  const text =
    '政策解读\n\n现将有关问题解读如下。\n\n一　出台背景\n去年调研发现三个问题。\n二　主要内容\n（一）支持中试；\n（二）开放场景。\n'
  expect(await placesIn(text, 'a.txt')).toEqual([
    '第一段',
    '一、',
    '一、/第一段',
    '二、',
    '二、/（一）',
    '二、/（二）',
  ])
})

test('lines that stand in three columns are the rows of a table', async () => {
  const text =
    '第一条　按下表抵付：\n券种\t比例\t每年\nA券\t80%\t2张\nB券\t50%\t3张\n同一合同只用一张。\n第二条　按年申领。\n'
  expect((await read(text, 'a.txt')).passages.map(({ text: said }) => said)).toContain('A券 | 80% | 2张')
})

test('numbers of pages between the lines of Markdown are no paragraphs', async () => {
  const long = '考核结果由各单位按要求报送并归档。'.repeat(12)
  const text = `# 考核办法\n\n第一条　${long}\n\n1\n\n第二条　${long}\n\n- 2 -\n\n第三条　年底公示。\n`
  expect(await placesIn(text)).toEqual(['第一条', '第二条', '第三条'])
})

test('brackets of the text itself are no links, and an escaped sign parts no cells', async () => {
  const text =
    '# 通知\n\n一、闽政[2026](12号)文件规定；\n\n二、每家[注1](含分公司)补贴，见[附件](./a.docx)。\n\n\\begin{tabular}{ll}\n甲 \\& 乙 & 5万元 \\\\\n\\end{tabular}\n'
  expect((await read(text)).passages.map(({ text: said }) => said)).toEqual([
    '一、闽政[2026](12号)文件规定；',
    '二、每家[注1](含分公司)补贴，见附件。',
    '甲 & 乙 | 5万元',
  ])
})

test('the items of what is attached are clauses where the line above gives them no number', async () => {
  const text =
    '关于申报的通知\n\n各街道：\n\n一、条件。\n\n附件：申报条件\n1. 注册满1年\n2. 有研发人员\n3. 营业收入达标\n'
  expect(await placesIn(text, 'a.txt')).toEqual(expect.arrayContaining(['附件/2.', '附件/3.']))
})

test('prizes are no headings', async () => {
  const text = '大赛方案\n\n现制定本方案。\n\n一、赛程\n二、奖项\n一 等奖 1名\n二 等奖 2名\n三、其他\n'
  expect(await placesIn(text, 'a.txt')).not.toContain('二、/一、')
  expect((await placesIn(text, 'a.txt')).filter(place => place === '一、')).toHaveLength(1)
})

test('a heading within a list, as outliners write it, is a heading', async () => {
  const text =
    '- # 支部换届选举办法\n- 一、按章程选举。\n\t- （一）无记名投票；\n\t- （二）当场计票。\n- 二、当场公布。\n'
  expect((await read(text)).head.title).toBe('支部换届选举办法')
  expect(await placesIn(text)).toEqual(['一、', '一、/（一）', '一、/（二）', '二、'])
})

test('a title that is a link stays below other links', async () => {
  const text = `[首页](/) [政务公开](/zwgk/)\n\n[关于申报孵化补贴的通知](https://kj.example.cn/1.htm)\n\n${body}`
  expect((await read(text)).head.title).toBe('关于申报孵化补贴的通知')
})

test('a table in a page of HTML of its own is a table', async () => {
  const text =
    '# 补贴办法\n\n第一条 标准如下：\n\n<html><body><table><tr><td>档次</td><td>补贴</td></tr><tr><td>一档</td><td>10万元</td></tr></table></body></html>\n\n第二条 按年考核。\n'
  const { passages } = await read(text)
  expect(passages.map(passage => passage.text)).toEqual([
    '第一条 标准如下：',
    '档次 | 补贴',
    '一档 | 10万元',
    '第二条 按年考核。',
  ])
})
