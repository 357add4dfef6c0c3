import { expect, test } from 'vitest'
import { createPersonMask } from '../../../src/text/names/person-names.ts'

const mask = createPersonMask([
  '高企认定条件有哪些，项目怎么申报，方案怎么写，时间和金额，金融机构，任务书，安全生产。',
])

test('hides strangers’ names, with and without a title, of any length', () => {
  for (const [said, shown] of [
    ['王小明分享会', '某某分享会'],
    ['张伟老师讲高企申报', '某某老师讲高企申报'],
    ['联系人：李四，电话', '联系人：某某，电话'],
    ['请找陈建国盖章', '请找某某盖章'],
    ['赵铁柱的公司获奖', '某某的公司获奖'],
    ['由郑晓丽主讲', '由某某主讲'],
    ['欧阳娜娜带你做短视频', '某某带你做短视频'],
    ['请问王科长在吗', '请问某科长在吗'],
    ['胡志强的公司获奖', '某某的公司获奖'],
    ['周明分享会', '某某分享会'],
    ['陈老师和林主任都来', '某老师和某主任都来'],
  ] as const)
    expect(mask(said)).toBe(shown)
  expect(mask('祝贺吾尔开希·买买提')).not.toMatch(/吾尔|买买/u)
})

test('leaves words alone that begin like a name', () => {
  for (const text of [
    '高企认定条件有哪些',
    '高新技术企业项目申报方案',
    '福州市马尾区江西商会',
    '宁德市科技局关于申报的通知',
    '万达广场三楼，时间待定',
    '推动高质量发展',
  ])
    expect(mask(text)).toBe(text)
})

const families = '王李张刘陈杨黄赵吴周徐孙胡郭林罗郑梁谢宋唐许韩邓曹彭'
const given = [
  ...'伟芳娜敏静丽强洋勇艳涛明超秀霞刚',
  '建国',
  '小明',
  '晓丽',
  '志强',
  '海燕',
  '雨桐',
  '美玲',
  '婷婷',
]
const around = ['联系人：N，电话', '请找N盖章', 'N的公司获奖', '由N主讲', '有事问N老师']

test('no common name comes through', () => {
  for (const first of families)
    for (const last of given)
      for (const text of around) expect(mask(text.replace('N', first + last))).not.toContain(first + last)
})
