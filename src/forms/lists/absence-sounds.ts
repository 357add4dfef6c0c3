import { soundOf } from '../../text/pinyin.ts'

const absences = ['请假', '事假', '病假', '缺席', '缺勤', '未到', '没到', '没来', '不来', '出差', '旷课']
const soundsOf = (word: string) => [...word].map(char => soundOf(char.codePointAt(0) ?? 0)).join()
const absenceSounds = new Set(absences.map(soundsOf))
const inPinyin =
  /(?<![a-z])(?:(?:q[ií]ng|b[iì]ng|s[hì]*i)\s?jia|qj|que\s?xi|(?:wei|mei)\s?dao|(?:mei|bu)\s?lai|chu\s?chai)(?![a-z])/iu
/** A word beside a name, or the end of one that stands with its name. */
const wordBeside =
  /(?<=[\s，,、:：（(【\-—])\p{Script=Han}{2}(?!\p{Script=Han})|(?<=^\p{Script=Han}{2,3})\p{Script=Han}{2}(?=[了的\P{Script=Han}]|$)/gu

/** Whether a word beside a name sounds like an absence, as typing errors and dictation write it: 「请加」「没赖」「qj」. */
export const soundsLikeAbsence = (text: string): boolean =>
  inPinyin.test(text) || [...text.matchAll(wordBeside)].some(([word]) => absenceSounds.has(soundsOf(word)))
