const digits = '零一二三四五六七八九'

/** Other ways of writing one numeral, the ones that banks use included. */
const plainChars = new Map(
  [...'〇○两兩壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬億'].map((char, at) => [
    char,
    [...'零零二二一二二三三四五六六七八九十百千万亿'][at] ?? '',
  ]),
)

const numeralChars = '零〇○一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟萬億'

/**
 * The source of a pattern for one number as people write it: `12`, `1,234.5`, `五十万`, `3万5千`, `2亿`. It has
 * no groups. What it finds is read by {@link numberOf}.
 */
export const numberPattern = `(?:\\d{1,24}(?:,\\d{3}){0,8}(?:\\.\\d{1,9})?|[${numeralChars}])(?:[${numeralChars}]|\\d{1,9}(?:\\.\\d{1,9})?(?=[十百千万亿拾佰仟萬億])){0,24}`

/** Writes each numeral in one way: 「叁拾萬」 is 「三十万」. */
export const plainNumerals = (text: string) => [...text].map(char => plainChars.get(char) ?? char).join('')

/**
 * The value of a number: 「五十万」 500000, 「叁拾万」 300000, 「1.2亿」 120000000, 「3万5千」 35000, 「一万二」 12000,
 * 「29万8」 298000, 「二〇二六」 2026.
 * @returns undefined for what is no number, 「万千」, 「十四五」 or 「三五」
 */
export function numberOf(said: string): number | undefined {
  const text = plainNumerals(said.replaceAll(',', ''))
  if (/^\d+(?:\.\d+)?$/u.test(text)) return Number(text)
  if ([...text].every(char => digits.includes(char))) return digitByDigit(text)
  const value = amountOf(text)
  // 1.1 × 10,000 is 11000.000000000002 to a computer.
  return value !== undefined && value > 0 && Number.isFinite(value)
    ? Number(value.toPrecision(12))
    : undefined
}

/** 「二〇二六」 and 「三」 are numbers, 「三五」 is a guess. */
function digitByDigit(text: string): number | undefined {
  if (text.length !== 1 && text.length !== 4) return undefined
  return Number([...text].map(char => digits.indexOf(char)).join(''))
}

const digit = '([一二三四五六七八九]|\\d+(?:\\.\\d+)?)'
const below10000 = new RegExp(
  `^零?(?:${digit}?(千))?零?(?:${digit}?(百))?零?(?:${digit}?(十))?(?:零?${digit})?$`,
  'u',
)
const lone = /^[一二三四五六七八九1-9]$/u
const byTenThousands = /^(?:(.*)亿)?(?:([^亿]*)万)?([^亿万]*)$/u

function amountOf(plain: string): number | undefined {
  const parts = byTenThousands.exec(plain)
  if (!parts) return undefined
  const [, hundredMillions, tenThousands, rest = ''] = parts
  // 「一万五」 and 「29万8」 leave out the unit of their last digit: a tenth of the one before.
  const last = tenThousands !== undefined ? 1e4 : hundredMillions !== undefined ? 1e8 : 1
  const below = last > 1 && lone.test(rest) ? (digitOf(rest) * last) / 10 : sectionOf(rest)
  const values = [
    hundredMillions === undefined ? 0 : (amountOf(hundredMillions || '一') ?? Number.NaN) * 1e8,
    tenThousands === undefined ? 0 : (sectionOf(tenThousands || '一') ?? Number.NaN) * 1e4,
    below ?? Number.NaN,
  ]
  const value = values.reduce((sum, each) => sum + each, 0)
  return Number.isNaN(value) ? undefined : value
}

/** A number below ten thousand; 「百」 and 「千」 without a digit are one of them, before 万 and 亿 as in 「百万」. */
function sectionOf(text: string): number | undefined {
  const parts = below10000.exec(text)
  if (!parts) return undefined
  const [, thousands, thousand, hundreds, hundred, tens, ten, ones] = parts
  const isShort = ones && !ten && /[千百][一二三四五六七八九1-9]$/u.test(text)
  const onesAre = isShort ? (hundred ? 10 : 100) : 1
  return (
    (thousand ? digitOf(thousands ?? '一') * 1000 : 0) +
    (hundred ? digitOf(hundreds ?? '一') * 100 : 0) +
    (ten ? digitOf(tens ?? '一') * 10 : 0) +
    digitOf(ones) * onesAre
  )
}

function digitOf(text = '零'): number {
  const at = digits.indexOf(text)
  return at >= 0 ? at : Number(text)
}
