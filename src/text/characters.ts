/**
 * The CJK Radicals Supplement from U+2E80 on, each place with the ideograph that looks like it (after Unicode's
 * EquivalentUnifiedIdeograph.txt); a space where there is none in the basic plane.
 */
const radicals =
  ' 厂乛乚乙亻冂几刀刂卜㔾小小兀尣尢 巳幺彑彐忄㣺扌攵 旡日月歺母民氵氺灬爫爫丬牛犭王疋目示礻竹糹纟罓罒㓁 罒羊羊羊耂肀聿月臼艹艹艹虎衤覀西见角角讠贝足车辶辶辶阝钅長镸长门阜阝雨青韦页风飞食飠飠饣首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟'
const firstRadical = 0x2e80

const marks: Record<string, string> = {
  '\u3000': ' ',
  '\u00a0': ' ',
  '【': '[',
  '】': ']',
  '﹝': '〔',
  '﹞': '〕',
  '○': '〇',
  '：': ':',
  '～': '-',
  '〜': '-',
  '∼': '-',
  '~': '-',
}

/** Other characters that fonts draw with the same shape, and PDFs name in their place. */
const twins: Record<string, string> = {
  '\u2f3e': '户',
  '\u3b35': '胶',
  '\u301c': '～',
  '\u2329': '〈',
  '\u232a': '〉',
  '\u2215': '／',
  '\u2035': '｀',
}

/** Kangxi and CJK radicals, which PDFs contain in place of characters, as the ideographs that look like them. */
export function foldRadicals(text: string): string {
  return text.replace(/[\u2e80-\u2eff\u2f00-\u2fd5\u3b35\u301c\u2329\u232a\u2215\u2035]/gu, char => {
    const twin = twins[char]
    if (twin) return twin
    const found = radicals.charAt(char.charCodeAt(0) - firstRadical).trim()
    return found || char.normalize('NFKC')
  })
}

/**
 * Writes radicals as ideographs, full-width letters, digits and marks as half-width ones, and every dash as 「-」. One
 * code unit becomes one code unit: a position in the result is the same position in the original.
 */
export function foldCharacters(text: string): string {
  return foldRadicals(text)
    .replaceAll(/[\u3000\u00a0【】﹝﹞○：～〜∼~]/gu, mark => marks[mark] ?? mark)
    .replaceAll(/[！-～]/gu, mark => String.fromCharCode(mark.charCodeAt(0) - 0xfee0))
    .replaceAll(/[\u2010-\u2015\u2212\u2500]/gu, '-')
}

/** Longer runs of blanks say nothing more, and patterns that skip blanks take a time that grows faster than they do. */
const longRun = /(\s{40})\s+/gu

/** Cuts runs of blanks and line breaks to 40. */
export const withoutLongBlanks = (text: string): string => text.replaceAll(longRun, '$1')

/** Whether a text has at most `most` characters, an emoji as one. Counting units first settles nearly all. */
export const hasAtMost = (text: string, most: number): boolean =>
  text.length <= most || [...text].length <= most
