import { Converter } from 'opencc-js/t2cn'

/** Characters that OpenCC keeps apart for dictionaries and a search must not: 「著作权」 and 「看着」. */
const alsoAlike: Record<string, string> = {
  著: '着',
  幺: '么',
  妳: '你',
  祇: '只',
  甚: '什',
  覆: '复',
  帐: '账',
  夥: '伙',
}

/** For every character of the basic plane, the one that stands for it in a search. */
let table: Uint16Array | undefined

function createTable(): Uint16Array {
  const fromTaiwan = Converter({ from: 'tw', to: 'cn' })
  const fromHongKong = Converter({ from: 'hk', to: 'cn' })
  const made = Uint16Array.from({ length: 0x10000 }, (_, code) => code)
  // A line break between two characters keeps the dictionary's phrases from seeing both.
  const han = Array.from({ length: 0xfb00 - 0x3400 }, (_, i) => String.fromCharCode(0x3400 + i)).filter(
    char => /\p{Script=Han}/u.test(char),
  )
  const simplified = fromHongKong(fromTaiwan(han.join('\n'))).split('\n')
  han.forEach((char, i) => {
    const to = simplified[i] ?? char
    if (to.length === 1) made[char.charCodeAt(0)] = to.charCodeAt(0)
  })
  for (const [from, to] of Object.entries(alsoAlike)) {
    made.forEach((now, code) => {
      if (now === from.charCodeAt(0)) made[code] = to.charCodeAt(0)
    })
  }
  return made
}

/**
 * Writes Traditional characters, of Taiwan and of Hong Kong, as Simplified ones, character by character.
 * For comparing only, not for reading: characters that people mix up (著 and 着, 帐 and 账) become one.
 */
export function simplify(text: string): string {
  table ??= createTable()
  let changed = ''
  let copiedTo = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    const to = table[code]
    if (to === undefined || to === code) continue
    changed += text.slice(copiedTo, i) + String.fromCharCode(to)
    copiedTo = i + 1
  }
  return copiedTo === 0 ? text : changed + text.slice(copiedTo)
}
