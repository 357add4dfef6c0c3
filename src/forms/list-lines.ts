const numbering =
  /^\s*(?:[(（]\s*)?(?<number>\d{1,4})\s*(?:[.、．)）:：]|(?=\s+\p{Script=Han})|(?=(?![楼号月日点时人名位年届期])\p{Script=Han}{2}))\s*/u
const circled = '①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳'
/** A number that begins another name in the same line: 「1.甘棠 2.柏舟」, 「1 甘棠 √ 5 柏舟 ×」. */
const numberWithin =
  /(?<=[\p{Script=Han})）✅√×❌✓✔✗])(?:[\s，,、;；]*(?=\d{1,3}[.、．]\s*\p{Script=Han})|[ \t]+(?=\d{1,3}[ \t]+\p{Script=Han}{2,4}(?:\s|$)))/gu
/** Words that begin another part of the list in the same line: 「实到：甘棠；请假：柏舟」. */
const labelWithin =
  /[，,、；;。]\s*(?=[^\s:：，,、；;。]{1,8}\s*(?:[（(]?\s*\d+\s*[人位名]?\s*[)）]?)?\s*[:：]\s*\D)/gu
const boxes: readonly [RegExp, string][] = [
  [/[[［]\s*[xX✓√]\s*[\]］]/gu, '✓'],
  [/[[［]\s*[\]］]/gu, '□'],
]
/** Totals behind the name of a branch. */
const totals = /[（(][^()（）]{0,30}(?:应到|实到|共|合计)\s*\d+[^()（）]{0,30}[)）]/gu
/** 「#接龙」, and 「#Group Note」 where WeChat speaks English. */
export const chainHead =
  /^\s*[#＃]?\s*(?:接[龙龍]|group\s*note|jielong|chain)\s*$|^\s*[#＃]\s*(?:接[龙龍]|group\s*note|jielong)(?:[\s:：]|$)/iu

/** The lines of a list, each with one number at most; in a 接龙 those of the last run of numbers. */
export function linesOfList(text: string): string[] {
  const lines = withPlainNumbers(text)
    .split(/\r?\n/u)
    .map(line => line.trim().replace(/^[-*•·]\s+/u, ''))
  if (!lines.some(line => chainHead.test(line))) return lines.filter(line => !/^例/u.test(line))
  const firsts = lines.flatMap((line, at) => (numberOf(line) === 1 ? [at] : []))
  const start = firsts.at(-1) ?? lines.findLastIndex(line => chainHead.test(line)) + 1
  const rest = lines.slice(start)
  return rest.some(line => numberOf(line) !== undefined)
    ? rest.filter(line => numberOf(line) !== undefined)
    : rest
}

/** The number in front of a name. */
export function numberOf(line: string): number | undefined {
  const number = numbering.exec(line)?.groups?.number
  return number === undefined ? undefined : Number(number)
}

export const withoutNumber = (line: string) => line.replace(numbering, '').trim()

const withPlainNumbers = (text: string) =>
  withPlainMarks(text)
    .replaceAll(/(?<digits>\d+)\uFE0F?\u20E3/gu, '\n$<digits>. ')
    .replaceAll(new RegExp(`[${circled}]`, 'gu'), char => `\n${circled.indexOf(char) + 1}. `)
    .replaceAll(numberWithin, '\n')

const withPlainMarks = (text: string) =>
  boxes
    .reduce((now, [box, mark]) => now.replaceAll(box, mark), text)
    .replaceAll(/[=＝]/gu, ' ')
    .replaceAll(totals, '')
    .replaceAll(labelWithin, '\n')
