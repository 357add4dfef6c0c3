/** Text in GB 18030, as far as it has two bytes a character: every pair of bytes is decoded once to find which. */
export function toGb18030(text: string): Uint8Array {
  return Uint8Array.from([...text].flatMap(char => codes().get(char) ?? [0x3f]))
}

let known: Map<string, readonly number[]> | undefined

function codes() {
  if (known) return known
  known = new Map(Array.from({ length: 0x80 }, (_, code) => [String.fromCharCode(code), [code]]))
  const decoder = new TextDecoder('gb18030')
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      if (trail === 0x7f) continue
      const char = decoder.decode(new Uint8Array([lead, trail]))
      if (!known.has(char)) known.set(char, [lead, trail])
    }
  }
  return known
}
