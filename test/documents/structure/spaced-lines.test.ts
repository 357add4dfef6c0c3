import { expect, test } from 'vitest'
import { readStructure } from '../../../src/documents/index.ts'

const read = async (text: string, name = 'a.txt') =>
  (await readStructure(new TextEncoder().encode(text), name)).document

test.each([
  ['blanks', '第一条   爱护场地\n第二条   按时缴费\n第三条   保持安静\n第四条   共同遵守'],
  ['a tab', '第一条\t爱护场地\n第二条\t按时缴费\n第三条\t保持安静\n第四条\t共同遵守'],
])('articles that %s part from their words are no rows', async (_, text) => {
  const { passages } = await read(`创客空间公约\n\n${text}`)
  expect(passages.map(({ path }) => path.join())).toEqual(['第一条', '第二条', '第三条', '第四条'])
})

test('topics and numbers behind a tab are no rows', async () => {
  const text = '一、\t在区内注册的企业\n二、\t按时纳税的企业\n1.\t申请表\n2.\t营业执照\n3.\t承诺书'
  const { passages } = await read(`申报须知\n\n${text}`)
  expect(passages.map(({ path }) => path.at(-1))).toEqual(['一、', '二、', '1.', '2.', '3.'])
})

test('offices side by side sign a document', async () => {
  const names = '平江市科技局   平江市财政局\n平江市人社局   平江市工信局\n2026年3月2日   印发'
  const { head } = await read(`关于申报的通知\n\n一、条件。\n二、材料。\n\n${names}`)
  expect(head.issuers).toEqual(['平江市科技局', '平江市财政局', '平江市人社局', '平江市工信局'])
  expect(head.date).toBe('2026-03-02')
})

test('a table of contents set by blanks is none of the text', async () => {
  const contents = '目   录\n第一章   总则\n第二章   申报\n第三章   审核'
  const text = '第一章   总则\n第一条   为规范工作，制定本规则。\n第二章   申报\n第二条   按年申报。'
  const { head, passages } = await read(`工作规则\n\n${contents}\n\n${text}`)
  expect(head.title).toBe('工作规则')
  expect(passages.filter(({ path }) => path[0]?.startsWith('表'))).toEqual([])
})

test('a title set wide is no table', async () => {
  const above = '关于发放补助   的通知\n平科〔2026〕12号   公开\n平江市科学技术局   2026年'
  const { head } = await read(`${above}\n各单位：\n一、条件。\n二、材料。`)
  expect(head.title).toBe('关于发放补助的通知')
})

test('many lines of blanks and letters are read in little time', async () => {
  const lines = Array.from({ length: 20_000 }, (_, at) => (at % 4 === 0 ? 'a   b   c   d' : 'a   b'))
  const start = performance.now()
  await read(lines.join('\n'))
  expect(performance.now() - start).toBeLessThan(20_000)
}, 60_000)

test('the running head of a first page repeats the title, and is none of it', async () => {
  const text =
    '大厦应急预案                    YK-YA-01\n\n          大厦应急预案\n\n\n1  总则\n1.1  目的\n为及时处置，制定本预案。\n'
  expect((await read(text)).head.title).toBe('大厦应急预案')
})

test('a line that ends in the name of rules goes on with the article that it cites', async () => {
  const text =
    '券管理办法\n\n第一条　按年发放。\n空间依照本办法\n第三条第二款代为申领的，承担责任。\n第二条　按季汇总。\n第三条　可以代领。\n'
  const said = (await read(text)).passages.map(passage => passage.text)
  expect(said).toContain('空间依照本办法第三条第二款代为申领的，承担责任。')
})

test('the office and the day below a form sign it, and a field above an office is of the head', async () => {
  const form = '信用承诺书\n\n申请人承诺如实填报。\n\n平江市平江区行政审批局  2026年5月12日制\n'
  expect((await read(form)).head).toMatchObject({ issuers: ['平江市平江区行政审批局'], date: '2026-05-12' })
  const reply =
    '关于第1048号提案的答复\n\n答复类别：A类\n\n平江市科技局\n\n平科函〔2026〕33号\n\n林知微委员：\n\n您的提案收悉。现答复如下：\n\n一、按年发放。\n'
  expect((await read(reply)).head).toMatchObject({ number: '平科函〔2026〕33号', addressees: ['林知微委员'] })
})

test('a page that a text browser printed has no links, and its lines are joined', async () => {
  const text =
    '[1]首页 [2]政务公开\n当前位置: [3]首页 >> [4]意见征集\n\n      关于公开征求《孵化载体管理办法\n      （征求意见稿）》意见的公告\n\n   我局起草了《孵化载体管理办法（征求意见稿）》，现公开征求意见，请在六月\n   底前提出：\n\n   1.登录网站填写；\n\n   2.寄送至科技局。\n\n   平江市科技局\n   2026年5月13日\n\n   附件\n\n              孵化载体管理办法\n                （征求意见稿）\n\n   第一条 为了规范管理，结合我市实际，根据有关的规定，经研究决定制定本\n   办法。\n\n   第二条 按年考核。\n\n   [5]【打印】\n\nReferences\n   1. https://pj.example.org/\n   5. javascript:print()\n'
  const { head, passages } = await read(text)
  expect(head).toMatchObject({
    title: '关于公开征求《孵化载体管理办法（征求意见稿）》意见的公告',
    date: '2026-05-13',
  })
  expect(passages.slice(-2).map(({ path, text: said }) => `${path.join('/')} ${said}`)).toEqual([
    '附件/第一条 第一条 为了规范管理，结合我市实际，根据有关的规定，经研究决定制定本办法。',
    '附件/第二条 第二条 按年考核。',
  ])
})

test('numbers of pages that stand alone in a text are no paragraphs', async () => {
  const long = '考核结果由各单位按要求报送并归档。'.repeat(12)
  const text = `考核办法\n\n第一条　${long}\n\n                    1\n\n第二条　${long}\n\n                    2\n`
  expect((await read(text)).passages.map(({ path }) => path.join('/'))).toEqual(['第一条', '第二条'])
})

test('a heading or a title that is one link in the print of a text browser is kept', async () => {
  const text =
    '[1]首页 [2]政务公开\n\n      [3]关于组织申报场地补贴的通知\n\n   各街道：\n\n   一、[4]申报条件\n\n   在区内注册。\n\n   二、[5]申报材料\n\n   [6]【打印】\n   上一篇：[7]第二条 站点名称征集\n\nReferences\n   1. https://pj.example.org/\n   7. https://pj.example.org/7\n'
  const { head, passages } = await read(text)
  expect(head.title).toBe('关于组织申报场地补贴的通知')
  expect(passages.map(({ text: said }) => said)).toEqual(['一、申报条件', '在区内注册。', '二、申报材料'])
})
