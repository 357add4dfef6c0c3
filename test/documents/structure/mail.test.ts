import { expect, test } from 'vitest'
import { parseDocument } from '../../../src/documents/structure/index.ts'
import { onePage } from '../../../src/documents/text.ts'

const read = (...lines: string[]) => parseDocument({ kind: 'txt', pages: onePage(lines) })
const own = [
  '平科〔2026〕33号',
  '平江市科技局关于用电检查情况的通报',
  '各运营单位：',
  '一、基本情况',
  '一切正常。',
]
const signed = ['平江市科技局', '2026年7月6日']
const expected = {
  number: '平科〔2026〕33号',
  title: '平江市科技局关于用电检查情况的通报',
  addressees: ['各运营单位'],
  date: '2026-07-06',
}

test.each([
  ['Chinese', ['发件人: 甲 <a@example.org>', '发送时间: 2026年7月8日 17:42', '收件人: 乙', '主题: 转：通报']],
  ['English', ['Email Message', 'From: a@example.org', 'To: 乙', 'Subject: 转：通报', 'Content']],
  [
    'forwarded',
    ['各位，通报见下。', '发件人: 甲', '收件人: 乙', '抄送: 丙', '主题: 通报', '附件: 清单.xlsx'],
  ],
])('the head of a mail, %s, is none of the document in it', (_, mail) => {
  const { head, passages, outside } = read(
    ...mail,
    '请查收，谢谢。',
    ...own,
    ...signed,
    '--',
    '小郑',
    '综合部',
  )
  expect(head).toMatchObject(expected)
  expect(passages.map(({ path }) => path.join())).toEqual(['一、', '一、,第一段'])
  expect(outside).toEqual(expect.arrayContaining([...mail, '请查收，谢谢。', '--', '小郑', '综合部']))
})

test('a meeting with its time and subject is no mail', () => {
  const { passages } = read('会议通知', '时间：7月8日', '主题：用电安全', '一、议程。', '二、要求。')
  expect(passages.map(({ text }) => text).join()).toContain('主题：用电安全')
})
