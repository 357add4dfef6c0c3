import { expect, test } from 'vitest'
import { foldNotice } from '../../../src/text/notices/folding.ts'

test.each([
  ['跨区域团队每项15万元.二、申报条件', '跨区域团队每项15万元。二、申报条件'],
  ['系统开放至6月9日17:00.四、材料', '系统开放至6月9日17:00。四、材料'],
  ['电话:83330012.附件', '电话:83330012。附件'],
  ['以到达为准(逾期不收).联系人', '以到达为准(逾期不收)。联系人'],
  ['联系电话12333.', '联系电话12333。'],
  ['补助20万元.A类企业请于', '补助20万元。A类企业请于'],
])('a full stop typed as a dot ends a sentence: %s', (text, folded) => {
  expect(foldNotice(text)).toBe(folded)
})

test.each([
  '1.服务对象 2.备案 附件:1.申报书',
  '一.申报类别',
  '补助2.5万元',
  '材料见申报书.doc',
  '材料见申报书.PDF',
  '邮箱 kj@example.com',
  '2024.7.1起，3.20晚上关闭',
  '等等...',
  '条件1.成立满一年',
])('other dots stay: %s', text => {
  expect(foldNotice(text)).toBe(text.replaceAll('，', ','))
})

test.each([
  ['9月1O日前报送', '9月10日前报送'],
  ['2O19年8月31曰前', '2019年8月31日前'],
  ['20l9年l2月l5日', '2019年12月15日'],
  ['l月l0日至IO月底', '1月10日至10月底'],
  ['1O 月 1 5 曰', '10 月 1 5 日'],
])('letters that a scanner read for digits of a day: %s', (text, folded) => {
  expect(foldNotice(text)).toBe(folded)
})

test.each(['OLED月产能', 'SOLO日', 'A1O区', 'Io月', 'H5月活'])('other letters stay: %s', text => {
  expect(foldNotice(text)).toBe(text)
})

test('a notice in Traditional characters is written in Simplified ones, a single one stays', () => {
  expect(foldNotice('申請補貼，請於時間內填報業務')).toBe('申请补贴,请于时间内填报业务')
  expect(foldNotice('萬先生的软件著作权')).toBe('萬先生的软件著作权')
})
