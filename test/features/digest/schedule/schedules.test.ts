import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { createNodeCron } from '../../../../src/adapters/node-cron.ts'
import { Refusal } from '../../../../src/feature.ts'
import { chooseGroups, sayTargets, targetWords } from '../../../../src/features/digest/content/targets.ts'
import {
  nextRuns,
  readOnce,
  readSchedule,
  sayCron,
} from '../../../../src/features/digest/schedule/schedules.ts'
import { createQuietLog } from '../../../conversation.ts'
import { groupCard } from '../world.ts'

const now = Temporal.Instant.from('2026-11-25T10:00:00+08:00')
const scheduler = createNodeCron(createQuietLog())
const times = (text: string, most = 5) =>
  nextRuns(readSchedule(text, scheduler), now, most).map(at =>
    at.toZonedDateTimeISO('Asia/Shanghai').toPlainDateTime().toString().slice(0, 16),
  )

describe('schedules', () => {
  test('as people write them, and as cron, come at the same times', () => {
    expect(times('每周五16:30')).toEqual(times('30 16 * * 5'))
    expect(times('每月1日9:00')).toEqual(times('0 9 1 * *'))
    expect(times('每天7点')).toEqual(times('0 7 * * *'))
    expect(times('每周五16:30')[0]).toBe('2026-11-27T16:30')
  })
  test.each([
    ['30 16 * * 5', '每周五 16:30'],
    ['0 9 1 * *', '每月1日 09:00'],
    ['5 7 * * *', '每天 07:05'],
    ['0 9 * * 1,3,0', '每周一、三、日 09:00'],
    ['*/5 9 * * *', undefined],
    ['0 9 1 * 1', undefined],
  ])('cron %s is said %s', (cron, said) => {
    expect(sayCron(cron)).toBe(said)
  })
  test('a plain cron line and its words mean the same', () => {
    const weekdays = fc.subarray([1, 2, 3, 4, 5, 6, 0], { minLength: 1 })
    fc.assert(
      fc.property(fc.nat(59), fc.nat(23), weekdays, (minute, hour, days) => {
        const cron = `${minute} ${hour} * * ${days.join(',')}`
        expect(times(sayCron(cron) ?? '', 3)).toEqual(times(cron, 3))
      }),
      { numRuns: 30 },
    )
  })
  test.each(['', '有空的时候', '99 99 * * *', '每周五', '1 2 3'])('「%s」 is refused in a sentence', text => {
    expect(() => readSchedule(text, scheduler)).toThrow(Refusal)
  })
})

describe('a time to send once', () => {
  test.each([
    ['', undefined],
    ['现在', undefined],
    ['明天上午9点', '2026-11-26T09:00'],
    ['周五16:30', '2026-11-27T16:30'],
    ['12月1日 9:00', '2026-12-01T09:00'],
    ['2026年12月1日 09:00', '2026-12-01T09:00'],
  ])('「%s」', (text, expected) => {
    const at = readOnce(text, now)
    expect(at?.toZonedDateTimeISO('Asia/Shanghai').toPlainDateTime().toString().slice(0, 16)).toBe(expected)
  })
  test.each(['昨天9点', '今天9:00', '11月1日9:00', '2月30日9点', '随便', '明天9点到10点', '明天9点开会'])(
    '「%s」 is refused',
    text => {
      expect(() => readOnce(text, now)).toThrow(Refusal)
    },
  )
  test('whatever is written: a time that is to come, or a sentence', () => {
    const words = fc.array(
      fc.constantFrom(
        '明天',
        '周五',
        '下周',
        '一',
        '上午',
        '9点',
        '16:30',
        '12月',
        '1日',
        '现在',
        ' ',
        '25:00',
      ),
      { maxLength: 6 },
    )
    fc.assert(
      fc.property(words, parts => {
        try {
          const at = readOnce(parts.join(''), now)
          if (at) expect(Temporal.Instant.compare(at, now)).toBe(1)
        } catch (cause) {
          expect(cause).toBeInstanceOf(Refusal)
        }
      }),
    )
  })
})

describe('targets', () => {
  const cards = [
    groupCard('优空间 创客群', { space: '优空间', tags: ['科技'] }),
    groupCard('恒丰，大厦', { space: '恒丰', branch: '恒丰党支部' }),
    groupCard('组织者', { isOrganizers: true }),
  ]
  const names = (text: string) => chooseGroups(text, cards).map(({ name }) => name)
  test.each([
    ['', ['优空间 创客群', '恒丰，大厦']],
    ['全部', ['优空间 创客群', '恒丰，大厦']],
    ['发到 所有群', ['优空间 创客群', '恒丰，大厦']],
    ['优空间 创客群', ['优空间 创客群']],
    ['恒丰，大厦', ['恒丰，大厦']],
    ['空间: 优空间、支部：恒丰党支部', ['优空间 创客群', '恒丰，大厦']],
    ['标签：科技', ['优空间 创客群']],
    ['#科技 优空间', ['优空间 创客群']],
    ['组织者', ['组织者']],
  ])('「%s」', (text, expected) => {
    expect(names(text)).toEqual(expected)
  })

  test('of two groups with one name the line tells which', () => {
    const twins = ['a', 'qq1!b', 'staff!c'].map(id => groupCard('优空间', { id }))
    const ids = (text: string) => chooseGroups(text, twins).map(({ id }) => id)
    expect(ids('优空间')).toEqual(['a', 'qq1!b', 'staff!c'])
    expect(ids('群：优空间（qq1）、优空间（staff）')).toEqual(['qq1!b', 'staff!c'])
    expect(targetWords(twins)).toEqual(['全部', '优空间', '优空间（qq1）', '优空间（staff）'])
    expect(targetWords([groupCard('优空间', { id: 'qq1!b' })])).toEqual(['全部', '优空间'])
  })
  test('a name with a separator is one group beside others', () => {
    const some = [groupCard('周三、周五群'), groupCard('优空间 创客群'), groupCard('恒丰群')]
    const chosen = (text: string) => chooseGroups(text, some).map(({ name }) => name)
    expect(chosen('周三、周五群、恒丰群')).toEqual(['周三、周五群', '恒丰群'])
    expect(chosen('恒丰群、优空间 创客群')).toEqual(['优空间 创客群', '恒丰群'])
  })
  test('as they are said they mean the same groups', () => {
    for (const text of ['', '全部', '优空间 创客群', '#科技 恒丰', '空间：优空间, 组织者'])
      expect(names(sayTargets(text, cards))).toEqual(names(text))
  })
  test('an unknown one names what there is', () => {
    expect(() => names('标签:金融')).toThrow('没有叫「金融」的标签。现在有：\n标签：科技')
    expect(() => names('优空间、火星')).toThrow('没有叫「火星」的群、空间、支部或标签')
  })
})
