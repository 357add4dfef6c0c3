import { expect, test } from 'vitest'
import { concernsEntry } from '../../../src/features/faq/notice-matter.ts'

const hnte = '国家高新技术企业认定'
const cases: [title: string, question: string, name: string, isConcerned: boolean][] = [
  ['关于组织申报2027年高新技术企业的通知', '高企怎么申报，流程是什么？', hnte, true],
  ['关于组织申报2027年高新技术企业的通知', '申报国家高新技术企业要满足哪些条件？', hnte, true],
  ['关于组织申报2027年高新技术企业的通知', '评上高企有什么好处，企业所得税能减多少？', hnte, false],
  ['关于组织申报2027年高新技术企业的通知', '福州市、台江区认定高企有多少奖励？', hnte, false],
  ['关于高新技术企业更名公告的通知', '高企改名或者发生重大变化要怎么办？', hnte, true],
  ['关于高新技术企业更名公告的通知', '高企怎么申报，流程是什么？', hnte, false],
  ['2026年拟认定高新技术企业名单', '高企怎么申报，流程是什么？', hnte, false],
  ['2026年高企申报培训班报名', '高企怎么申报，流程是什么？', hnte, false],
  ['关于废止高新技术企业认定管理办法的通知', '高企改名或者发生重大变化要怎么办？', hnte, true],
  ['关于申报2026年企业研发投入奖补的通知', '福建企业研发投入奖补怎么申请？', '企业研发投入奖补', true],
  ['关于申报国家专精特新小巨人的通知', '专精特新中小企业认定要什么条件？', '专精特新中小企业', false],
  ['关于申报国家专精特新小巨人的通知', '国家「小巨人」怎么报，什么时候报？', '专精特新中小企业', true],
  ['关于申报市级众创空间的通知', '国家备案众创空间要什么条件？', '众创空间', false],
  ['关于申报市级众创空间的通知', '福州市级众创空间怎么申报，交什么材料？', '众创空间', true],
]

test.each(cases)('「%s」 and 「%s」', (title, question, name, isConcerned) => {
  expect(concernsEntry({ title, programmeIds: ['p'] }, { programme: 'p', question }, name)).toBe(isConcerned)
  expect(concernsEntry({ title, programmeIds: ['other'] }, { programme: 'p', question }, name)).toBe(false)
})
