import { Temporal } from 'temporal-polyfill'
import { foldCharacters } from '../../text/characters.ts'
import { writtenDay } from '../../text/dates/written-day.ts'

const year = '(?:(?:19|20)\\d{2}|[二一][〇零oO0九][〇零oO0一二三四五六七八九]{2})'
const month = '(?:\\d{1,2}|[元一二三四五六七八九十]{1,2})'
const day = '(?:\\d{1,2}|[一二三四五六七八九十]{1,3})'
const written = `${year}\\s*(?:年\\s*${month}\\s*月\\s*${day}\\s*日|[-./]\\s*\\d{1,2}\\s*[-./]\\s*\\d{1,2}(?!\\d))`

const alone = new RegExp(`^(${written})$`, 'u')
/** 「某某局 2026年5月12日制」 stands below a form. */
const behind = new RegExp(`^(.*\\S)\\s+(${written})(?:[印监编]?制)?$`, 'u')
const anywhere = new RegExp(written, 'u')

/** Any day will do: every day that is read here has its year. */
const someDay = Temporal.PlainDate.from('2026-01-01')
const isoOf = (said: string) => writtenDay(said.replaceAll(/\s/gu, ''), someDay)?.toString()

/** A line that is a day and nothing else. @returns ISO 8601 */
export const dayAlone = (text: string): string | undefined => {
  const found = alone.exec(foldCharacters(text).trim())?.[1]
  return found && isoOf(found)
}

/** An office and the day of its signature in one line. */
export function dayBehind(text: string): { before: string; day: string } | undefined {
  const found = behind.exec(foldCharacters(text).trim())
  const read = found?.[2] && isoOf(found[2])
  return read ? { before: text.trim().slice(0, found?.[1]?.length ?? 0), day: read } : undefined
}

/** The first day with its year in a text. @returns ISO 8601 */
export function firstDay(text: string): string | undefined {
  const found = anywhere.exec(foldCharacters(text))?.[0]
  return found && isoOf(found)
}

/** A text without its first day. */
export const withoutDay = (text: string): string => foldCharacters(text).replace(anywhere, '')

/** The last day with its year in a text. @returns ISO 8601 */
export function lastDay(text: string): string | undefined {
  const found = foldCharacters(text).match(new RegExp(written, 'gu'))?.at(-1)
  return found && isoOf(found)
}
