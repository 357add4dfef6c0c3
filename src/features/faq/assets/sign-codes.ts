/** The commonest signs have codes of one byte, up to this one; the others have two. */
const oneByteCodes = 192
const mostSigns = oneByteCodes + (256 - oneByteCodes) * 256

/** A text as codes of its signs, `signs` by their codes: Chinese takes three bytes a sign in UTF-8, and packs worse. */
type CodedText = { signs: string; codes: Uint8Array<ArrayBuffer> }

/** @throws RangeError for a text of more than 16,576 different signs */
export function codesOf(text: string): CodedText {
  const counts = new Map<string, number>()
  for (const sign of text.split('')) counts.set(sign, (counts.get(sign) ?? 0) + 1)
  const signs = [...counts].sort(([, a], [, b]) => b - a).map(([sign]) => sign)
  if (signs.length > mostSigns) throw new RangeError(`${signs.length} different signs are too many`)
  const codeOf = new Map(signs.map((sign, code) => [sign, code]))
  const codes = text.split('').flatMap(sign => {
    const code = codeOf.get(sign) ?? 0
    if (code < oneByteCodes) return [code]
    return [oneByteCodes + ((code - oneByteCodes) >> 8), (code - oneByteCodes) & 255]
  })
  return { signs: signs.join(''), codes: Uint8Array.from(codes) }
}

/** The text of these codes. */
export function textOfCodes({ signs, codes }: CodedText): string {
  let text = ''
  for (let at = 0; at < codes.length; at += 1) {
    const first = codes[at] ?? 0
    if (first >= oneByteCodes) at += 1
    const code =
      first < oneByteCodes ? first : oneByteCodes + ((first - oneByteCodes) << 8) + (codes[at] ?? 0)
    text += signs[code]
  }
  return text
}
