/** Digits as a person writes the code out: 「壹贰捌玖」, 「一 二 八 九」. */
const formalDigits = '零壹贰叁肆伍陆柒捌玖'
const formal = new RegExp(`[${formalDigits}]{4}`, 'u')
const han = '[零〇一二三四五六七八九]'
const spaced = new RegExp(`(?<!${han}\\s?)${han}(?:\\s${han}){3}(?!\\s?${han})`, 'gu')

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

/** The four digits of words that hold nothing else: 「2890」, 「密码2890」. */
export const codeAlone = (words: string): string | undefined => alone.exec(words)?.groups?.code
