import type { CheerioAPI } from 'cheerio'
import { elementsOf } from '../elements.ts'
import { countFormats, saySimplified } from '../numerals.ts'

type Level = { format: string; prefix: string; suffix: string; pattern: string; start: number; shown: number }

/** The levels of each list by its style; those of headings under the name ''. Levels count from 1. */
export type ListStyles = ReadonlyMap<string, ReadonlyMap<number, Level>>

/** Says the number of each paragraph of a list, or of each heading, in their order. */
export type ListCounter = { labelFor(level: number, start: number | undefined): string }

/** By the first of a format's numbers: `style:num-format` is 「1」, 「a」 or 「一, 二, 三, ...」. */
const formats: Record<string, string> = {
  a: 'lowerLetter',
  A: 'upperLetter',
  i: 'lowerRoman',
  I: 'upperRoman',
  '１': 'decimalFullWidth',
  '①': 'decimalEnclosedCircle',
  甲: 'ideographTraditional',
  子: 'ideographZodiac',
  壹: 'chineseLegalSimplified',
  壱: 'chineseLegalSimplified',
}

/** Reads the styles of lists from both files that hold them; those of the text itself come last and win. */
export function readListStyles(files: readonly CheerioAPI[]): ListStyles {
  const styles = new Map<string, Map<number, Level>>()
  for (const file of files)
    for (const style of elementsOf(file('text\\:list-style, text\\:outline-style'))) {
      const name = style.name === 'text:outline-style' ? '' : (style.attribs['style:name'] ?? '')
      styles.set(name, new Map(elementsOf(file(style).children()).map(levelIn)))
    }
  return styles
}

function levelIn({ name, attribs }: ReturnType<typeof elementsOf>[number]): [number, Level] {
  const isNumber = name === 'text:list-level-style-number' || name === 'text:outline-level-style'
  return [
    Number(attribs['text:level'] ?? 1),
    {
      format: isNumber ? (attribs['style:num-format'] ?? '') : '',
      prefix: attribs['style:num-prefix'] ?? '',
      suffix: attribs['style:num-suffix'] ?? '',
      pattern: attribs['loext:num-list-format'] ?? '',
      start: Number(attribs['text:start-value'] ?? 1),
      shown: Number(attribs['text:display-levels'] ?? 1),
    },
  ]
}

/** Counts one list, or the headings, from the beginning. */
export function createListCounter(styles: ListStyles): (style: string) => ListCounter {
  return style => {
    const values: number[] = []
    const levelAt = (at: number) => styles.get(style)?.get(at)
    const said = (at: number) => {
      const format = levelAt(at)?.format ?? '1'
      return say(format, values[at] ?? levelAt(at)?.start ?? 1)
    }
    return {
      labelFor(level, start) {
        const own = levelAt(level)
        if (!own || own.format === '') {
          values.length = level
          return ''
        }
        values[level] = start ?? (values[level] ?? own.start - 1) + 1
        values.length = level + 1
        if (/%\d{1,2}%/u.test(own.pattern))
          return own.pattern.replaceAll(/%(\d{1,2})%/gu, (_, at: string) => said(Number(at)))
        const from = Math.max(1, level - Math.min(own.shown, level) + 1)
        const numbers = Array.from({ length: level - from + 1 }, (_, at) => said(from + at))
        return `${own.prefix}${numbers.join('.')}${own.suffix}`
      },
    }
  }
}

function say(format: string, value: number): string {
  const first = format[0] ?? ''
  if (first === '一') return saySimplified(value)
  return (countFormats[formats[first] ?? ''] ?? String)(value)
}
