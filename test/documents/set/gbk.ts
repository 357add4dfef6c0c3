let codes: Map<string, string> | undefined

/** The GBK codes of a text in hexadecimal digits; Node only decodes them. */
export function encodedInGbk(text: string): string {
  codes ??= allCodes()
  return [...text].map(sign => codes?.get(sign) ?? missing(sign)).join('')
}

function missing(sign: string): never {
  throw new RangeError(`GBK has no ${sign}`)
}

function allCodes(): Map<string, string> {
  const decoder = new TextDecoder('gb18030')
  const found = new Map<string, string>()
  for (let byte = 0x20; byte < 0x7f; byte += 1) found.set(String.fromCharCode(byte), byte.toString(16))
  for (let high = 0x81; high <= 0xfe; high += 1)
    for (let low = 0x40; low <= 0xfe; low += 1) {
      const bytes = Uint8Array.of(high, low)
      const sign = decoder.decode(bytes)
      if ([...sign].length === 1 && sign !== '\uFFFD' && !found.has(sign))
        found.set(sign, Buffer.from(bytes).toString('hex'))
    }
  return found
}
