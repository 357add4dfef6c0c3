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
