import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createNamedPersonMask, maskNameColumns } from '../../src/text/names/named-persons.ts'

const mask = createNamedPersonMask(['高企认定条件有哪些，项目怎么申报，金融机构，安全生产。'])

test('words of offices stay as they are', () => {
  for (const text of [
    '推动大众创业、万众创新上新水平，专业化、市场化运营',
    '单张合同金额不超过30万元，单家企业最高50万元',
    '项目经理和安全主任由企业任命，高级工程师不少于3名',
    '成员：林业局、高新区管委会、金融办，市委宣传部',
    '负责人：各单位分管领导',
    '联系市科技局高新科，电话 0591-00000001',
    '全国人大常委会主任会议，常务副市长召集',
    '方案报市政府，金额核定后由何单位拨付',
    '申请人：在本区登记的企业',
    '档次 | 标准',
    '万达广场三楼，石化企业、江西商会、马尾区',
    '授予国家级称号，聘任为创业导师',
    '谢谢老师，由各单位分管负责同志担任，农林大有老师，两个管事的老师',
  ])
    expect(mask(text)).toBe(text)
})

test('a person who is named as such is left out', () => {
  for (const [said, shown] of [
    ['联系人：张三，电话：0591-00000001', '联系人：某某，电话：0591-00000001'],
    ['联 系 人：陈静、欧阳娜娜（13900000000）', '联 系 人：某某、某某（13900000000）'],
    [
      '出席：市政府办公厅王小明，市人社局李四，团市委吴敏。',
      '出席：市政府办公厅某某，市人社局某某，团市委某某。',
    ],
    ['签发人：林建国', '签发人：某某'],
    ['市　长　　林某某', '市　长　　某某'],
    ['授予张伟、李小芳等10名同志荣誉称号', '授予某某、某某等10名同志荣誉称号'],
    ['请咨询周明老师', '请咨询某某老师'],
    ['王科长在吗', '某科长在吗'],
    ['陈晓（手机13800000000）负责', '某某（手机13800000000）负责'],
    ['申报材料请找吴小莉办理', '申报材料请找某某办理'],
    ['主讲嘉宾：吾尔开希·买买提', '主讲嘉宾：某某'],
    ['免去赵铁柱同志的职务', '免去某某同志的职务'],
  ] as const)
    expect(mask(said)).toBe(shown)
})

test('the cells below a column of names are left out, and no others', () => {
  expect(
    maskNameColumns([
      '序号 | 姓名 | 单位',
      '1 | 张三 | 林业局',
      '2 | 李 四 | 万众公司',
      '第三条 联系方式',
      '1 | 高新 | 5',
    ]),
  ).toEqual([
    '序号 | 姓名 | 单位',
    '1 | 某某 | 林业局',
    '2 | 某某 | 万众公司',
    '第三条 联系方式',
    '1 | 高新 | 5',
  ])
})

const families = fc.constantFrom(...'王李张刘陈杨黄赵吴周徐孙胡郭林罗郑梁谢宋唐许韩邓曹彭')
const given = fc.constantFrom(...'伟芳娜敏静丽强洋勇艳涛明超秀霞刚', '建国', '小明', '晓丽', '雨桐', '美玲')
const forms = fc.constantFrom(
  '联系人：N，电话',
  '咨询人:N 0591-00000001',
  '请找N盖章',
  '有事问N老师',
  '授予N同志',
)

test('no name of a strong form comes through', () => {
  fc.assert(
    fc.property(families, given, forms, (family, last, form) => {
      expect(mask(form.replace('N', family + last))).not.toContain(family + last)
    }),
    { numRuns: 200 },
  )
})
