import { type CheerioAPI, load } from 'cheerio'
import { saySimplified } from '../numerals.ts'

type Level = { format: string; text: string; start: number; isLegal: boolean }
/** Says the number that Word shows before a paragraph. */
export type Numbering = { labelFor(numId: string, level: number): string }

const circled = (value: number) => (value <= 20 ? String.fromCodePoint(0x2460 + value - 1) : `(${value})`)
const letter = (value: number) => String.fromCharCode(97 + ((value - 1) % 26)).repeat(Math.ceil(value / 26))
const fullWidth = (value: number) =>
  String(value).replaceAll(/\d/gu, digit => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))

const romans: readonly [number, string][] = [
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

/** By `w:numFmt`; what is not here is said in digits. */
const formats: Record<string, (value: number) => string> = {
  none: () => '',
  bullet: () => '',
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

/** Counts the automatic numbers of a DOCX; each call counts on, so paragraphs are asked for in their order. */
export function readNumbering(xml: string): Numbering {
  const page = load(xml, { xml: true })
  const counts = new Map<string, number[]>()
  const started = new Set<string>()
  return {
    labelFor(numId, level) {
      const number = page('w\\:num').filter((_, each) => page(each).attr('w:numId') === numId)
      const abstractId = number.find('w\\:abstractNumId').attr('w:val') ?? ''
      const levelOf = (at: number) => readLevel(page, { numId, abstractId, at })
      const own = levelOf(level)
      if (!own) return ''
      const values = counts.get(abstractId) ?? []
      counts.set(abstractId, values)
      const override = number.find(`w\\:lvlOverride[w\\:ilvl="${level}"] > w\\:startOverride`).attr('w:val')
      const isRestart = override !== undefined && !started.has(`${numId}/${level}`)
      started.add(`${numId}/${level}`)
      values[level] = isRestart ? Number(override) : (values[level] ?? own.start - 1) + 1
      values.length = level + 1
      return own.text.replaceAll(/%(\d)/gu, (_, said: string) => {
        const at = Number(said) - 1
        const shown = levelOf(at)
        const value = values[at] ?? shown?.start ?? 1
        const format = own.isLegal ? 'decimal' : (shown?.format ?? 'decimal')
        return (formats[format] ?? String)(value)
      })
    },
  }
}

function readLevel(
  page: CheerioAPI,
  { numId, abstractId, at }: { numId: string; abstractId: string; at: number },
): Level | undefined {
  const overridden = page(`w\\:num[w\\:numId="${numId}"] > w\\:lvlOverride[w\\:ilvl="${at}"] > w\\:lvl`)
  const abstract = page(`w\\:abstractNum[w\\:abstractNumId="${abstractId}"] > w\\:lvl[w\\:ilvl="${at}"]`)
  const level = overridden.length > 0 ? overridden.first() : abstract.first()
  if (level.length === 0) return undefined
  const valueIn = (name: string) => level.find(`w\\:${name}`).first().attr('w:val')
  const format = valueIn('numFmt') ?? 'decimal'
  return {
    format,
    text: format === 'bullet' ? '' : (valueIn('lvlText') ?? ''),
    start: Number(valueIn('start') ?? 1),
    isLegal: level.find('w\\:isLgl').length > 0,
  }
}
