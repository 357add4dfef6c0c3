import { familyNames } from '../../text/names/family-names.ts'
import { readingOf, soundOf } from '../../text/pinyin.ts'

const absences = ['请假', '事假', '病假', '缺席', '缺勤', '未到', '没到', '没来', '不来', '出差', '旷课']
const soundsOf = (word: string) => [...word].map(char => soundOf(char.codePointAt(0) ?? 0)).join()
const absenceSounds = new Set(absences.map(soundsOf))
const inPinyin =
  /(?<![a-z])(?:(?:q[ií]ng|b[iì]ng|s[hì]*i)\s?jia|qj|que\s?xi|(?:wei|mei)\s?dao|(?:mei|bu)\s?lai|chu\s?chai)(?![a-z])/iu
/** A word beside a name, or the end of one that stands with its name. */
const wordBeside =
  /(?<=[\s，,、:：（(【\-—])\p{Script=Han}{2}(?!\p{Script=Han})|(?<=^\p{Script=Han}{2,3})\p{Script=Han}{2}(?=[了的\P{Script=Han}]|$)/gu

/** 「石佳」 begins with a family name; 「施加」 and 「史家」, which keyboards offer for 事假, end in what no name ends in. */
const isName = (word: string) =>
  familyNames.has(word.charAt(0)) && !/[假家加甲价驾架席勤到道来赖差柴课]$/u.test(word)
/** 「Shi Jia」: two words that stand alone. */
const twoWords = /^\s*[A-Z][a-z]+\s+[A-Z][a-z]+\s*$/u
/** 「Lin Mei Lai」, 「Lin Qingjia」. */
const withFamily = /^\s*(?<family>[A-Z][a-z]+)(?:\s+[A-Z][a-z]+){1,2}\s*$/u
const familyReadings = new Set([...familyNames].map(readingOf))
const wholeInPinyin = new RegExp(`^\\s*${inPinyin.source}\\s*$`, 'iu')

function isLatinName(text: string): boolean {
  if (twoWords.test(text) && wholeInPinyin.test(text)) return true
  const { family = '' } = withFamily.exec(text)?.groups ?? {}
  return familyReadings.has(family.toLowerCase())
}

/** Whether a word beside a name sounds like an absence, as typing errors and dictation write it: 「请加」「没赖」「qj」. */
export const soundsLikeAbsence = (text: string): boolean =>
  (inPinyin.test(text) && !isLatinName(text)) ||
  [...text.matchAll(wordBeside)].some(([word]) => absenceSounds.has(soundsOf(word)) && !isName(word))
