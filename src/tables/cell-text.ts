import { readXml } from './sheet-xml.ts'

/** How a number is shown, as far as it changes what people read. */
export type CellStyle = { isDate: boolean; zeros: number }

/** ECMA-376 part 1, 18.8.30: the built-in formats of days and times, with those of East Asian locales. */
const builtInDates = new Set([
  14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 45, 46, 47, 50, 51, 52, 53, 54,
  55, 56, 57, 58,
])

export function readStyles(xml: string): CellStyle[] {
  const formats = new Map<number, string>()
  const styles: CellStyle[] = []
  let isInCells = false
  readXml(xml, {
    open(tag, attributes) {
      if (tag === 'numFmt') formats.set(Number(attributes.numFmtId), attributes.formatCode ?? '')
      if (tag === 'cellXfs') isInCells = true
      if (tag === 'xf' && isInCells) styles.push(styleOf(Number(attributes.numFmtId ?? 0), formats))
    },
    close(tag) {
      if (tag === 'cellXfs') isInCells = false
    },
  })
  return styles
}

/** Excel takes no longer format. */
const longestFormat = 255

function styleOf(id: number, formats: ReadonlyMap<number, string>): CellStyle {
  const code = formats.get(id)
  if (code === undefined) return { isDate: builtInDates.has(id), zeros: 0 }
  // Quoted words, colours and locales are no part of the pattern.
  const pattern = code.slice(0, longestFormat).replaceAll(/"[^"]*"|\[[^\]]*\]|\\./gu, '')
  return {
    isDate: /[ymdhs年月日]/iu.test(pattern) && !/^general/iu.test(pattern),
    zeros: /^0+$/u.test(pattern) ? pattern.length : 0,
  }
}

/** A number as people see it: a date as 2026-11-28, 12 under the format 0000 as 0012. */
export function textOfNumber(value: string, style: CellStyle | undefined, is1904: boolean): string {
  const number = Number(value)
  if (!Number.isFinite(number)) return value
  if (style?.isDate) return dateOf(number, is1904)
  const text = String(number)
  return style && style.zeros > 0 ? text.padStart(style.zeros, '0') : text
}

/** Days count from 1899-12-30, as the 29 February 1900 that never was is counted; or from 1904. */
function dateOf(days: number, is1904: boolean): string {
  const whole = Math.floor(days) + (is1904 ? 1462 : 0)
  const date = new Date(Date.UTC(1899, 11, 30) + whole * 86_400_000)
  return Number.isNaN(date.getTime()) ? String(days) : date.toISOString().slice(0, 10)
}
