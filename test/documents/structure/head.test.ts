import { expect, test } from 'vitest'
import { parseDocument } from '../../../src/documents/structure/index.ts'
import { onePage } from '../../../src/documents/text.ts'

const headOf = (...lines: string[]) => parseDocument({ kind: 'txt', pages: onePage(lines) }).head

const body = '根据有关规定，现将有关事项公告如下。'

test('an office right above the rest of a title is part of it where no number parts them', () => {
  const title = '平江市市场监督管理局关于注销部分企业营业执照的公告'
  expect(headOf('平江市市场监督管理局', '关于注销部分企业营业执照的公告', body).title).toBe(title)
  expect(headOf('平江市应急管理局', '2026年执法检查工作计划', '一、检查重点').title).toBe(
    '平江市应急管理局2026年执法检查工作计划',
  )
})

test('an office above the number, or above a title that tells only a kind, is its mark', () => {
  const numbered = headOf('平江市科技局', '平科〔2026〕3号', '关于开展评价的通知', '各有关单位：', body)
  expect(numbered).toMatchObject({ issuers: ['平江市科技局'], title: '关于开展评价的通知' })
  const penalty = headOf('平江市生态环境局', '行政处罚决定书', '平环罚〔2026〕19号', body)
  expect(penalty).toMatchObject({ issuers: ['平江市生态环境局'], title: '行政处罚决定书' })
})

test('several offices and the rest of the title are one title below a number', () => {
  const lines = ['平江市科学技术局 平江市财政局', '国家税务总局平江市税务局关于做好', '后补助工作的通知']
  expect(headOf('平科规〔2025〕9号', ...lines, '各有关企业：', body).title).toBe(
    '平江市科学技术局 平江市财政局 国家税务总局平江市税务局关于做好后补助工作的通知',
  )
})

test('a short number goes with the office of the title above it', () => {
  const { number } = headOf('平江市公安局', '关于加强停车管理的公告', '2026年第14号', body)
  expect(number).toBe('平江市公安局公告2026年第14号')
})

test('a caption tells number, office and day', () => {
  const caption = '（平商务规〔2026〕3号，2026年2月9日平江市商务局印发）'
  expect(headOf('平江市跨境电商资金管理办法', caption, '第一条　为规范管理，制定本办法。')).toMatchObject({
    issuers: ['平江市商务局'],
    number: '平商务规〔2026〕3号',
    date: '2026-02-09',
  })
})

test('menus of a page above its labels and title are none of its fields', () => {
  const menu = ['机构概况', '新闻中心', '办事服务', '当前位置：首页>正文']
  const labels = ['发文机关：平江市教育局 文号：平教〔2026〕4号', '浏览量：1024次']
  expect(headOf(...menu, ...labels, '关于认定结果的公告', body)).toMatchObject({
    issuers: ['平江市教育局'],
    number: '平教〔2026〕4号',
    title: '关于认定结果的公告',
  })
})

test('addressees may be parted by semicolons', () => {
  const { addressees } = headOf('关于做好贴息工作的通知', '各县（市）支行；各商业银行平江分行：', body)
  expect(addressees).toEqual(['各县（市）支行', '各商业银行平江分行'])
})

test('an office below the last sentence signs a text that tells no day', () => {
  expect(headOf('消防安全操作规程', '1 目的', '规范操作。', '平江市消防救援支队').issuers).toEqual([
    '平江市消防救援支队',
  ])
  expect(headOf('消防安全操作规程', '1 目的', '培训单位包括', '平江市消防救援支队').issuers).toEqual([])
})

test('a title may end with 文件 and be no mark', () => {
  expect(headOf('平江市创业大厦物业服务采购', '竞争性磋商文件', '第一章 邀请').title).toBe(
    '平江市创业大厦物业服务采购竞争性磋商文件',
  )
})

test('a section of an office signs for it, and an office with a province in its name is one', () => {
  const answers = headOf('社保补贴政策问答', body, '平江省人力资源和社会保障厅就业促进处', '2026年7月8日')
  expect(answers.issuers).toEqual(['平江省人力资源和社会保障厅'])
  const guide = headOf('创业办事指南', '来源：闽东市平江区创业中心', body, '平江区创业中心', '2026年4月20日')
  expect(guide.issuers).toEqual(['闽东市平江区创业中心'])
  const title = '国家税务总局平江市东区税务局关于调整办税服务事项的公告'
  expect(headOf(title, '2026年第3号', body).number).toBe('国家税务总局平江市东区税务局公告2026年第3号')
})
