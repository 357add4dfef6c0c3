import { type Clause, clauseLikeness, negation, type ParsedText } from './clauses.ts'
import { isVerdict } from './verdict.ts'

/** Characters between a negation and the negated verb: 「不会自动续」, 「没有核到」. */
const fillers = '会能得可以是要用必需应该再都另被让给有做太很再按照'
const denied = new RegExp(`${negation.source}[${fillers}]*(\\p{Script=Han}{1,2})`, 'gu')
const deniedRightBefore = new RegExp(`${negation.source}[${fillers}]*$`, 'u')

/** Words that negate or limit a statement; longer words first. */
const limiting =
  /不得超过|不超过|不得低于|不低于|不高于|不少于|以上|以下|以内|以外|之前|以前|之后|以后|之内|不得|不能|不会|不用|不要|没有|未能|仅限|只限|限于|除外|至少|最高|最多|最长|最低|超过|低于|大于|小于|截至|截止|[不没未无非别勿莫免仅只须前后止]/gu
const denying = /不得|不能|不会|不用|不要|没有|[不没未无非别勿莫]/gu

type Denial = { stem: string; isDenied: boolean; clause: Clause }

/**
 * Finds statements denied in the entries and not in the text, or the other way about, by the most similar
 * place; and clauses taken over without their 不, 未, 前 or 只.
 */
export function negationFaults(said: ParsedText, source: ParsedText): string[] {
  const stems = new Set([...source.clauses, ...said.clauses].flatMap(stemsDenied))
  const theirs = [...stems].map(stem => source.clauses.flatMap(clause => denials(clause, stem)))
  const isTheirs = (text: string) => source.clauses.some(clause => clause.text === text)
  const whole = source.clauses.map(({ edged }) => edged.slice(1)).join('')
  return said.clauses.flatMap(clause => {
    if (isTheirs(clause.text)) return []
    if (isVerdict(clause.text)) return [`a yes or no of its own: ${clause.text}`]
    const turned = turnedStem(clause, theirs)
    if (turned) return [`says the contrary about ${turned}: ${clause.text}`]
    if (deniesAlone(clause, source)) return [`denies what no entry denies: ${clause.text}`]
    return losesWord(clause, source, `｜${whole}`) ? [`loses or gains a limiting word: ${clause.text}`] : []
  })
}

/** The two characters after each negation of a clause, or the one that is left. */
function stemsDenied({ bare }: Clause): string[] {
  return [...bare.matchAll(denied)].map(([, stem = '']) => stem)
}

/** Every place in a clause where a stem stands, and whether it is denied there. */
function denials(clause: Clause, stem: string): Denial[] {
  const found: Denial[] = []
  for (let at = clause.bare.indexOf(stem); at >= 0; at = clause.bare.indexOf(stem, at + 1)) {
    found.push({ stem, isDenied: deniedRightBefore.test(clause.bare.slice(Math.max(0, at - 6), at)), clause })
  }
  return found
}

function turnedStem(clause: Clause, theirs: Denial[][]): string | undefined {
  return theirs.find(places => {
    const stem = places[0]?.stem
    return stem !== undefined && denials(clause, stem).some(place => contradicts(place, places))
  })?.[0]?.stem
}

function contradicts(place: Denial, theirs: Denial[]): boolean {
  const best = (isDenied: boolean) =>
    Math.max(
      -1,
      ...theirs
        .filter(other => other.isDenied === isDenied)
        .map(other => clauseLikeness(place.clause.marks, other.clause.marks)),
    )
  const [same, opposite] = [best(place.isDenied), best(!place.isDenied)]
  // One character is in many words: alone it proves something only between clauses that are alike.
  if (place.stem.length === 1 && opposite < 0.5) return false
  return opposite > same
}

const boundAtFigure =
  /不(?:得|能|可)?(?:超过|高于|低于|少于|多于|小于|大于|足|满|到)(?=[\d一二两三四五六七八九十])/gu

/** A denial in words of the model's own stands only where the entries deny or limit something alike. */
function deniesAlone(clause: Clause, source: ParsedText): boolean {
  // 「不超过」 at a figure is its bound, which is looked at there, in whatever words.
  const bare = clause.bare.replace(boundAtFigure, '')
  const own = stemsDenied({ ...clause, bare }).filter(stem => !source.flat.includes(stem))
  if (own.length === 0) return false
  return !source.clauses.some(
    other =>
      /[不没未无非别勿莫免仅只除限]/u.test(other.sentence) && clauseLikeness(clause.marks, other.marks) > 0.1,
  )
}

/**
 * True where a text goes on over a place at which the entries have a limiting word, or denies where the entries
 * go on: 「到期自动续」 for 「到期不自动续」. Words at a figure are its bounds and are looked at there.
 */
function losesWord(clause: Clause, source: ParsedText, whole: string): boolean {
  const own = clause.edged
  if (skips({ text: own, other: whole, words: denying, whole: own })) return true
  const near = source.clauses.map(other => clauseLikeness(clause.marks, other.marks))
  const nearest = Math.max(0, ...near)
  return source.clauses.some(
    (other, at) => near[at] === nearest && skips({ text: other.edged, other: own, words: limiting, whole }),
  )
}

/** How many characters on the left and right of a word make its place known. */
const seams = [
  [2, 1],
  [1, 2],
] as const

/** Whether `text` has such a word between characters that stand side by side in `other`, and nowhere in `whole`. */
function skips({
  text,
  other,
  words,
  whole,
}: Record<'text' | 'other' | 'whole', string> & { words: RegExp }): boolean {
  for (const match of text.matchAll(words)) {
    const end = match.index + match[0].length
    if (other.includes(text.slice(match.index, end + 2))) continue
    for (const [left, right] of seams) {
      const seam = text.slice(Math.max(0, match.index - left), match.index) + text.slice(end, end + right)
      // A limit at a figure is one of its bounds; a denial at a figure is not.
      const isBound = seam.includes('□') && !/^[只仅须不没未无非别勿莫]$/u.test(match[0])
      const isWhole = seam.length === left + right
      if (isWhole && !isBound && other.includes(seam) && !whole.includes(seam)) return true
    }
  }
  return false
}
