import { mayBeName } from './list-row.ts'
import { isStatus, statusOfCell } from './list-status.ts'
import type { ReadEntry } from './pasted-list.ts'

const mark = String.raw`[√✓✔✅×✗✘✖❌╳○◯〇⭕△▲□☐■◇☆★●]\uFE0F?`
const marks = new RegExp(mark, 'gu')
const meaning = String.raw`\s*(?:[=＝:：为是-]|表示|代表)?\s*(\p{Script=Han}{1,4})`
const marked = new RegExp(`(${mark})${meaning}`, 'gu')
/** 「空白为未到」, 「没打勾的就是没来」. */
const blanks =
  /^\s*(?:备?注|说明)?\s*[:：]?\s*(?:空白|空着|空的|[没未不]打[勾钩√✓]|[没未不](?:画|填|写|签))[的者处]?\s*(?:就|都|均|一律)*(?:[=＝:：为是即算]|表示|代表|视为)+\s*(?<word>\p{Script=Han}{1,4})[。.\s]*$/u
const lead = /^(?:备?注|说明|图例|符号(?:说明)?|标记|其中)?$/u

/**
 * A list without the lines that explain its marks: marks of no plain meaning stand as the words for them, 「√到 △请假」.
 * @returns `blank` as the word for a name without a mark; empty where the list tells none
 */
export function explained(text: string): { text: string; blank: string } {
  const words = new Map<string, string>()
  let blank = ''
  const rest = text.split('\n').filter(line => {
    const word = blanks.exec(line)?.groups?.word ?? ''
    if (word !== '' && isStatus(word)) blank = word
    const pairs = [...line.matchAll(marked)].map(([, sign = '', meant = '']) => [sign, meant] as const)
    const others = line.replaceAll(marked, '').replaceAll(/[\s\p{P}]+/gu, '')
    const isLegend = pairs.length > 1 && pairs.every(([, meant]) => isStatus(meant)) && lead.test(others)
    for (const [sign, meant] of isLegend ? pairs : [])
      if (statusOfCell(sign) !== statusOfCell(meant)) words.set(sign.charAt(0), ` ${meant} `)
    return !isLegend && (word === '' || !isStatus(word))
  })
  return { text: rest.join('\n').replaceAll(marks, sign => words.get(sign.charAt(0)) ?? sign), blank }
}

/**
 * Where two of three names have a word for being there or not, a name without one may be of a person who did not come,
 * unless the list says what that means.
 */
export function tellUntold(entries: readonly ReadEntry[], blank: string): void {
  const told = entries.filter(entry => entry.isTold)
  const untold = entries.filter(entry => !entry.isTold && entry.status === 'here')
  const here = told.filter(({ status }) => status === 'here')
  const named = untold.filter(({ name }) => mayBeName.test(name))
  const isUsual = here.length > 1 && told.length >= named.length * 2
  if (here.length === 0 || !(isUsual || blank)) return
  for (const entry of untold) entry.status = statusOfCell(blank)
}
