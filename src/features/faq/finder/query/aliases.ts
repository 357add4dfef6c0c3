import { fold } from '../../../../text/fold.ts'
import { soundOf, soundsInPinyin } from '../../../../text/pinyin.ts'
import { unitsOf } from '../../../../text/tokens.ts'

/**
 * How makers call programmes. `ambiguous` words may mean several things; a meaning
 * without programme is not covered.
 */
export type AliasTable = {
  aliases: Readonly<Record<string, string>>
  ambiguous: Readonly<Record<string, readonly Meaning[]>>
}
type Meaning = { label: string; programme?: string | undefined }

/**
 * A programme that a question names, by its units `from` to before `to`. `isExact` is false where it was recognised
 * by its sound.
 */
type Mention = { programme: string; word: string; isExact: boolean; from: number; to: number }
export type Ambiguity = { word: string; meanings: readonly Meaning[]; from: number; to: number }
export type Named = { mentions: Mention[]; ambiguities: Ambiguity[] }

export type Recogniser = (units: readonly string[]) => Named

type Sense = { programme: string } | { meanings: readonly Meaning[] }
type WordList = { words: Map<string, { word: string; sense: Sense }>; firsts: Set<string> }

/**
 * Finds what a question names: the longest words win, so 「科技小巨人」 is not the ambiguous 「小巨人」; where
 * nothing is written that way, what sounds that way counts (「搞企」, 「gaoqi」).
 */
export function createRecogniser({ aliases, ambiguous }: AliasTable): Recogniser {
  const written: WordList = { words: new Map(), firsts: new Set() }
  const heard: WordList = { words: new Map(), firsts: new Set() }
  const enter = (list: WordList, parts: readonly string[], entry: { word: string; sense: Sense }) => {
    const key = parts.join(' ')
    if (parts[0] === undefined || list.words.has(key)) return
    list.words.set(key, entry)
    list.firsts.add(parts[0])
  }
  const put = (word: string, sense: Sense) => {
    const units = unitsOf(fold(word))
    enter(written, units, { word, sense })
    const sounds = soundsOf(units)
    // A lone syllable, or a word with digits in it, would match everywhere.
    if (sounds && sounds.length > 1) enter(heard, sounds, { word, sense })
  }
  for (const [word, meanings] of Object.entries(ambiguous)) put(word, { meanings })
  for (const [word, programme] of Object.entries(aliases)) put(word, { programme })

  return units => {
    const free = units.map(() => true)
    const found = scan(units, written, free).map(hit => ({ ...hit, isExact: true }))
    for (const { sounds, unitAt } of piecesOf(units, free)) {
      const hits = scan(
        sounds,
        heard,
        sounds.map(() => true),
      )
      for (const hit of hits) {
        const [from, to] = [unitAt[hit.from] ?? 0, (unitAt[hit.to - 1] ?? 0) + 1]
        found.push({ ...hit, from, to, isExact: false })
      }
    }
    return {
      mentions: found.flatMap(({ sense, ...hit }) =>
        'programme' in sense ? [{ ...hit, programme: sense.programme }] : [],
      ),
      ambiguities: found.flatMap(({ word, sense, from, to }) =>
        'meanings' in sense ? [{ word, meanings: sense.meanings, from, to }] : [],
      ),
    }
  }
}

const longestWord = 14

/** Leftmost longest matches; takes what it matches out of `free`. */
function scan(units: readonly string[], list: WordList, free: boolean[]) {
  const found: { word: string; sense: Sense; from: number; to: number }[] = []
  for (let at = 0; at < units.length; at++) {
    if (!list.firsts.has(units[at] ?? '')) continue
    for (let length = Math.min(longestWord, units.length - at); length > 0; length--) {
      const hit = list.words.get(units.slice(at, at + length).join(' '))
      if (!hit) continue
      found.push({ ...hit, from: at, to: at + length })
      free.fill(false, at, at + length)
      at += length - 1
      break
    }
  }
  return found
}

/** The sounds of each stretch in which nothing was recognised, each with the number of its unit. */
function piecesOf(units: readonly string[], free: readonly boolean[]) {
  let piece: { sounds: string[]; unitAt: number[] } = { sounds: [], unitAt: [] }
  const pieces = [piece]
  units.forEach((unit, at) => {
    if (!free[at]) {
      piece = { sounds: [], unitAt: [] }
      pieces.push(piece)
      return
    }
    for (const sound of soundsOfUnit(unit)) {
      piece.sounds.push(sound)
      piece.unitAt.push(at)
    }
  })
  return pieces.filter(({ sounds }) => sounds.length > 1)
}

function soundsOfUnit(unit: string): string[] {
  const sound = unit.length === 1 ? soundOf(unit.charCodeAt(0)) : 0
  if (sound) return [String(sound)]
  const inPinyin = soundsInPinyin(unit)
  return inPinyin.length > 0 ? inPinyin.map(String) : [unit]
}

/** Undefined where any unit has no sound. */
function soundsOf(units: readonly string[]): string[] | undefined {
  const sounds = units.map(unit => (unit.length === 1 ? soundOf(unit.charCodeAt(0)) : 0))
  return sounds.includes(0) ? undefined : sounds.map(String)
}
