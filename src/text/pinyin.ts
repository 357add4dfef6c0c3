import { pinyin } from 'pinyin-pro'

const sounds = new Map<string, number>()
const soundsByCode = new Uint16Array(0x10000)

/** Sounds that people of Fujian mix up and input methods accept for each other: zh z, ch c, sh s, l n, f h, ng n. */
function blurred(syllable: string): string {
  return syllable
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/gu, '')
    .replace(/^([zcs])h/u, '$1')
    .replace(/^l/u, 'n')
    .replace(/^f/u, 'h')
    .replace(/ng$/u, 'n')
}

function soundOfSyllable(syllable: string): number {
  const blurry = blurred(syllable)
  const known = sounds.get(blurry)
  if (known) return known
  sounds.set(blurry, sounds.size + 1)
  return sounds.size
}

/**
 * How a character sounds, as a number from 1 to {@link mostSounds} that is the same for characters which are
 * easily typed for one another (企 and 起, 缴 and 浇, 张 and 脏); 0 for what is no Han character.
 * A character with several readings has its commonest, wherever it stands.
 */
export function soundOf(code: number): number {
  if (code < 0x3400 || code > 0xfaff) return 0
  const known = soundsByCode[code]
  if (known) return known - 1
  const char = String.fromCharCode(code)
  const syllable = readingOf(char)
  const sound = syllable === undefined ? 0 : soundOfSyllable(syllable)
  soundsByCode[code] = sound + 1
  return sound
}

/** The commonest reading of a character, without its tone; undefined where there is none. */
export function readingOf(char: string): string | undefined {
  const syllable = pinyin(char, { toneType: 'none' })
  return syllable === char || !/^[a-zü]+$/u.test(syllable) ? undefined : syllable
}

/** A bound above every number that {@link soundOf} gives. */
export const mostSounds = 512

const initials = '(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?'
const finals =
  '(?:iang|iong|uang|ueng|ang|eng|ing|ong|uan|ian|iao|uai|van|ai|ei|ui|ao|ou|iu|ie|ue|ve|er|an|en|in|un|vn|ia|ua|uo|a|o|e|i|u|v)'
/** Syllables, written so that no letter may belong to two: else the time doubles with each syllable. */
const wholeWord =
  /^(?:(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?(?:[aei](?:ng?(?![aeiouv]))?|er(?![aeiouv])|o(?:ng)?|[uv](?:n(?![aeiouv]))?))+$/u
const syllables = new RegExp(`${initials}${finals}(?=$|${initials}${finals})`, 'gu')

/** The sounds of a word of Latin letters that is pinyin (「gaoqi」), empty for any other word. */
export function soundsInPinyin(word: string): number[] {
  if (word.length < 4 || word.length > 60 || !wholeWord.test(word)) return []
  const parts = word.match(syllables) ?? []
  const found = parts.map(part => sounds.get(blurred(part)) ?? 0)
  return parts.length > 1 && parts.join('') === word && !found.includes(0) ? found : []
}
