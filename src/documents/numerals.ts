const digits = [...'零一二三四五六七八九']

/** A number below 10,000 as clauses are counted: 「十」「二十一」「一百零三」. */
export function saySimplified(value: number): string {
  if (value < 10) return digits[value] ?? ''
  if (value < 20) return `十${value === 10 ? '' : digits[value - 10]}`
  const units = ['', '十', '百', '千']
  const said = [...String(value)].map((digit, at, all) =>
    digit === '0' ? '零' : `${digits[Number(digit)]}${units[all.length - 1 - at] ?? ''}`,
  )
  return said.join('').replaceAll(/零+/gu, '零').replace(/零$/u, '')
}
