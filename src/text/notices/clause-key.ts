const numerals = '零一二三四五六七八九十'

/**
 * A clause without chapters and differences of writing: 「第3条第(一)项」 is 「第三条(一)」. Points between digits stay:
 * 「1.2」 is another clause than 「12」, and so is 「1①」 than 「11」. 「附件 2.」 is what is listed as attached, no 「附件2」.
 */
export function clauseKey(path: readonly string[]): string {
  return joinedLabels(withoutOuterDecimals(path))
    .replaceAll(/[^①-⑳]+/gu, part => part.normalize('NFKC'))
    .replaceAll(/(?<=附[件录表图])\s+(?=\d{1,2}[、.])/gu, ':')
    .replaceAll(/第[\d零一二三四五六七八九十百]+[章节编]/gu, '')
    .replaceAll(/第\s*(\d{1,3})\s*(?=条|款|段)/gu, (_, digits: string) => `第${inChinese(Number(digits))}`)
    .replaceAll(/第(\([^()]+\))项?/gu, '$1')
    .replaceAll(/第([一二三四五六七八九十]+)项/gu, '($1)')
    .replaceAll(/\s/gu, '')
    .replaceAll(/(?<=\d)[、.](?=\d)/gu, '.')
    .replaceAll(/、|(?<!\d)\.|\.(?!\d)/gu, '')
}

/** Labels without those that the next one repeats: below 「1」 stands 「1.2」. */
export const withoutOuterDecimals = (path: readonly string[]): string[] =>
  path.filter((label, at) => {
    const outer = label.normalize('NFKC').replace(/[、.]$/u, '')
    return !/^\d/u.test(outer) || path[at + 1]?.normalize('NFKC').startsWith(`${outer}.`) !== true
  })

/** Labels as one name: 「第三条（一）」, and 「附件2 1.」 or 「附件 2.」, where digits would become another number. */
export const joinedLabels = (labels: readonly string[]): string =>
  labels.reduce(
    (name, label) => `${name}${/[\d件录表图]$/u.test(name) && /^\d/u.test(label) ? ' ' : ''}${label}`,
    '',
  )

function inChinese(number: number): string {
  const [hundreds, tens, ones] = [Math.floor(number / 100), Math.floor(number / 10) % 10, number % 10]
  const upTo99 =
    (tens > 1 ? numerals.charAt(tens) : '') + (tens > 0 ? '十' : '') + (ones > 0 ? numerals.charAt(ones) : '')
  if (hundreds === 0) return upTo99
  const gap = tens === 0 && ones > 0 ? '零' : tens === 1 ? '一' : ''
  return `${numerals.charAt(hundreds)}百${gap}${upTo99}`
}
