import { Temporal } from 'temporal-polyfill'
import { amountValues } from '../../src/text/notices/amounts/amount-values.ts'
import { moneyIn } from '../../src/text/notices/amounts/amounts.ts'
import { callFeatures } from '../../src/text/notices/dates/call-features.ts'
import { candidatesOf, type DatedText, dateFeatures } from '../../src/text/notices/dates/date-features.ts'
import { findDays } from '../../src/text/notices/dates/days.ts'
import { type DateRole, dateRoles } from '../../src/text/notices/dates/roles.ts'
import { foldNotice } from '../../src/text/notices/folding.ts'
import type { Mark, MarkedNotice } from './labelled.ts'

/** A notice as it is learnt from: the features of its dates, with their roles where a person labelled them. */
export type Sample = {
  author: string
  notice: Labelled
  whole: DatedText
  dates: { features: readonly string[]; role: DateRole | undefined }[]
  call: readonly string[]
  deadline: string | null
  /** The sums of money in prose; `isOfRule` where a person listed it. */
  money: { features: readonly string[]; isOfRule: boolean }[]
}

export type Labelled = Pick<MarkedNotice, 'author' | 'title' | 'text' | 'publishedOn' | 'deadline'> & {
  documentNumber?: string | null
  /** Undefined where none are listed. */
  amounts?: readonly string[]
}

/** @param notice without marks, only its deadline is known */
export function sampleOf(notice: Labelled & { marks?: readonly Mark[] }): Sample {
  const { author, title, publishedOn, deadline, marks } = notice
  const text = foldNotice(`${title}\n${notice.text}`)
  const whole = { text, titleLength: title.length, publishedOn, days: findDays(text, publishedOn) }
  const candidates = candidatesOf(whole.days)
  const features = dateFeatures(whole, candidates)
  return {
    author,
    notice,
    whole,
    deadline,
    call: callFeatures(text, title.length),
    money: notice.amounts ? moneyOf(notice, notice.amounts) : [],
    dates: candidates.map(({ start, end, mention }, at) => {
      const isOpen = Temporal.PlainDate.compare(mention.day, publishedOn) >= 0
      const weak = mention.day.toString() === deadline && isOpen ? 'apply' : undefined
      const shift = title.length + 1
      const mark = marks?.find(each => each.start + shift < end && each.end + shift > start)
      return { features: features[at] ?? [], role: marks ? roleOf(mark) : weak }
    }),
  }
}

function moneyOf({ title, text }: Labelled, listed: readonly string[]): Sample['money'] {
  const values = new Set(listed.flatMap(amountValues))
  return moneyIn(title, text).flatMap(({ value, features }) =>
    features ? [{ features, isOfRule: amountValues(value).some(each => values.has(each)) }] : [],
  )
}

function roleOf(mark: Mark | undefined): DateRole {
  if (!mark) return 'other'
  const { role, qualifiers } = mark
  if (role === 'apply') {
    if (qualifiers.includes('old')) return 'old'
    if (qualifiers.includes('start')) return 'start'
    return qualifiers.includes('paper') && !qualifiers.includes('online') ? 'paper' : 'apply'
  }
  return dateRoles.find(known => known === role) ?? 'other'
}
