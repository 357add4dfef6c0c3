const digits = [...'零一二三四五六七八九']

/** A file may start a list at any number; numbers from 10,000 on and below zero are said in digits. */
const most = 9999

/** A number as clauses are counted: 「十」「二十一」「一百零三」; in digits above 9999. */
export function saySimplified(value: number): string {
  if (value > most) return String(value)
  if (value < 10) return digits[value] ?? ''
  if (value < 20) return `十${value === 10 ? '' : digits[value - 10]}`
  const units = ['', '十', '百', '千']
  const said = [...String(value)].map((digit, at, all) =>
    digit === '0' ? '零' : `${digits[Number(digit)]}${units[all.length - 1 - at] ?? ''}`,
  )
  return said.join('').replaceAll(/零+/gu, '零').replace(/零$/u, '')
}

const circled = (value: number) =>
  value > 0 && value <= 20 ? String.fromCodePoint(0x2460 + value - 1) : `(${value})`
/** Thirty times 「z」. */
const mostLetters = 780
const letter = (value: number) =>
  value < 1 || value > mostLetters
    ? String(value)
    : String.fromCharCode(97 + ((value - 1) % 26)).repeat(Math.ceil(value / 26))
const fullWidth = (value: number) =>
  String(value).replaceAll(/\d/gu, digit => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))

const romans: readonly [number, string][] = [
  [1000, 'm'],
  [900, 'cm'],
  [500, 'd'],
  [400, 'cd'],
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
]
function roman(value: number): string {
  let rest = value
  let said = ''
  for (const [worth, char] of romans) for (; rest >= worth; rest -= worth) said += char
  return said
}

/** In words of the ways below, 0 to {@link most}. */
const ways: Record<string, (value: number) => string> = {
  decimalZero: value => String(value).padStart(2, '0'),
  decimalFullWidth: fullWidth,
  decimalFullWidth2: fullWidth,
  decimalEnclosedCircle: circled,
  decimalEnclosedCircleChinese: circled,
  decimalEnclosedParen: value => `(${value})`,
  decimalEnclosedFullstop: value => `${value}.`,
  lowerLetter: letter,
  upperLetter: value => letter(value).toUpperCase(),
  lowerRoman: roman,
  upperRoman: value => roman(value).toUpperCase(),
  chineseCounting: saySimplified,
  chineseCountingThousand: saySimplified,
  ideographDigital: saySimplified,
  japaneseCounting: saySimplified,
  taiwaneseCounting: saySimplified,
  taiwaneseCountingThousand: saySimplified,
  chineseLegalSimplified: value => [...saySimplified(value)].map(char => legal[char] ?? char).join(''),
  ideographTraditional: value => [...'甲乙丙丁戊己庚辛壬癸'][value - 1] ?? String(value),
  ideographZodiac: value => [...'子丑寅卯辰巳午未申酉戌亥'][value - 1] ?? String(value),
}
const legal: Record<string, string> = Object.fromEntries(
  [...'一二三四五六七八九十'].map((char, at) => [char, [...'壹贰叁肆伍陆柒捌玖拾'][at] ?? '']),
)

/** Ways of counting by the names that Word has for them (`w:numFmt`); others are said in digits. */
export const countFormats: Record<string, (value: number) => string> = {
  none: () => '',
  bullet: () => '',
  ...Object.fromEntries(
    Object.entries(ways).map(([name, say]) => [
      name,
      (value: number) => (value >= 0 && value <= most ? say(value) : String(value)),
    ]),
  ),
}
