import { expect, test } from 'vitest'
import { plainQuestionsIn } from '../../../../src/features/faq/editing/sheets/question-sheet.ts'

const read = (rows: string[][]) =>
  plainQuestionsIn([{ name: '表', rows }])?.map(({ question, answer, line }) => [question, answer, line])

test.each([
  [['问题', '答案']],
  [['问题（必填）', '答案（必填）']],
  [['1.您要问的问题', '2.我们的答复']],
  [['咨询内容', '答复内容']],
  [['企业诉求', '回复意见']],
  [['问题/Question', '答案/Answer']],
  [['* 常见问题', '* 标准答复口径']],
  [['热点问题', '官方解答']],
])('columns under %j are read', header => {
  expect(read([['常见问题汇编'], header, ['高企怎么报', '先在网上注册。']])).toEqual([
    ['高企怎么报', '先在网上注册。', 3],
  ])
})

test('questions and answers below each other are read', () => {
  const rows = [
    ['创业政策问答'],
    ['1.问：高企怎么报？'],
    ['答：先在网上注册。'],
    ['再提交材料。'],
    [''],
    ['2、问：补贴多少？'],
    ['答：以通知为准。'],
  ]
  expect(read(rows)).toEqual([
    ['高企怎么报？', '先在网上注册。\n再提交材料。', 2],
    ['补贴多少？', '以通知为准。', 6],
  ])
})

test.each([
  [
    [
      ['姓名', '电话'],
      ['甘棠', '1'],
    ],
  ],
  [
    [
      ['问题编号', '答案编号'],
      ['1', '2'],
    ],
  ],
  [[['答：没有问题'], ['问题不大']]],
])('%j holds no questions', rows => expect(read(rows)).toBeUndefined())

test.each([
  '一级分类,用户问法,机器人回答,更新时间\n高企,高企怎么报,登录系统。,2026-11-20',
  '问题描述,处理意见\n高企怎么报,登录系统。',
  '客户提问,客服回复\n高企怎么报,登录系统。',
])('other words over the two columns: %s', text => {
  const rows = text.split('\n').map(line => line.split(','))
  expect(plainQuestionsIn([{ name: '', rows }])).toMatchObject([
    { question: '高企怎么报', answer: '登录系统。' },
  ])
})

test.each([
  ['问题清单', '答复清单'],
  ['企业提问', '部门答复'],
  ['问题标题', '问题答案'],
  ['热门咨询', '回复内容'],
  ['群众咨询问题', '工作人员答复'],
  ['政策问题', '政策解答'],
  ['用户问题', '标准话术'],
  ['FAQ', 'Answer'],
  ['知识标题', '知识内容'],
])('questions and answers under %s and %s', (...header) => {
  expect(read([['汇总表'], header, ['高企怎么报', '登录系统。']])).toEqual([['高企怎么报', '登录系统。', 3]])
})

test.each([
  [
    ['标题', '内容'],
    ['本周动态', '区里开了会。'],
  ],
  [
    ['存在问题', '整改措施'],
    ['台账不全', '补齐。'],
  ],
  [
    ['顾问', '答复人'],
    ['甘棠', '柏舟'],
  ],
  [
    ['问题', '是否回复'],
    ['高企怎么报', '是'],
  ],
])('other tables are none of questions: %j', (...rows) => expect(read(rows)).toBeUndefined())

test.each([
  '相似问法,标准问法,答案\n高新认定,高企怎么报,登录系统。',
  '政策咨询,问题,答案\n高企,高企怎么报,登录系统。',
  '问题,已回复,答案\n高企怎么报,是,登录系统。',
  '问题,负责答复,标准答案\n高企怎么报,林敏,登录系统。',
  '热门咨询,问题描述,最新回复,官方答复\n高企,高企怎么报,2026-11-01,登录系统。',
])('a usual title goes before others that name the same: %s', text => {
  const rows = text.split('\n').map(line => line.split(','))
  expect(read(rows)).toEqual([['高企怎么报', '登录系统。', 2]])
})

const asked = ['高企怎么报', '登录系统。']
test.each([
  ['Traditional titles', [['問題', '答案'], asked]],
  ['titles of training data', [['prompt', 'completion'], asked]],
  ['results of requests', [['诉求内容', '办理结果'], asked]],
  ['a header that is repeated', [['问题', '答案'], asked, ['问题', '答案']]],
  [
    'numbers in front',
    [
      ['问题', '答案'],
      ['1. 高企怎么报', '登录系统。'],
    ],
  ],
  [
    'letters in front',
    [
      ['问题', '答案'],
      ['Q1：高企怎么报', 'A1：登录系统。'],
    ],
  ],
  [
    'labels in a column of their own',
    [
      ['问', '高企怎么报'],
      ['答', '登录系统。'],
    ],
  ],
  [
    'numbers and no header',
    [
      ['1', '高企怎么报', '登录系统。'],
      ['2', '高企怎么报', '登录系统。'],
    ],
  ],
  ['headings of groups', [['问题', '答案'], ['一、高企类', ''], asked]],
  ['an example', [['问题', '答案'], ['示例：如何注册？', '示例：到大厅。'], asked]],
  ['lines below', [['问题', '答案'], asked, ['以上由科技局解释', ''], ['联系电话：0591-83000000', '']]],
])('a sheet with %s', (_, rows) => {
  const found = read(rows) ?? []
  expect(new Set(found.map(([question, answer]) => `${question} ${answer}`))).toEqual(
    new Set([asked.join(' ')]),
  )
})

test('an answer goes on in the rows below it', () => {
  const rows = [['问题', '答案'], asked, ['', '再交材料。'], ['补贴多少', '3万元。']]
  expect(read(rows)).toEqual([
    ['高企怎么报', '登录系统。\n再交材料。', 2],
    ['补贴多少', '3万元。', 4],
  ])
})

test('a number that is part of the question stays', () => {
  expect(
    read([
      ['问题', '答案'],
      ['3.15活动几点', '9点。'],
    ]),
  ).toEqual([['3.15活动几点', '9点。', 2]])
})

test('a group and a note that are merged over a row are no questions', () => {
  const note = '注：以上由服务台整理，有变动以通知为准。'
  const rows = [
    ['类别', '问', '答'],
    ['场地', '场地', '场地'],
    ['场地', '会议室怎么订？', '在前台登记。'],
    [note, note, note],
    ['', '备注：以通知为准', ''],
  ]
  expect(read(rows)).toEqual([['会议室怎么订？', '在前台登记。', 3]])
})

test('a list of problems and what was done about them holds no questions', () => {
  const header = ['主要问题', '整改措施', '答复']
  expect(read([header, ['档案不全', '补齐', '已办']])).toBeUndefined()
})
