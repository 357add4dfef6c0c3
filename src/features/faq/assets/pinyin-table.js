// Takes the place of pinyin-pro in the browser: the finder asks for single characters only.
let syllables
/** @returns the commonest reading without its tone; the character itself where there is none */
export function pinyin(char) {
  syllables ??= new Map(
    Object.entries(globalThis.siteTables.sounds).flatMap(([syllable, chars]) =>
      [...chars].map(one => [one, syllable]),
    ),
  )
  return syllables.get(char) ?? char
}
