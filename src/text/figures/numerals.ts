const ones = '零一二三四五六七八九'
const tens = new Map([
  ['十', 10],
  ['百', 100],
  ['千', 1000],
])
const groups = new Map([
  ['万', 1e4],
  ['亿', 1e8],
])

/** Other ways of writing one numeral, the ones that banks use included. */
const plain = new Map(
  [...'〇○两壹贰叁肆伍陆柒捌玖拾佰仟萬億'].map((sign, at) => [
    sign,
    [...'零零二一二三四五六七八九十百千万亿'][at] ?? '',
  ]),
)

const sign = '零〇○一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟'

/**
 * The source of a pattern for one number as people write it: `12`, `1,234.5`, `五十万`, `3万5千`, `2亿`. It has
 * no groups. What it finds is read by {@link numberOf}.
 */
export const numberPattern = `(?:\\d{1,24}(?:,\\d{3}){0,8}(?:\\.\\d{1,9})?|[${sign}])(?:[${sign}]|\\d{1,9}(?:\\.\\d{1,9})?(?=[十百千万亿])){0,24}`

/**
 * What a number amounts to: 「五十万」 500000, 「1.2亿」 120000000, 「3万5千」 35000, 「一万二」 12000, 「二〇二六」 2026.
 * @returns undefined for what is no number, 「万千」 or 「三五」
 */
export function numberOf(said: string): number | undefined {
  const text = [...said.replaceAll(',', '')].map(each => plain.get(each) ?? each).join('')
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text)
  const signs = [...text]
  if (signs.every(each => ones.includes(each))) return digitByDigit(signs)
  return tidy(sumOf(text))
}

/** 「二〇二六」 and 「三」 are numbers, 「三五」 is a guess. */
function digitByDigit(signs: string[]): number | undefined {
  if (signs.length !== 1 && signs.length !== 4) return undefined
  return Number(signs.map(each => ones.indexOf(each)).join(''))
}

type Sum = { whole: number; section: number; digit: number | undefined; unit: number }

function sumOf(text: string): number {
  const sum: Sum = { whole: 0, section: 0, digit: undefined, unit: 1 }
  for (const part of text.match(/\d+(?:\.\d+)?|./gu) ?? []) add(sum, part)
  // 「一万二」 leaves out the unit of its last digit: a tenth of the one before.
  const last =
    (sum.digit ?? 0) * (sum.unit >= 100 && /[百千万亿][一二三四五六七八九]$/u.test(text) ? sum.unit / 10 : 1)
  return sum.whole + sum.section + last
}

function add(sum: Sum, part: string): void {
  const ten = tens.get(part)
  const group = groups.get(part)
  if (ten) {
    sum.section += (sum.digit ?? 1) * ten
    sum.unit = ten
    sum.digit = undefined
  } else if (group) {
    const below = sum.section + (sum.digit ?? 0)
    sum.whole =
      group > sum.whole || below === 0 ? (sum.whole + below || 1) * group : sum.whole + below * group
    sum.section = 0
    sum.unit = group
    sum.digit = undefined
  } else if (part === '零') {
    sum.unit = 1
  } else {
    sum.digit = ones.includes(part) ? ones.indexOf(part) : Number(part)
  }
}

/** 1.1 × 10,000 is 11000.000000000002 to a computer. */
function tidy(value: number): number | undefined {
  return Number.isFinite(value) && value > 0 ? Number(value.toPrecision(12)) : undefined
}
