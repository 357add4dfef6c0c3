import { Temporal } from 'temporal-polyfill'
import { foldCharacters } from '../../text/characters.ts'
import { normalNumber } from '../../text/notices/document-number.ts'
import { findInForce } from '../../text/notices/in-force.ts'
import { passagesOf } from '../../text/notices/passages.ts'
import type { Passage, Validity } from './types.ts'

const ended =
  /《([^《》]{2,80})》\s*(?:\(([^()]*号)\))?(?=(?:[^。;]{0,200}?)(?:同时|自行|即行|均?予以|相应)?(?:废止|失效|停止执行))/gu
const ends = /废止|失效|停止执行/u
/** Stands in the place of a clause. */
const head = '文首'
/** 「自印发之日起施行」 of a document without a day. */
const unknownDay = Temporal.PlainDate.from('0001-01-01')

/**
 * Reads from when until when a document says that it holds, and what it ends.
 * @param headLines lines above the body: standards and rules have the day of coming into force in a caption there
 * @param date its day of signature, ISO 8601
 */
export function readValidity(
  passages: readonly Passage[],
  headLines: readonly string[],
  date: string | undefined,
): Omit<Validity, 'isRepealed'> {
  const signed = date === undefined ? unknownDay : Temporal.PlainDate.from(date)
  const captions = headLines.map(text => ({ path: [head], text }))
  const said = [...passages, ...captions].flatMap(({ path, text }) =>
    passagesOf(foldCharacters(text)).map(passage => ({ path, passage })),
  )
  const { from, until } = findInForce(
    said.map(({ passage }) => passage),
    { publishedOn: signed, printedOn: undefined },
  )
  const dayOf = (found: typeof from) => {
    const path = said.find(({ passage }) => passage === found?.passage)?.path
    const isKnown = found && path && found.day.year > 100
    return isKnown ? { day: found.day.toString(), saidIn: path } : undefined
  }
  return { from: dayOf(from), until: dayOf(until), repeals: passages.flatMap(repealsIn) }
}

function repealsIn({ path, text }: Passage): Validity['repeals'] {
  const folded = foldCharacters(text)
  if (!ends.test(folded)) return []
  return [...folded.matchAll(ended)].map(([, title = '', number]) => ({
    title,
    number: number && normalNumber(number),
    saidIn: path,
  }))
}
