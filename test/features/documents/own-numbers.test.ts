import { expect, test } from 'vitest'
import { hasMark, markOf } from '../../../src/features/documents/clauses/clause-names.ts'
import { ownNumber } from '../../../src/features/documents/library/own-number.ts'
import { figuresOf } from '../../../src/features/documents/library/passage-figures.ts'
import { openDocumentsWorld } from './world.ts'

const file = (...items: string[]) =>
  new TextEncoder().encode(
    [
      '示范区科学技术局文件',
      '榕示科〔2026〕12号',
      '关于印发《示范区场地补贴办法》的通知',
      '各有关单位：',
      '第一条 场地补贴标准如下：',
      ...items,
      '第二条 本办法自2026年3月2日起施行。',
      '示范区科学技术局',
      '2026年2月20日',
    ].join('\n'),
  )

test.each([
  ['1、每家5万元', '1.', '1、'],
  ['1．每家5万元', '1.', '1．'],
  ['(一)每家5万元', '（一）', '(一)'],
  ['第 三 条　每家5万元', '第三条', '第 三 条　'],
  ['1.每家5万元', '1.（第二处）', '1.'],
  ['10、每家5万元', '1.', ''],
  ['每家5万元', '第二款', ''],
])('the own number of 「%s」 in %s is 「%s」', (text, label, own) => {
  expect(ownNumber({ text, path: ['第一条', label] })).toBe(own)
  if (own !== '') expect(figuresOf({ text, path: [label] })).toEqual(['5万元'])
})

test('a text for review in chat has its numbers once, as the document writes them', async () => {
  const { atChen, he } = await openDocumentsWorld()
  await atChen.upload('办法.txt', file('1、共享工位每月300元；', '2、独立办公室每月800元。'))
  await he.says('文件 1', '\n1、共享工位每月300元；\n2、独立办公室每月800元。\n')
})

test('a clause that only moved to another number is not changed, whatever parts its number from its words', async () => {
  const { atChen, atHe, documents } = await openDocumentsWorld()
  await atChen.upload('旧.txt', file('1、共享工位每月300元；', '2、独立办公室每月800元。'))
  await atHe.post('/documents/1/approve', { revision: '1', isValidityChecked: 'yes' })
  const cited = documents.clauses.resolve('榕示科〔2026〕12号 第一条1')
  await atChen.upload(
    '新.txt',
    file('1、路演厅每场2000元；', '2、共享工位每月300元；', '3、独立办公室每月800元。'),
  )
  const moved = documents.clauses.resolve(`榕示科〔2026〕12号 第一条1 #${cited.mark}`)
  expect(moved).toMatchObject({ state: 'checked', after: '2、共享工位每月300元；' })
})

test('a citation keeps the mark that it was given when the number was a part of the words', () => {
  const passage = { text: '1、共享工位每月300元；', path: ['第一条', '1.'] }
  expect(hasMark(passage, markOf(passage))).toBe(true)
  expect(hasMark(passage, 'b9471e88')).toBe(true)
  expect(hasMark({ ...passage, text: '1、共享工位每月500元；' }, 'b9471e88')).toBe(false)
})
