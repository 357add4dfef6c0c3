import { expect, test } from 'vitest'
import { readMarkdown } from '../../src/documents/markdown/index.ts'

const read = (...lines: string[]) => readMarkdown(lines.join('\n'))[0]?.paragraphs

test('what a converter says of type and places is no text', () => {
  expect(
    read(
      '# 科技创新补贴办法 {#t .unnumbered}',
      '[]{#_Toc18 .anchor}**第一条** [为支持创新]{.underline}，制定本办法。',
      '::: {custom-style="落款"}',
      '> 示范区科学技术局',
      ':::',
      '第二条 增长5\\%的，\\[甲档\\]10万元。\\',
      '<html><body><table><tbody><tr><td>甲</td><td>10</td></tr></tbody></table></body></html>',
      '$\\textcircled{1}$在本区登记；',
    ),
  ).toEqual([
    '科技创新补贴办法',
    '第一条 为支持创新，制定本办法。',
    '示范区科学技术局',
    '第二条 增长5%的，[甲档]10万元。',
    '甲 | 10',
    '①在本区登记；',
  ])
})

test('bold and slanted type are no text', () => {
  expect(read('***（一）进展不平衡。***2个街道没有完成。')).toEqual(['（一）进展不平衡。2个街道没有完成。'])
})

test('blanks to fill in are kept beside bold type', () => {
  expect(read('自____年__月__日起，__每月__缴纳______元。')).toEqual([
    '自____年__月__日起，__每月__缴纳______元。',
  ])
  expect(read('__第五条__ 本合同一式__份。')).toEqual(['第五条 本合同一式__份。'])
})

test('pages end at their rules, and their numbers are no text', () => {
  expect(
    read(
      '第一条 甲。',
      '',
      '3',
      '',
      '-----',
      '',
      '第二条 乙。',
      '',
      '{4}---------------------',
      '',
      '第三条 丙。',
    ),
  ).toEqual(['第一条 甲。', '第二条 乙。', '第三条 丙。'])
})

test('lines that a converter broke are joined; where each line is a paragraph, they are not', () => {
  expect(
    read(
      '**第一条** 为贯彻落实创新驱动发展战略，加强对创业型企业的精准支',
      '持，特制定本办法。',
      '',
      '**第二条** 本办法所称创业型企业，是指在本区登记、成立不满五年、',
      '从业人员不超过一百人的企业。',
    ),
  ).toEqual([
    '第一条 为贯彻落实创新驱动发展战略，加强对创业型企业的精准支持，特制定本办法。',
    '第二条 本办法所称创业型企业，是指在本区登记、成立不满五年、从业人员不超过一百人的企业。',
  ])
  const paragraphs = ['# 关于举办沙龙的通知', '时间：8月1日', '地点：青年创业园', '请准时参加。']
  expect(read(...paragraphs)).toEqual(['关于举办沙龙的通知', ...paragraphs.slice(1)])
  expect(read('第一条 甲；<br/>（一）乙；<br>（二）丙。')).toEqual([
    '第一条 甲；',
    '（一）乙；',
    '（二）丙。',
  ])
})

test('tables that are drawn with lines or set by spaces are rows', () => {
  const rows = ['档次 | 标准', '甲档 | 10万元', '乙档 | 5万元']
  expect(
    read(
      '+------+--------+',
      '| 档次 | 标准   |',
      '+======+========+',
      '| 甲档 | 10     |',
      '|      | 万元   |',
      '+------+--------+',
      '| 乙档 | 5万元  |',
      '+------+--------+',
    ),
  ).toEqual(rows)
  expect(
    read(
      '  ---------------',
      '  档次   标准',
      '  ------ --------',
      '  甲档   10万元',
      '',
      '  乙档   5万元',
      '  ---------------',
    ),
  ).toEqual(rows)
})

test('items that are all written as 「1.」 count on behind what they hold, and anew in the next section', () => {
  expect(
    read(
      '## 一、条件',
      '1. 甲',
      '',
      '（1）子',
      '',
      '1. 乙',
      '## 二、材料',
      '1. 丙',
      '',
      '补充说明。',
      '',
      '1. 丁',
    ),
  ).toEqual(['一、条件', '1. 甲', '（1）子', '2. 乙', '二、材料', '1. 丙', '补充说明。', '2. 丁'])
})
