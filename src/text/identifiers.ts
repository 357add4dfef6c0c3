/** Characters for the digits 0 to 9 besides the plain ones: Chinese, as banks write them, as people say them. */
const digits = new Map(
  [
    '〇零○０',
    '一壹幺１①',
    '二贰两２②',
    '三叁３③',
    '四肆４④',
    '五伍５⑤',
    '六陆６⑥',
    '七柒７⑦',
    '八捌８⑧',
    '九玖９⑨',
  ].flatMap((chars, digit) => [...chars].map(char => [char, String(digit)] as const)),
)

/** Marks between the digits of a number. */
const gap = '[\\s\\-—–.,，、。·_/\\ufe0f\\u20e3]'

/** Numbers by which a person can be reached or found, the longest first; looked for where every digit is plain. */
const numbers: readonly [kind: string, pattern: RegExp][] = [
  ['〔证件号〕', new RegExp(`(?<!\\d)\\d(?:${gap}?\\d){16}${gap}?[\\dXx](?![\\dA-Za-z])`, 'gu')],
  ['〔信用代码〕', /(?<![\dA-Za-z])(?=\d*[A-Z])[\dA-HJ-NPQRTUWXY]{18}(?![\dA-Za-z])/gu],
  ['〔卡号〕', new RegExp(`(?<!\\d)\\d(?:${gap}?\\d){15,18}(?!\\d)`, 'gu')],
  ['〔手机号〕', new RegExp(`(?<!\\d)1${gap}{0,2}[3-9](?:${gap}{0,2}\\d){9}(?!\\d)`, 'gu')],
  ['〔手机号〕', /(?<=86)1[3-9]\d{9}(?!\d)/gu],
  ['〔电话〕', new RegExp(`(?<!\\d)0${gap}?\\d{2,3}${gap}{0,2}\\d(?:${gap}?\\d){6,7}(?!\\d)`, 'gu')],
]

/** 「13,800,000,000」 is an amount. */
const isAmount = (said: string) => /^\d{1,3}(?:[,，]\d{3})+$/u.test(said)

/**
 * Replaces e-mail addresses, identity, card and phone numbers in any digits, chat accounts, and a stated own name, by
 * their kind.
 */
export function withoutIdentifiers(text: string): string {
  return withoutNumbers(text.replace(/[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+/gu, '〔邮箱〕'))
    .replace(
      /(?<=(?:微信|薇信|威信|\bwx|\bvx|wechat|qq|扣扣)(?:号码?|群)?\s{0,4}(?:[:：]|是|为)?\s{0,4})(?:[a-z][\w-]{5,19}|\d{5,12})/giu,
      '〔账号〕',
    )
    .replace(/(?<=我叫|我的?名字是|姓名[:：])\p{Script=Han}{2,4}/gu, '〔姓名〕')
}

/** Digits and capital letters: a text with fewer than the shortest number, a telephone's, holds none. */
const numberCharacter = new RegExp(`[\\dA-Z${[...digits.keys()].join('')}]`, 'gu')
const shortestNumber = 10

function withoutNumbers(text: string): string {
  if ((text.match(numberCharacter)?.length ?? 0) < shortestNumber) return text
  let chars = [...text]
  for (const [kind, pattern] of numbers) {
    const plain = chars.map(char => digits.get(char) ?? (char.length === 1 ? char : '□')).join('')
    const spans = [...plain.matchAll(pattern)].filter(([said]) => !isAmount(said))
    let end = 0
    const parts = spans.map(({ 0: said, index }) => {
      const before = chars.slice(end, index)
      end = index + said.length
      return [...before, ...kind]
    })
    chars = [...parts, chars.slice(end)].flat()
  }
  return chars.join('')
}
