const others: Record<string, string> = {
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

/**
 * Full-width letters, digits and marks as plain ones, every dash as 「-」, each in its place: what is found in the
 * narrow text stands at the same place in the original.
 */
export function narrow(text: string): string {
  return text
    .replaceAll(/[\u3000\u00a0【】﹝﹞○：～〜∼~]/gu, mark => others[mark] ?? mark)
    .replaceAll(/[！-～]/gu, mark => String.fromCharCode(mark.charCodeAt(0) - 0xfee0))
    .replaceAll(/[\u2010-\u2015\u2212\u2500]/gu, '-')
}
