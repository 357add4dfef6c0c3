import { describe, expect, test } from 'vitest'
import { continuedQuestions } from '../../../src/features/faq/dialogue/continued-question.ts'
import { openFaqChat } from './chat.ts'

/** Messages in turn, and how each answer begins. */
type Conversation = readonly (readonly [said: string, answer: RegExp])[]

describe('a message that goes on from the one before is read with it', () => {
  test.each<[string, Conversation]>([
    [
      'another programme takes the place of the first',
      [
        ['科小怎么报', /^登录 zjtx/],
        ['那高企呢', /^先在高企认定管理工作网/],
      ],
    ],
    [
      'a programme that is named is not the one before',
      [
        ['省高还能报吗', /^要先问：以前有/],
        ['那国高呢', /高企什么时候申报/],
      ],
    ],
    [
      'other terms of the same rule',
      [
        ['试用期最长多久', /^最长：/],
        ['如果签两年呢', /^1年以上不满3年的合同，试用期最长2个月/],
        ['三年呢', /^3年以上和无固定期的合同，试用期最长6个月/],
      ],
    ],
    [
      'another kind of the same right',
      [
        ['专利保护几年', /^发明20年/],
        ['外观呢', /^外观设计15年/],
        ['发明呢', /^发明20年，从申请日算/],
      ],
    ],
    [
      'another figure of the same kind',
      [
        ['有限公司股东50个可以吗', /^可以：/],
        ['51个呢', /^不行：有限公司股东不超过50人/],
      ],
    ],
    [
      'a figure in the place of the one before',
      [
        ['餐饮收入占40%，能享受研发加计吗', /^这一条够得上/],
        ['占60%呢', /^不能：/],
      ],
    ],
    [
      'what is asked after a replaced word is about that',
      [
        ['专利优先审查怎么提', /^符合重点产业/],
        ['预审呢', /^找中国（福建）知识产权保护中心/],
        ['要多久', /^几天出结果没有核到/],
      ],
    ],
    [
      'a case of the same programme',
      [
        ['我们是高企，税率多少', /^企业所得税减按15%/],
        ['那培育库的呢', /^不能：培育库证书/],
      ],
    ],
    [
      'what is asked after one matter is about no other of the same desk',
      [
        ['离职补偿怎么算', /^按工作年限/],
        ['公司不给怎么办', /^找劳动人事争议调解仲裁/],
      ],
    ],
    [
      'how much for those who hire, not for those who open a shop',
      [
        ['公司招了失业的人能抵税吗', /^要看招谁/],
        ['抵多少', /^按招用人数定额扣减/],
      ],
    ],
    [
      'an ambiguous word after a programme is asked of that',
      [
        ['加计扣除比例是多少', /^据实扣除之外/],
        ['要备案吗', /^不用事前审批/],
      ],
    ],
    [
      'a meaning that is chosen answers what was asked',
      [
        ['小巨人要什么条件', /「小巨人」可能指好几样/],
        ['1', /^先要有专精特新称号/],
      ],
    ],
    [
      'thanks before the next question say nothing',
      [
        ['科小怎么报', /^登录 zjtx/],
        ['谢谢，那贷款呢', /^「贷款」可能指好几样/],
      ],
    ],
    [
      'thanks before another programme',
      [
        ['科小怎么报', /^登录 zjtx/],
        ['明白了，谢谢！高企呢', /^先在高企认定管理工作网/],
      ],
    ],
    [
      'another year is not answered with another question',
      [
        ['福建企业研发投入奖补能拿多少', /^按比上年增加部分的6%补/],
        ['去年的呢', /^这个我还没有可靠的答案/],
      ],
    ],
    [
      'a year before the rule is not known',
      [
        ['加计扣除比例是多少', /^据实扣除之外/],
        ['2020年的呢', /^这个我还没有可靠的答案/],
      ],
    ],
    [
      'a year all through which the rule held',
      [
        ['加计扣除比例是多少', /^据实扣除之外/],
        ['去年的呢', /^据实扣除之外/],
      ],
    ],
    [
      'what is asked of one of the choices',
      [
        ['小巨人要什么条件', /「小巨人」可能指好几样/],
        ['第2个怎么办', /由区科技部门推荐上去/],
        ['第二个呢', /科技人员10%以上/],
      ],
    ],
  ])('%s', async (_, conversation) => {
    const mei = openFaqChat().alone
    for (const [said, answer] of conversation) expect((await mei.says(said, ''))[0]?.text).toMatch(answer)
  })

  test.each([
    ['科小截止了吗，高企呢', [/^不能报今年的了/, /^要先问：今年还能不能报没有核到，2025年的批次早已结束/]],
    ['科小怎么报？那高企呢？', [/^登录 zjtx/, /^先在高企认定管理工作网/]],
    ['科小要什么条件，小巨人呢', [/^职工500人以内/, /^「小巨人」可能指好几样/]],
    ['试用期最长多久，两年呢', [/^最长：/]],
  ])('%s: each part of a message is answered', async (question, answers) => {
    const [reply] = await openFaqChat().alone.says(question, '')
    const parts = reply?.text?.split('\n\n') ?? []
    expect(parts.length).toBe(answers.length)
    for (const [i, answer] of answers.entries()) expect(parts[i]).toMatch(answer)
  })

  test('a line for the words before is not said to others', async () => {
    const mei = openFaqChat().alone
    await mei.says('退役军人能贷创业担保贷款吗', '可以申请：')
    await mei.says('在校学生呢', '在校生在不在名单没有核到')
    expect((await mei.says('外地人呢', ''))[0]?.text).not.toMatch(/^可以/)
  })

  test('another programme is asked for the same', async () => {
    const mei = openFaqChat().alone
    await mei.says('高企证书有效期几年', '3年有效')
    await mei.says('科小呢', '编号按年有效')
  })

  test('what was not meant is not told again', async () => {
    const mei = openFaqChat().alone
    await mei.says('高企奖励有多少', '没有核到')
    expect((await mei.says('不是福州的，我问省里的', ''))[0]?.text).not.toMatch(/innocom|六条措施/)
  })

  test('a message of its own is none', () => {
    const before = { asked: '科小怎么报', base: '科小怎么报' }
    for (const text of ['怎么办呢', '多少钱呢', '我们公司在台江，做软件的，去年刚成立，能申请什么补贴呢'])
      expect(
        continuedQuestions(text, before, false).filter(({ countsFor }) => countsFor !== 'topic'),
      ).toEqual([])
    expect(continuedQuestions('食堂在哪', before, false)).toEqual([])
  })
})
