import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { foldCharacters, foldRadicals } from '../../src/text/characters.ts'
import { findWhen } from '../../src/text/dates/when.ts'
import { isWorkingDay } from '../../src/text/dates/working-days.ts'
import { fold } from '../../src/text/fold.ts'
import { readNotice } from '../../src/text/notices/index.ts'

test('folding keeps every position and changes nothing twice', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), text => {
      const folded = foldCharacters(text)
      expect(folded).toHaveLength(text.length)
      expect(foldCharacters(folded)).toBe(folded)
    }),
  )
})

test('every Kangxi radical becomes an ideograph', () => {
  for (let code = 0x2f00; code <= 0x2fd5; code++) {
    expect(foldRadicals(String.fromCharCode(code))).toMatch(/^[\u4e00-\u9fff]$/u)
  }
})

test.each([
  ['⻓⼄⽚区', '长乙片区'],
  ['⻢尾⻛险⻚', '马尾风险页'],
  ['12⽉5⽇', '12月5日'],
])('%s reads as %s', (written, plain) => {
  expect(foldRadicals(written)).toBe(plain)
  expect(fold(written)).toBe(fold(plain))
})

test('a text from a PDF compares, and names its time, like a typed one', () => {
  expect(fold('补贴三⼗万元')).toBe(fold('补贴三十万元'))
  const now = Temporal.Instant.from('2026-11-29T09:00:00+08:00')
  expect(findWhen('沙龙 12⽉5⽇下午2点', now)).toMatchObject({
    kind: 'when',
    startsAt: Temporal.Instant.from('2026-12-05T14:00:00+08:00'),
    rest: '沙龙',
  })
})

test('holidays with a fixed date count before the State Council announces the year', () => {
  expect(isWorkingDay(Temporal.PlainDate.from('2031-01-01'))).toBe(false)
  expect(isWorkingDay(Temporal.PlainDate.from('2031-01-02'))).toBe(true)
})

test('a notice from a PDF keeps its deadline and its amount', () => {
  const notice = (text: string) =>
    readNotice({ title: '申报通知', text, publishedOn: Temporal.PlainDate.from('2026-11-20') })
  const plain = notice('申报截止时间为2026年12月15日。每家企业补贴三十万元。')
  const copied = notice('申报截⽌时间为2026年12⽉15⽇。每家企业补贴三⼗万元。')
  expect(copied.deadline?.day).toEqual(plain.deadline?.day)
  expect(copied.deadline?.day.toString()).toBe('2026-12-15')
  expect(plain.amounts).toHaveLength(1)
  expect(copied.amounts.map(({ value }) => foldRadicals(value))).toEqual(
    plain.amounts.map(({ value }) => value),
  )
})
