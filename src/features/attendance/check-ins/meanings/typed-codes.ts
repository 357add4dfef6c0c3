/** Digits as a person writes the code out: 「壹贰捌玖」, 「一 二 八 九」. */
const formalDigits = '零壹贰叁肆伍陆柒捌玖'
const formal = new RegExp(`[${formalDigits}]{4}`, 'u')
const digit = '[零〇一二三四五六七八九\\d]'
const spaced = new RegExp(`(?<!${digit}\\s?)${digit}(?:\\s${digit}){3}(?!\\s?${digit})`, 'gu')

/** A code of four digits with the word that may stand before it. */
export const codeAnywhere = /(?<!\d)(?<label>(?:签到)?(?:码|数字|口令|号码)(?:是|为)?)?(?<code>\d{4})(?!\d)/u
/** Words that stand before other digits too, so that these count only where a code is asked for. */
const alone =
  /^(?:(?:我的?码|现场码|验证码|动态码|密码|code|签|屏幕上?的?(?:码|数字)?)(?:是|为)?)?(?<code>\d{4})$/u

/** The text with a code that is written out as digits. */
export const withPlainDigits = (text: string): string =>
  text
    .replace(formal, digits => [...digits].map(one => formalDigits.indexOf(one)).join(''))
    .replace(spaced, digits => digits.replaceAll(/\s/gu, ''))

const digitWords = new Map(
  [
    '零〇○０',
    '一壹①１',
    '二贰②２',
    '三叁③３',
    '四肆④４',
    '五伍⑤５',
    '六陆⑥６',
    '七柒⑦７',
    '八捌⑧８',
    '九玖⑨９',
  ].flatMap((all, digit) => [...all].map(one => [one, String(digit)] as const)),
)
const betweenDigits = /(?<=\d)[\s.,，、。·\-—_/]+(?=\d)/gu
const digitsApart = /\d+(?:[\s.,，、。·\-—_/]+\d+)*/gu
/** Characters of a text that are looked at. */
const longestRead = 500
/** A code with digits before or behind it; a longer run is the number of a phone or an account. */
const longestRun = 8
/** As two such runs hold. More of them in a few messages would hold every code there is. */
const mostCodes = 10

/**
 * A run of digits with their blanks and commas; a long one part by part, as
 * 「2026.11.28 3618」 has a date before its code.
 */
const runsIn = (written: string): string[] => {
  const joined = written.replaceAll(betweenDigits, '')
  return joined.length > longestRun ? written.split(betweenDigits) : [joined]
}

/**
 * Every four digits in a row that a person may read out of a text, however they are written: 「三，六 1 8」.
 * @returns at most ten; none where the text holds more
 */
export function fourDigitsIn(text: string): string[] {
  const plain = [...text.slice(0, longestRead)].map(one => digitWords.get(one) ?? one).join('')
  const runs = (plain.match(digitsApart) ?? []).flatMap(runsIn).filter(run => run.length <= longestRun)
  const codes = new Set(
    runs.flatMap(run =>
      Array.from({ length: Math.max(0, run.length - 3) }, (_, at) => run.slice(at, at + 4)),
    ),
  )
  return codes.size > mostCodes ? [] : [...codes]
}

/** The four digits of words that hold nothing else: 「2890」, 「密码2890」. */
export const codeAlone = (words: string): string | undefined => alone.exec(words)?.groups?.code

/** 「2890张三」, 「张三2890」. */
const besideName = /^(?<before>[\p{Script=Han}·]{0,12})(?<code>\d{4})(?<behind>[\p{Script=Han}·]{0,4})$/u
const nameLengths = [2, 3, 4]

/** The four digits of words that hold a name right before or behind them, and nothing else. */
export function codeBesideName(words: string, isName: (word: string) => boolean): string | undefined {
  const { before = '', behind = '', code } = besideName.exec(words)?.groups ?? {}
  const isNamed = nameLengths.some(length => before.length >= length && isName(before.slice(-length)))
  return isNamed || isName(behind) ? code : undefined
}
