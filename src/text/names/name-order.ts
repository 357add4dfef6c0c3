const digits = '〇一二三四五六七八九'
const collator = new Intl.Collator('zh-Hans-CN', { numeric: true })

/** Compares names as a Chinese list orders them: by sound, and 第一 before 第二 before 第十; numbers up to 99. */
export const compareNames = (a: string, b: string): number => collator.compare(counted(a), counted(b))

const counted = (name: string): string =>
  name.replaceAll(/[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]/gu, number => {
    const [tens = '', ones = ''] = number.includes('十') ? number.split('十') : ['〇', number]
    return String(10 * (tens === '' ? 1 : digits.indexOf(tens)) + (ones === '' ? 0 : digits.indexOf(ones)))
  })
