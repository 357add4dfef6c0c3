import fc from 'fast-check'
import { Converter } from 'opencc-js/cn2t'
import { describe, expect, test } from 'vitest'
import { createFinder, type Findable, type Finding } from '../../../src/features/faq/finder/finder.ts'

const item = (id: string, question: string, more: Partial<Findable> = {}): Findable => ({
  id,
  question,
  otherQuestions: [],
  answer: '',
  ...more,
})

const base: Findable[] = [
  item('hnte-how', '国家高新技术企业怎么申报？', {
    otherQuestions: ['高企怎么报', '申请高企的流程', '高企在哪里申报', '怎么报高企', '高企如何申报'],
    answer: '在高企认定管理工作网填报，再交纸质材料。',
    programme: 'hnte',
  }),
  item('hnte-conditions', '高企认定要满足哪些条件？', { otherQuestions: ['高企门槛'], programme: 'hnte' }),
  item('rd-rate', '研发费用加计扣除比例是多少？', {
    otherQuestions: ['加计扣除能扣多少'],
    answer: '按100%加计扣除。',
    programme: 'rd_deduct',
  }),
  item('loan-limit', '创业担保贷款最高能贷多少钱？', {
    otherQuestions: ['创业贷能贷30万吗'],
    programme: 'startup_loan',
    region: '福建省',
  }),
  item('giant', '福建省科技小巨人的条件是什么？', {
    otherQuestions: ['科技小巨人要什么条件', '省科技小巨人门槛', '科技小巨人的条件'],
    programme: 'sti_giant',
    region: '福建省',
  }),
  item('srdi', '国家专精特新小巨人的条件是什么？', { programme: 'srdi' }),
  item('space', '众创空间备案要什么材料？', { programme: 'makerspace' }),
]
const aliases = {
  aliases: {
    高企: 'hnte',
    国高: 'hnte',
    加计扣除: 'rd_deduct',
    创业贷: 'startup_loan',
    科技小巨人: 'sti_giant',
  },
  ambiguous: {
    小巨人: [
      { label: '国家专精特新小巨人', programme: 'srdi' },
      { label: '福建省科技小巨人', programme: 'sti_giant' },
      { label: '别处的小巨人' },
    ],
  },
}
const finder = createFinder(base, { aliases, home: '台江' })
const seen = ({ kind, ranked }: Finding) => ({ kind, ranked: ranked.map(each => [each.item.id, each.score]) })
const idOf = (question: string) => finder.find(question).ranked[0]?.item.id

describe('what makers type', () => {
  test.each([
    ['高企怎么报', 'hnte-how'],
    ['国高的条件', 'hnte-conditions'],
    ['加计扣除比例', 'rd-rate'],
    ['创业担保贷款可以贷多少', 'loan-limit'],
    ['搞企怎么报', 'hnte-how'],
    ['gaoqi怎么报', 'hnte-how'],
    ['高新技术起业怎么申报', 'hnte-how'],
    ['创业担保带款最高多少', 'loan-limit'],
  ])('「%s」 finds %s', (question, id) => {
    expect(idOf(question)).toBe(id)
  })

  const toTraditional = Converter({ from: 'cn', to: 'tw' })
  const variants = fc.constantFrom<(text: string) => string>(
    toTraditional,
    text =>
      Array.from(text, char =>
        /[!-~]/.test(char) ? String.fromCharCode(char.charCodeAt(0) + 0xfee0) : char,
      ).join(''),
    text => text.toUpperCase(),
    text => `${text}👍🏻`,
    text => Array.from(text).join('\u200b'),
    text => text.replaceAll('30万', '三十万').replaceAll('100%', '百分之百'),
  )
  test('Traditional, full width, case, emoji and invisible characters change nothing', () => {
    const questions = fc.constantFrom(
      '高企怎么报',
      '创业贷能贷30万吗',
      '加计扣除是不是100%',
      'hnte在哪里申报',
      '小巨人的条件',
    )
    fc.assert(
      fc.property(questions, variants, (question, vary) => {
        expect(seen(finder.find(vary(question)))).toEqual(seen(finder.find(question)))
      }),
    )
  })
})

describe('outcomes', () => {
  test('a clear question is answered', () => {
    expect(finder.find('高企怎么报').kind).toBe('answer')
  })
  test('an ambiguous word is asked back, with what it may mean', () => {
    const { kind, choices, ambiguousWord } = finder.find('小巨人的条件是什么')
    expect(kind).toBe('choices')
    expect(ambiguousWord).toBe('小巨人')
    expect(choices.map(({ meaning, found }) => [meaning, found.item.id])).toEqual([
      ['国家专精特新小巨人', 'srdi'],
      ['福建省科技小巨人', 'giant'],
    ])
  })
  test('the longer word decides what the shorter one means', () => {
    expect(finder.find('科技小巨人的条件')).toMatchObject({ kind: 'answer', ambiguousWord: undefined })
  })
  test.each(['孩子咳嗽一周了怎么办', '今天中午吃什么', '花呗怎么还款', '你好', '哈哈哈'])(
    '「%s」 is none of ours',
    question => {
      expect(finder.find(question).kind).toBe('none')
    },
  )
  test('an ambiguous word in a question that is strange otherwise is none of ours', () => {
    expect(finder.find('蚂蚁花呗那个小巨人皮肤去哪领').kind).toBe('none')
  })
  test('what holds in another city is none of ours', () => {
    expect(finder.find('厦门高企怎么报')).toMatchObject({ kind: 'none', isElsewhere: true })
    expect(finder.find('福州高企怎么报')).toMatchObject({ kind: 'answer', isElsewhere: false })
  })
  test('a follow-up is read with what was just spoken of', () => {
    expect(finder.find('那要满足什么条件', 'hnte').ranked[0]?.item.id).toBe('hnte-conditions')
    expect(finder.find('那要什么材料', 'makerspace').ranked[0]?.item.id).toBe('space')
    expect(finder.find('加计扣除比例', 'hnte').ranked[0]?.item.id).toBe('rd-rate')
  })
})

describe('adding and removing', () => {
  const subset = fc.subarray(base.map((_, i) => i))
  test('gives what building anew would give', () => {
    const question = fc.constantFrom('高企怎么报', '小巨人条件', '能贷多少', '要什么材料', '比例')
    fc.assert(
      fc.property(subset, subset, question, (removed, again, asked) => {
        const changed = createFinder(base, { aliases })
        for (const i of removed) changed.remove(base[i]?.id ?? '')
        for (const i of again) if (base[i]) changed.put({ ...base[i], answer: '改过的答案' })
        const left = base.flatMap((each, i) => {
          if (again.includes(i)) return [{ ...each, answer: '改过的答案' }]
          return removed.includes(i) ? [] : [each]
        })
        const anew = createFinder(left, { aliases })
        expect(changed.size()).toBe(anew.size())
        expect(seen(changed.find(asked))).toEqual(seen(anew.find(asked)))
      }),
      { numRuns: 60 },
    )
  })
  test('removing what is not there says so', () => {
    expect(createFinder(base, { aliases }).remove('nobody')).toBe(false)
  })
  test('an edit is seen by the next question', () => {
    const edited = createFinder(base, { aliases })
    edited.put(item('fire', '消防验收要什么手续？', { otherQuestions: ['消防验收手续'], programme: 'fire' }))
    const found = edited.find('消防验收手续')
    expect([found.kind, found.ranked[0]?.item.id]).toEqual(['answer', 'fire'])
    edited.remove('fire')
    expect(edited.find('消防验收手续').kind).toBe('none')
  })
})

test.each([
  ['nothing', ''],
  ['100 kB', '高企怎么报'.repeat(7000)],
  ['only emoji', '👍👍🏻🎉'],
  ['only punctuation', '？？？！！……'],
  ['a link', 'https://example.com/高企'],
  ['a quoted card', '<?xml version="1.0"?><msg><appmsg><title>高企</title></appmsg></msg>'],
  ['half a character', '\ud83d高企\udc4d'],
  ['names of object members', '__proto__ constructor toString'],
  ['control characters', '\u0000\u0007高企\u001b[31m'],
])('%s does no harm', (_, text) => {
  expect(['answer', 'choices', 'none']).toContain(finder.find(text).kind)
})

test('any text has an outcome, and the same one every time', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), text => {
      expect(seen(finder.find(text))).toEqual(seen(finder.find(text)))
    }),
  )
})

test('an empty base knows nothing', () => {
  expect(createFinder([], { aliases }).find('高企怎么报')).toMatchObject({ kind: 'none', ranked: [] })
})
