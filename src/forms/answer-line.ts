import { Refusal } from '../feature.ts'
import { numberOf } from '../text/figures/numerals.ts'
import type { SignUpForm } from './form.ts'

/** Parsed text behind 「报名」. */
export type AnswerLine = { people?: number; option?: string; values: Record<string, string>; rest: string }

const countPattern = /(?:^|\s|一共|共)(?<count>\d{1,3}|[一二两三四五六七八九十]{1,2})\s*(?:个人|[人个位])/u

/** Reads 「2人 上午 设备：投影」: how many people, which option, and answers to fields; `rest` is what was not understood. */
export function readAnswerLine(said: string, form: Pick<SignUpForm, 'options' | 'fields'>): AnswerLine {
  let rest = said.trim()
  const values: Record<string, string> = {}
  for (const { id, ask } of form.fields) {
    const found = new RegExp(`${escaped(ask)}\\s*[:：是]\\s*(?<value>[^，,；;\\n]+)`, 'u').exec(rest)
    if (!found?.groups?.value) continue
    values[id] = found.groups.value.trim().slice(0, 200)
    rest = rest.replace(found[0], ' ')
  }
  const options = form.options.toSorted((a, b) => b.name.length - a.name.length)
  const option = options.find(({ name }) => rest.includes(name))?.name
  if (option) rest = rest.replace(option, ' ')
  requireWhole(rest)
  const count = countPattern.exec(rest)
  const people = count ? numberOf(count.groups?.count ?? '') : undefined
  if (count) rest = rest.replace(count[0], ' ')
  return {
    values,
    rest: rest.replaceAll(/[\s,，、;；。.!！~～]+/gu, ' ').trim(),
    ...(option === undefined ? {} : { option }),
    ...(people === undefined ? {} : { people }),
  }
}

/** 「带2人」 leaves open whether it counts the speaker. */
function requireWhole(said: string): void {
  if (/(?:带|加)\s*(?:\d{1,2}|[一二两三四五六七八九十])\s*[人个位]|[+＋]\s*[2-9]/u.test(said))
    throw new Refusal('连你自己一共几位？请连自己一起算，例如「报名 3人」。')
}

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/gu, '\\$&')
