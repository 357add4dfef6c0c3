import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { Refusal } from '../../src/feature.ts'
import { FormRecord } from '../../src/forms/form.ts'
import { formPlanOf } from '../../src/forms/form-line.ts'
import {
  accept,
  answerOf,
  freePlaces,
  placesTaken,
  settle,
  signOffForm,
  signUpFor,
} from '../../src/forms/rules.ts'
import { shippedForms } from '../../src/forms/shipped-forms.ts'
import { readSignUpWish } from '../../src/forms/sign-up-wish.ts'
import { knownShare, sayFormOpened } from '../../src/forms/words.ts'

const start = Temporal.Instant.from('2026-12-01T09:00:00+08:00')
const at = (minutes: number) => start.add({ minutes })

const openForm = (more: object = {}) =>
  FormRecord.parse({
    form: {
      number: 1,
      title: '路演',
      groupIds: ['g'],
      opensAt: start.toString(),
      keptUntil: '2026-12-31',
      byName: '陈静',
      ...more,
    },
  })

const says = (record: FormRecord, who: string, minute: number, more: object = {}) =>
  signUpFor(record, { memberId: who, name: who, sentAt: at(minute), ...more }, at(minute))
const stateOf = (record: FormRecord, who: string) => answerOf(record, who)?.state

test('places go by arrival, who waits is offered one, and an offer ends', () => {
  let form = openForm({ capacity: 3 })
  form = says(form, '甲', 1, { people: 2 })
  form = says(form, '乙', 2)
  form = says(form, '丙', 3, { people: 2 })
  form = says(form, '丁', 4)
  expect(['甲', '乙', '丙', '丁'].map(who => stateOf(form, who))).toEqual(['in', 'in', 'waiting', 'waiting'])
  form = signOffForm(form, { memberId: '乙', sentAt: at(5) }, at(5))
  expect(stateOf(form, '丙')).toBe('waiting')
  expect(stateOf(form, '丁')).toBe('offered')
  form = settle(form, at(5 + 12 * 60))
  expect(stateOf(form, '丁')).toBe('out')
  form = says(form, '甲', 800, { people: 1 })
  form = settle(form, at(800))
  expect(stateOf(form, '丙')).toBe('offered')
  form = accept(form, '丙', at(801))
  expect(stateOf(form, '丙')).toBe('in')
  expect(placesTaken(form)).toBe(3)
})

test('a change that does not fit is refused and nothing is lost', () => {
  const form = says(says(openForm({ capacity: 3 }), '甲', 1), '乙', 2)
  expect(() => says(form, '甲', 3, { people: 3 })).toThrow('最多 2 人。原来报的还在')
  expect(says(form, '甲', 1)).toBe(form)
})

test('someone whom another signed up keeps a place until they say yes or the time is over', () => {
  const form = says(openForm({ capacity: 1 }), '张三', 1, { byName: '林小美' })
  expect(stateOf(form, '张三')).toBe('proxy')
  expect(stateOf(says(form, '李四', 2), '李四')).toBe('waiting')
  expect(stateOf(accept(form, '张三', at(3)), '张三')).toBe('in')
  expect(stateOf(settle(says(form, '李四', 2), at(721)), '李四')).toBe('offered')
})

test('an option has a limit of its own, and must be chosen', () => {
  const options = [{ name: '上午', capacity: 1 }, { name: '下午' }]
  const form = says(openForm({ options }), '甲', 1, { option: '上午' })
  expect(() => says(form, '乙', 2)).toThrow('「报名 上午」或「报名 下午」')
  expect(stateOf(says(form, '乙', 2, { option: '上午' }), '乙')).toBe('waiting')
  expect(stateOf(says(form, '乙', 2, { option: '下午' }), '乙')).toBe('in')
})

test('a closed form takes nothing more, but what was sent in time', () => {
  const form = openForm({ closesAt: at(10).toString() })
  expect(() => says(form, '甲', 10)).toThrow('已经结束')
  expect(stateOf(signUpFor(form, { memberId: '甲', name: '甲', sentAt: at(9) }, at(12)), '甲')).toBe('in')
})

const step = fc.record({
  who: fc.integer({ min: 0, max: 5 }),
  deed: fc.constantFrom('up', 'up', 'up', 'proxy', 'leave', 'accept', 'settle'),
  people: fc.integer({ min: 1, max: 3 }),
  option: fc.constantFrom('上午', '下午'),
  waits: fc.constantFrom(0, 1, 30, 800),
  late: fc.integer({ min: 0, max: 90 }),
  again: fc.boolean(),
})

test('whatever is said, in whatever order, again or late: limits hold and nobody stands twice', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), fc.integer({ min: 1, max: 6 }), (steps, capacity) => {
      let form = openForm({ capacity, options: [{ name: '上午', capacity: 2 }, { name: '下午' }] })
      let minute = 0
      for (const { who, deed, people, option, waits, late, again } of steps) {
        minute += waits
        const memberId = `m${who}`
        const sentAt = at(minute - late)
        const act = (now: FormRecord) => {
          const asked = { memberId, name: memberId, people, option, sentAt }
          if (deed === 'settle') return settle(now, at(minute))
          if (deed === 'accept') return accept(now, memberId, at(minute))
          if (deed === 'leave') return signOffForm(now, asked, at(minute))
          return signUpFor(now, deed === 'proxy' ? { ...asked, byName: '某人' } : asked, at(minute))
        }
        try {
          const once = act(form)
          if (again) expect(settle(act(once), at(minute)).answers).toEqual(settle(once, at(minute)).answers)
          form = once
        } catch (cause) {
          if (!(cause instanceof Refusal)) throw cause
        }
        expect(placesTaken(form)).toBeLessThanOrEqual(capacity)
        expect(placesTaken(form, '上午')).toBeLessThanOrEqual(2)
        expect(new Set(form.answers.map(one => one.memberId)).size).toBe(form.answers.length)
        const settled = settle(form, at(minute))
        for (const one of settled.answers.filter(({ state }) => state === 'waiting'))
          expect(freePlaces(settled, one.option)).toBeLessThan(one.people)
      }
    }),
    { numRuns: 300 },
  )
})

test('of every shipped form at least 70% of the fields stand on the roster, and each says what a field is for', () => {
  for (const { title, fields, note } of shippedForms) {
    const plan = formPlanOf(title, { options: [], fields, closesAt: undefined, capacity: undefined, note })
    expect(knownShare(plan), title).toBeGreaterThanOrEqual(0.7)
    const { form } = openForm({ ...plan })
    const said = sayFormOpened(form, { now: start, known: ['姓名', '众创空间'] })
    for (const { ask, why } of plan.fields) {
      expect(why, ask).not.toBe('')
      expect(said).toContain(`${ask}（${why}）`)
      expect(said).toContain('只有组织者看，留到2026年12月31日')
    }
    if (note !== '') expect(said.startsWith(note)).toBe(true)
  }
})

const open = [
  { title: '周末沙龙', options: [] },
  { title: '12月路演', options: [{ name: '上午' }, { name: '下午' }] },
]

test.each([
  ['我要报名', 'on', ''],
  ['报名2个人', 'on', '2人'],
  ['报名两个人', 'on', '2人'],
  ['报名三位！', 'on', '3人'],
  ['我报2个', 'on', '2人'],
  ['我们报3个人，谢谢', 'on', '3人'],
  ['我想报名周末沙龙', 'on', '周末沙龙'],
  ['周末沙龙我参加', 'on', '周末沙龙'],
  ['报名周末沙龙2位', 'on', '周末沙龙 2人'],
  ['我要报名下午的 2个人', 'on', '下午 2人'],
  ['報名上午兩個人', 'on', '上午 2人'],
  ['老师好，帮我报个名，上午场', 'on', '上午'],
  ['12月路演我报下午', 'on', '12月路演 下午'],
  ['改成2个人', 'change', '2人'],
  ['改为三位', 'change', '3人'],
  ['改成 4', 'change', '4人'],
  ['我改3个人吧', 'change', '3人'],
  ['我不去了', 'off', ''],
  ['不好意思，我来不了了', 'off', ''],
  ['临时有事去不了', 'off', ''],
  ['周末沙龙我去不成了', 'off', '周末沙龙'],
  ['我不参加12月路演了', 'off', '12月路演'],
  ['取消周末沙龙报名', 'off', '周末沙龙'],
  ['不报了', 'off', ''],
  ['多少人报名了', 'total', ''],
  ['周末沙龙还有名额吗？', 'total', '周末沙龙'],
  ['报名情况', 'total', ''],
])('「%s」 is the wish %s for 「%s」', (text, kind, rest) =>
  expect(readSignUpWish(text, open)).toEqual({ kind, rest }),
)

test.each([
  '怎么报名',
  '报名需要什么材料',
  '周末沙龙几点',
  '周末沙龙报名了吗',
  '大家报名',
  '请各位报名',
  '报名截止了',
  '我报了2个专利',
  '我报的是高企',
  '高企申报报名2人以上的企业',
  '2个人',
  '上午',
  '我参加过两次培训',
  '改成2026年',
  '小王不去了',
  '补贴还有名额吗',
  '帮刘凯报名',
])('「%s」 is no wish', text => expect(readSignUpWish(text, open)).toBeUndefined())
