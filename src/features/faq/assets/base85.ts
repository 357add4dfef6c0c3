const digits = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#'
const powers = [85 ** 4, 85 ** 3, 85 ** 2, 85, 1]

/**
 * Bytes as a text of the digits of Z85 (ZeroMQ RFC 32), five for four bytes, shorter than base64; the first digit says
 * how many bytes at the end are filling.
 */
export function textOfBytes(bytes: Uint8Array): string {
  const filling = (4 - (bytes.length % 4)) % 4
  const view = new DataView(new Uint8Array([...bytes, ...new Array<number>(filling).fill(0)]).buffer)
  const words = Array.from({ length: view.byteLength / 4 }, (_, at) => view.getUint32(at * 4))
  return `${filling}${words.map(wordOfDigits).join('')}`
}

const wordOfDigits = (word: number) => powers.map(power => digits[Math.floor(word / power) % 85]).join('')

/** The bytes of a text made by {@link textOfBytes}. */
export function bytesIn(text: string): Uint8Array<ArrayBuffer> {
  const words = (text.length - 1) / 5
  const view = new DataView(new ArrayBuffer(words * 4))
  for (let at = 0; at < words; at++) {
    const sum = powers.reduce(
      (total, power, i) => total + power * digits.indexOf(text.charAt(1 + at * 5 + i)),
      0,
    )
    view.setUint32(at * 4, sum)
  }
  return new Uint8Array(view.buffer, 0, view.byteLength - Number(text.charAt(0)))
}
