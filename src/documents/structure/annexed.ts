import { foldCharacters } from '../../text/characters.ts'
import type { DocumentLine } from './types.ts'

const mostTitleLines = 4
const listName = /(?:名单|清单|目录|名录|一览|[^代]表)$/u

/**
 * Finds the title of the document that a notice issues, above its clauses: 「办法」 of 「关于印发《办法》的通知」.
 * @param from the line behind the signature
 * @returns the numbers of its lines, with what stands below it in brackets; empty where there is none
 */
export function annexedTitleIn(lines: readonly DocumentLine[], title: string, from: number): number[] {
  const annexed = [annexedTitle(title), ...namesIssued(lines.slice(0, from))].filter(name => name !== '')
  for (let at = from; at < lines.length; at += 1)
    for (let count = 1; count <= mostTitleLines; count += 1) {
      const said = lines.slice(at, at + count).map(({ text }) => text)
      const name = plainName(said.join(''))
      // A list has no clauses: 「立项名单」 below the label 「附件」 stands there as an attachment.
      if (
        annexed.includes(name) &&
        listName.test(name) &&
        /^附\s*件$/u.test(lines[at - 1]?.text.trim() ?? '')
      )
        return []
      if (annexed.includes(name)) return numbersFrom(at, at + count + bracketsBelow(lines, at + count))
    }
  return []
}

/** 「现将《办法》转发给你们」 above the signature. */
const namesIssued = (lines: readonly DocumentLine[]) =>
  lines.flatMap(({ text }) =>
    [
      ...text.matchAll(
        /《([^《》]{4,60})》(?![^。；]{0,20}根据本)(?=[^。；]{0,40}(?:印发|转发|公布|发布|下发)(?!的))/gu,
      ),
    ].map(([, name = '']) => plainName(name)),
  )

/** 「（试行）」, 「（2026年3月2日印发）」. */
function bracketsBelow(lines: readonly DocumentLine[], at: number): number {
  const others = lines.slice(at).findIndex(({ text }) => !/^[（(].{1,60}[）)]$/u.test(text.trim()))
  return Math.max(0, others)
}

const numbersFrom = (from: number, end: number) => Array.from({ length: end - from }, (_, at) => from + at)

const annexedTitle = (title: string) =>
  plainName(
    // An order is called by the rules that it issues.
    (/(?:印发|公布|发布|修订|下发|转发)[^《]*《(.+)》[^》]*$/u.exec(title) ??
      /关于(?:印发|公布|发布|下发)(.+)的(?:通知|公告|通告|决定)$/u.exec(title) ??
      /^([^关《]+(?:办法|规定|条例|细则))$/u.exec(title))?.[1] ?? '',
  )

/** A name without brackets of titles and what stands in brackets behind it, 「（试行）」. */
export const plainName = (text: string): string =>
  foldCharacters(text)
    .replaceAll(/\s|[《》〈〉]/gu, '')
    .replace(/\([^()]{1,8}\)$/u, '')
