const digits = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#_`|~,;'
const base = digits.length
/** Bits of two digits: 91² is a little more than 2¹³. */
const bitsOfTwo = 13

/**
 * Bytes as a text of 91 digits, two for 13 bits, shorter than base64; the number in front of the first
 * space says how many bytes they are.
 */
export function textOfBytes(bytes: Uint8Array): string {
  let [text, bits, count] = [`${bytes.length} `, 0, 0]
  const write = (value: number) => {
    text += `${digits[Math.floor(value / base)]}${digits[value % base]}`
  }
  for (const byte of bytes) {
    bits = (bits << 8) | byte
    count += 8
    if (count < bitsOfTwo) continue
    count -= bitsOfTwo
    write(bits >>> count)
    bits &= (1 << count) - 1
  }
  if (count > 0) write(bits << (bitsOfTwo - count))
  return text
}

/** The bytes of a text made by {@link textOfBytes}. */
export function bytesIn(text: string): Uint8Array<ArrayBuffer> {
  const from = text.indexOf(' ') + 1
  const bytes = new Uint8Array(Number(text.slice(0, from)))
  const values = new Map([...digits].map((digit, value) => [digit, value]))
  let [at, bits, count] = [0, 0, 0]
  for (let next = from; next < text.length; next += 2) {
    const [high = 0, low = 0] = [values.get(text.charAt(next)), values.get(text.charAt(next + 1))]
    bits = (bits << bitsOfTwo) | (high * base + low)
    count += bitsOfTwo
    while (count >= 8 && at < bytes.length) {
      count -= 8
      bytes[at++] = bits >>> count
      bits &= (1 << count) - 1
    }
  }
  return bytes
}
