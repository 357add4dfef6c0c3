import { expect, test } from 'vitest'
import { isMargin } from '../../src/documents/layout/furniture.ts'
import type { PageLine } from '../../src/documents/layout/lines.ts'
import { secrecyMark } from '../../src/documents/secrecy.ts'

const markOf = (line: string) =>
  secrecyMark([{ number: 1, paragraphs: [line, '示范区科技局文件', '关于某事的通知'], gaps: [] }])

test.each([
  ['机密★5年', '机密'],
  ['绝　密', '绝密'],
  ['【秘密】', '秘密'],
  ['（内部）', '内部'],
  ['密级：机密', '机密'],
  ['密 级：秘 密', '秘密'],
  ['机密 10年', '机密'],
  ['机密·长期', '机密'],
  ['秘密▲1年', '秘密'],
  ['絕密★30年', '绝密'],
  ['内部文件 请勿外传', '内部文件'],
  ['内部资料，注意保管', '内部资料'],
  ['000123 | 秘密★1年 | 特急', '秘密'],
  ['内部刊物　免费交流', '内部刊物'],
  ['【内部资料·不得翻印】', '内部资料'],
  ['（内部材料，请勿外传，阅后收回）', '内部材料'],
  ['仅供内部参考', '仅供内部参考'],
  ['内部传阅', '内部传阅'],
  ['工作秘密★3年', '工作秘密'],
  ['核心商密▲5年', '核心商密'],
])('a mark in odd writing at the head is one: %s', (line, mark) => {
  expect(markOf(line)).toBe(mark)
})

test.each([
  '机密工作管理办法',
  '内部控制规范',
  '内部资料性出版物管理办法',
  '内部审计工作规定',
  '内部刊物编印管理办法',
  '工作秘密管理暂行办法',
  '商密网络接入指南',
  '秘密等级的确定由业务部门负责。',
  '关于印发《商业秘密保护指引》的通知',
  '秘密期限届满的，自行解密。',
])('words of a title or a sentence are none: %s', line => {
  expect(markOf(line)).toBeUndefined()
})

test('a mark in small type above the text is no name of a gazette', () => {
  const line = (text: string) => ({ cells: [text], place: 0.05, size: 9 }) as unknown as PageLine
  for (const text of ['内部资料 注意保存', '秘密★1年', '榕科〔2026〕12号'])
    expect(isMargin(line(text), 16)).toBe(false)
  expect(isMargin(line('榕海市人民政府公报'), 16)).toBe(true)
})
