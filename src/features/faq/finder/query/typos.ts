import { fold } from '../../../../text/fold.ts'
import { soundOf } from '../../../../text/pinyin.ts'
import type { Findable } from '../library/library.ts'

/** Puts one character of a text in the place of another that sounds the same, as input methods do. */
export function createTypoMaker(items: readonly Findable[]): (text: string) => string {
  const alike = new Map<number, string[]>()
  for (const char of new Set(fold(items.map(({ answer, question }) => question + answer).join('')))) {
    const sound = soundOf(char.charCodeAt(0))
    if (sound > 0) alike.set(sound, [...(alike.get(sound) ?? []), char])
  }
  let turn = 0
  return text => {
    const chars = [...fold(text)]
    for (let tries = 0; tries < chars.length; tries++) {
      turn = (turn * 7919 + 101) % 1_000_003
      const at = turn % chars.length
      const others = (alike.get(soundOf(chars[at]?.charCodeAt(0) ?? 0)) ?? []).filter(
        char => char !== chars[at],
      )
      const other = others[turn % Math.max(1, others.length)]
      if (!other) continue
      chars[at] = other
      break
    }
    return chars.join('')
  }
}
