import { foldCharacters } from '../../text/characters.ts'

const han = '\\p{Script=Han}'
const number = new RegExp(
  `^[（(\\[]?\\s*(${han}{0,16}(?:[(〔]${han}{1,4}[)〕]${han}{0,6})?\\s*[〔\\[(<〈]\\s*[\\d〇零一二三四五六七八九]{4}\\s*年?\\s*[〕\\])>〉]\\s*第?\\s*[\\d一二三四五六七八九十百]{1,5}\\s*号|(?:〔${han}{1,3}届〕\\s*)?第\\s*[\\d一二三四五六七八九十百]{1,5}\\s*号|(?:${han}{0,16}(?:公告|通告)\\s*)?\\d{4}\\s*年\\s*第\\s*[\\d一二三四五六七八九十]{1,5}\\s*号)\\s*[)）\\]]?(?:\\s+签发人.*)?$`,
  'u',
)
/** The number of a document in a line of its own, 「榕科〔2026〕12号」 or 「第12号」, as it is written there. */
export const numberIn = (line: string): string | undefined => number.exec(foldCharacters(line).trim())?.[1]
