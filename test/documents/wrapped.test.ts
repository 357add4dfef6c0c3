import { expect, test } from 'vitest'
import { readText } from '../../src/documents/plain.ts'

test('a line set at the right makes no paragraph of broken lines wider', () => {
  const broken = [
    '    会议听取了区人社局关于创业担保贷款发放情况的汇报，并进行了讨论，决定',
    '将个人贷款最高额度由20万元提高到30万元，合伙创业的按每人30万元执行。',
  ]
  const text = [
    '专题会议纪要',
    '',
    `${' '.repeat(40)}平江区人民政府办公室　　　　　2026年6月11日`,
    '',
    ...broken,
    '',
    ...broken,
    '',
    ...broken,
  ].join('\n')
  expect(readText(text)[0]?.paragraphs.slice(2)).toHaveLength(3)
})

test('a few broken lines are joined where indents or empty lines tell the paragraphs', () => {
  const text = [
    '关于征求意见的函',
    '各有关单位：',
    '　　为规范摊区设置，我局起草了《夜间经济摊区设置导则》，请各单位研究，于二〇二六年七',
    '月十日前将意见反馈我局。',
    '　　联系人：江某，电话：0591-00000066。',
    '抄送：市商务局。',
  ].join('\n')
  expect(readText(text)[0]?.paragraphs).toEqual([
    '关于征求意见的函',
    '各有关单位：',
    '为规范摊区设置，我局起草了《夜间经济摊区设置导则》，请各单位研究，于二〇二六年七月十日前将意见反馈我局。',
    '联系人：江某，电话：0591-00000066。',
    '抄送：市商务局。',
  ])
})

test('lines that end where paragraphs do are not joined', () => {
  const lines = [
    '关于举办创业沙龙暨政策宣讲会并邀请各创业团队和众创空间参加的通知',
    '时间：8月1日',
    '地点：青年创业园',
  ]
  expect(readText(lines.join('\n'))[0]?.paragraphs).toEqual(lines)
})

test('a line that begins with a closing mark goes on with the one before', () => {
  const text = [
    '　　根据《平江市促进企业上规模若干措施及其配套实施细则',
    '》（平政〔2025〕18号），现通知如下：',
    '　　一、入库条件',
  ]
  expect(readText(text.join('\n'))[0]?.paragraphs).toEqual([
    '根据《平江市促进企业上规模若干措施及其配套实施细则》（平政〔2025〕18号），现通知如下：',
    '一、入库条件',
  ])
})

test('lines that an editor broke behind a count of characters are joined where they hold many digits', () => {
  const full = '支持各类主体开展创新创业活动的资金由市财政局统筹安排并按季度公开'
  const end = '发放进度。'
  const digits = '　　第十条　本办法自2026年4月1日起施行，有效期至2'.padEnd(full.length, '2')
  const text = [
    ...Array.from({ length: 4 }, () => [`　　${full.slice(2)}`, end]).flat(),
    digits,
    '031年3月31日。',
  ].join('\n')
  expect(readText(text)[0]?.paragraphs.at(-1)).toMatch(/^第十条.*2031年3月31日。$/u)
})

test('a line that is short since a figure goes to the next one goes on there', () => {
  const text = [
    '  第三条   符合条件的人才，按照下列标准给予奖励，由所在',
    '企业提出申请：',
    '  （一）企业的主要创办人，企业年营业收入首次突破',
    '2000 万元的，奖励 20 万元；',
    '  （二）博士研究生或者正高级职称人员，给予安家补助费',
    '30万元，分 3 年平均拨付。',
  ].join('\n')
  expect(readText(text)[0]?.paragraphs).toHaveLength(3)
})
