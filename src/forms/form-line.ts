import { Temporal } from 'temporal-polyfill'
import { Refusal } from '../feature.ts'
import { foldCharacters } from '../text/characters.ts'
import { stuckDayIn } from '../text/dates/stuck-day.ts'
import { inShanghai } from '../text/dates/time.ts'
import { comingDay } from '../text/dates/tokens/calendar.ts'
import { type ChatDay, chatDays } from '../text/dates/tokens/chat-days.ts'
import { findWhen } from '../text/dates/when.ts'
import type { FormOption, SignUpForm } from './form.ts'
import { requirePlainField } from './sensitive.ts'

/** Fields of a new form, as an organizer typed them. */
export type FormPlan = Pick<SignUpForm, 'title' | 'note' | 'options' | 'fields'> & {
  sensitiveFields?: SignUpForm['sensitiveFields']
  closesAt?: Temporal.Instant
  capacity?: number
}

const limit = /(?<![\d.])(\d{1,5})\s*[人名位](?:以内|封顶|为限)?/u
const fieldsPart = /(?:^|\s)(?:要填|需填|请填|填)\s*[:：]?\s*(?<fields>\S+(?:[、,，]\s*\S+)*)/u
const optionsPart = /(?:^|\s)(?:选项|场次|选)\s*[:：]?\s*(?<options>\S+(?:\s*[、,，]\s*\S+)*)/u

/**
 * Reads a form in one line: 「12月路演 截止12月10日18:00 40人 场次 上午20人、下午20人 要填 设备、公司」.
 * @throws {@link Refusal} that says what is missing or cannot be
 */
export function readFormLine(line: string, now: Temporal.Instant): FormPlan {
  let rest = ` ${line.replaceAll(/\s+/gu, ' ').trim()} `
  const take = (pattern: RegExp, name: string): string[] => {
    const found = pattern.exec(rest)
    if (!found) return []
    rest = rest.replace(found[0], ' ')
    return (found.groups?.[name] ?? '').split(/[、,，]\s*/u).filter(one => one.trim() !== '')
  }
  const fields = take(fieldsPart, 'fields').map(one => one.trim())
  const options = take(optionsPart, 'options').map(optionOf)
  const closing = /(?:截止|截至|到)\s*[:：]?\s*(?<when>.+)$/u.exec(rest)
  const { closesAt, behind } = closing
    ? readClosing(closing.groups?.when ?? '', now, rest.slice(0, closing.index))
    : { behind: '' }
  if (closing) rest = `${rest.slice(0, closing.index)} ${behind} `
  const capacity = limit.exec(rest)
  if (capacity) rest = rest.replace(capacity[0], ' ')
  const title = rest.replaceAll(/[\s,，。;；]+/gu, ' ').trim()
  if (title === '') throw new Refusal(`请写上报什么名，例如「${example}」。`)
  return formPlanOf(title, {
    options,
    fields,
    closesAt,
    capacity: capacity ? Number(capacity[1]) : undefined,
  })
}

export const example = '报名表 12月路演 40人 截止12月10日18:00'

/**
 * Checks a plan, whether typed in chat or on the console.
 * @throws {@link Refusal}
 */
export function formPlanOf(
  title: string,
  {
    options,
    fields,
    closesAt,
    capacity,
    note = '',
  }: {
    options: readonly FormOption[]
    fields: readonly string[]
    closesAt: Temporal.Instant | undefined
    capacity: number | undefined
    note?: string
  },
): FormPlan {
  if ([...title].length > 40) throw new Refusal('标题请不要超过 40 个字。')
  if (new Set(options.map(({ name }) => name)).size < options.length)
    throw new Refusal('有两个选项同名，请改一个。')
  if (options.length === 1) throw new Refusal('选项要有两个以上；只有一个就不用选了。')
  if (capacity === 0 || options.some(one => one.capacity === 0)) throw new Refusal('名额至少 1 人。')
  for (const ask of fields) requirePlainField(ask)
  const asked = [...new Map(fields.map(fieldOf).map(one => [one.ask, one])).values()]
  return {
    title,
    options: [...options],
    note,
    fields: asked.map((one, at) => ({ ...one, id: `f${at + 1}`, isNeeded: true })),
    ...(closesAt ? { closesAt } : {}),
    ...(capacity === undefined ? {} : { capacity }),
  }
}

/** 「设备（备投影）」: what is asked, and what for. */
function fieldOf(said: string): { ask: string; why: string } {
  const { ask = said, why = '' } = /^(?<ask>.+?)[（(](?<why>[^）)]+)[）)]$/u.exec(said.trim())?.groups ?? {}
  return { ask: ask.trim(), why: why.trim() }
}

/** 「上午20人」「上午（20）」「上午」. */
export function optionOf(said: string): FormOption {
  const { name = said, capacity } =
    /^(?<name>.*?)\s*[（(]?(?<capacity>\d{1,5})\s*[人名位]?[）)]?$/u.exec(said.trim())?.groups ?? {}
  return name === ''
    ? { name: said.trim() }
    : { name: name.trim(), ...(capacity === undefined ? {} : { capacity: Number(capacity) }) }
}

/** @param title the words before it, whose day is the event's */
function readClosing(
  said: string,
  now: Temporal.Instant,
  title: string,
): { closesAt: Temporal.Instant; behind: string } {
  const hasTime = /\d\s*[:：]\s*\d{2}|[点时點]/u.test(said)
  // A day without a time is the whole day.
  const found = findWhen(hasTime ? said : said.replace(/^\S+/u, day => `${day} 23:59`), now)
  if (found?.kind === 'impossible') throw new Refusal(found.reason)
  if (!found) throw new Refusal('截止时间没看懂，请写成「截止12月10日18:00」。')
  if (found.hasDay ? hasOtherDay(said, found.rest, now) : namesOtherDay(title, now))
    throw new Refusal(
      '截止是哪一天没看懂，请把日子写在截止时间前面，写成「截止12月10日18:00」，活动的日子写在标题里。',
    )
  if (Temporal.Instant.compare(found.startsAt, now) <= 0)
    throw new Refusal('截止时间已经过了，请改一个以后的时间。')
  return { closesAt: found.startsAt, behind: found.rest }
}

/** 「截止18:00 12月20日 优空间」: the day behind the time may be the closing day or the day of the event. */
function hasOtherDay(said: string, rest: string, now: Temporal.Instant): boolean {
  const first = findWhen(said.split(/[\s,，]/u)[0] ?? '', now)
  const beginsWithTime = first?.kind === 'when' && !first.hasDay
  return beginsWithTime && rest.replace(limit, '').trim() !== ''
}

/** 「12月5日路演 截止18:00」: the time may be of that day or of today. */
function namesOtherDay(title: string, now: Temporal.Instant): boolean {
  const folded = foldCharacters(title)
  const today = inShanghai(now).toPlainDate()
  const isOther = (day: ChatDay) => {
    // 「Web3.0沙龙」 has no day, 「12.5 路演」 has.
    const isNumber = day.kind === 'dottedDay'
    if (isNumber && !/^\s\S+\s$/u.test(folded.slice(day.start - 1, day.end + 1))) return false
    try {
      return !comingDay(day, { today, from: today }).equals(today)
    } catch {
      return true
    }
  }
  return stuckDayIn(folded) !== undefined || chatDays(folded).some(isOther)
}
