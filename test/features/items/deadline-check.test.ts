import { describe, expect, test } from 'vitest'
import { checkDeadlineWith } from '../../../src/features/items/deadline-check.ts'
import { LanguageFault, type LanguageModel } from '../../../src/ports/language.ts'
import { loadPrompt } from '../../../src/prompts.ts'
import { createQuietLog } from '../../conversation.ts'
import { draft } from './drafts.ts'
import { openItemsWorld } from './world.ts'

const found = (value: string) => ({ value, sentence: `到 ${value} 为止。` })
const dated = (value: string) => ({ ...found(value), role: 'apply' as const, said: value })
const stated = draft({
  deadline: found('2026-12-15'),
  dates: [dated('2026-11-01'), dated('2026-12-15'), dated('2026-12-20')],
})

type Input = { days: { number: number; day: string }[] }

/** Picks a day as a model would, 0 for none. */
const modelThatPicks = (pick: (input: Input) => number): LanguageModel => ({
  complete: async ({ input, schema }) => ({
    value: schema.parse({ pick: pick(input as Input) }),
    tokens: 10,
  }),
})
const numberOf = (day: string) => (input: Input) => input.days.find(one => one.day === day)?.number ?? 0
const checkWith = (model: LanguageModel) =>
  checkDeadlineWith({
    model,
    prompt: loadPrompt('prompts/notice-deadline.md'),
    timeoutMs: 1000,
    log: createQuietLog(),
  })

describe('a language model that doubts deadlines', () => {
  test('is offered the days from publication on, and changes nothing where it agrees', async () => {
    let offered: string[] = []
    const check = checkWith(
      modelThatPicks(input => {
        offered = input.days.map(({ day }) => day)
        return numberOf('2026-12-15')(input)
      }),
    )
    expect(await check(stated)).toBe(stated)
    expect(offered).toEqual(['2026-12-15', '2026-12-20'])
  })
  test('where it picks another day, a person chooses between the two', async () => {
    expect(await checkWith(modelThatPicks(numberOf('2026-12-20')))(stated)).toMatchObject({
      deadline: undefined,
      deadlineChoices: [found('2026-12-15'), found('2026-12-20')],
    })
  })
  test('where it picks none, a person confirms the day', async () => {
    expect(await checkWith(modelThatPicks(() => 0))(stated)).toMatchObject({
      deadline: undefined,
      deadlineChoices: [found('2026-12-15')],
    })
  })
  test('it never states a day that the text left in doubt', async () => {
    const open = draft({ deadlineChoices: [found('2026-12-15'), found('2026-12-18')], dates: stated.dates })
    expect(await checkWith(modelThatPicks(numberOf('2026-12-20')))(open)).toMatchObject({
      deadline: undefined,
      deadlineChoices: [found('2026-12-15'), found('2026-12-20')],
    })
  })
  test.each([
    ['fails', () => Promise.reject(new LanguageFault('down'))],
    ['picks a day that was not offered', async () => ({ value: { pick: 9 }, tokens: 1 })],
  ])('where it %s, the deadline stays as it was read', async (_, complete) => {
    expect(await checkWith({ complete } as LanguageModel)(stated)).toBe(stated)
  })
  test('an organizer is asked in chat', async () => {
    const { org } = await openItemsWorld({ checkDeadline: checkWith(modelThatPicks(() => 0)) })
    const notice =
      '关于组织申报研发投入奖补的通知\n请企业于2026年12月15日前登录系统提交申报材料，逾期不予受理。'
    await org.says(`收录 ${notice}`, '截止日拿不准')
  })
})
