import { foldCharacters } from '../../text/characters.ts'

const han = '\\p{Script=Han}'
const number = new RegExp(
  `^[（(\\[]?\\s*(${han}{0,16}(?:[(〔]${han}{1,4}[)〕]${han}{0,6})?\\s*[〔\\[(<〈]\\s*[\\d〇零一二三四五六七八九]{4}\\s*年?\\s*[〕\\])>〉]\\s*第?\\s*[\\d一二三四五六七八九十百]{1,5}\\s*号|(?:〔${han}{1,3}届〕\\s*)?(?:总\\s*)?第\\s*[\\d一二三四五六七八九十百]{1,5}\\s*[号期]|(?:${han}{0,16}(?:公告|通告)\\s*)?\\d{4}\\s*年\\s*第\\s*[\\d一二三四五六七八九十]{1,5}\\s*号)\\s*[)）\\]]?(?:[\\s|]*(?:签发人|会签人).*|[\\s|]+${han}{2,6}\\s*:.*)?$`,
  'u',
)
/**
 * 「T/RHCX 003—2026」, 「DB3501/T 128—2026」, 「GB/T 1.1—2020」, of model contracts 「GF—2020—0215」, of a
 * company's own rules 「XDGF-AQ-07」.
 */
const standard =
  /^((?:GB|DB\d{2,6}|[A-Z]{2}|T|Q)(?:\/[A-Z\d]{1,8})?\s*\d{1,5}(?:\.\d{1,3})?\s*[-—–]\s*\d{4}|[A-Z]{2,3}[-—–]\d{4}[-—–]\d{3,4}|[A-Z]{2,8}(?:[-—–][A-Z]{1,6}){0,2}[-—–]\d{1,4}(?:[-—–]\d{4})?)$/u

/** Whether a number is one of a standard, whose dash and space are its own. */
export const isStandard = (found: string): boolean => standard.test(found)

/** 「海　政」 of 「海　政〔2026〕20号」. */
const spacedPrefix = /^\p{Script=Han}(?:\s*\p{Script=Han}){1,8}\s*(?=〔)/u

/** 「某某市某某局公告（2026年第7号）」. */
const numberedKind =
  /^(\p{Script=Han}{4,24}(?:令|公告|通告))\s*\(((?:\d{4}\s*年\s*)?第\s*[\d一二三四五六七八九十]{1,5}\s*号)\)$/u

/** The number of a document in a line of its own, 「榕科〔2026〕12号」 or 「第12号」, as it is written there. */
export function numberIn(line: string): string | undefined {
  const folded = foldCharacters(line)
    .trim()
    .replace(spacedPrefix, word => word.replaceAll(/\s/gu, ''))
  const [, kind, serial] = numberedKind.exec(folded) ?? []
  if (kind && serial) return `${kind}${serial}`
  // 「（第三期）」 below a title is the end of it.
  if (/^[（(].*期[)）]$/u.test(folded)) return undefined
  return number.exec(folded)?.[1] ?? standard.exec(line.normalize('NFKC').trim())?.[1]
}
