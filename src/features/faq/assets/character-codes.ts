/** The commonest characters have codes of one byte, up to this one; the others have two. */
const oneByteCodes = 192
const mostChars = oneByteCodes + (256 - oneByteCodes) * 256

/**
 * A text as codes of its characters, commonest first; `chars` holds the character of each code. UTF-8 takes three bytes
 * for a Chinese character, and packs worse.
 */
type CodedText = { chars: string; codes: Uint8Array<ArrayBuffer> }

/** @throws RangeError for a text of more than 16,576 different characters */
export function characterCodesOf(text: string): CodedText {
  const counts = new Map<string, number>()
  for (const char of text.split('')) counts.set(char, (counts.get(char) ?? 0) + 1)
  const chars = [...counts].sort(([, a], [, b]) => b - a).map(([char]) => char)
  if (chars.length > mostChars) throw new RangeError(`${chars.length} different characters are too many`)
  const codeOf = new Map(chars.map((char, code) => [char, code]))
  const codes = text.split('').flatMap(char => {
    const code = codeOf.get(char) ?? 0
    if (code < oneByteCodes) return [code]
    return [oneByteCodes + ((code - oneByteCodes) >> 8), (code - oneByteCodes) & 255]
  })
  return { chars: chars.join(''), codes: Uint8Array.from(codes) }
}

/** The text of these codes. */
export function textOfCodes({ chars, codes }: CodedText): string {
  let text = ''
  for (let at = 0; at < codes.length; at += 1) {
    const first = codes[at] ?? 0
    if (first >= oneByteCodes) at += 1
    const code =
      first < oneByteCodes ? first : oneByteCodes + ((first - oneByteCodes) << 8) + (codes[at] ?? 0)
    text += chars[code]
  }
  return text
}
