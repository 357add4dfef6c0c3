import { between, type FieldAnswer, isRange, type Profile, type Range } from '../answers.ts'
import { monthStart } from '../days.ts'
import type { ProfileField } from '../fields.ts'
import { domainRange, optionsOf } from '../logic/representatives.ts'
import type { CompiledTrack } from '../verdicts.ts'

/** Most answers offered to a question about a number or a day. */
const mostBands = 5

/**
 * The bands into which the thresholds of the given tracks cut what is known of a field, from low to high; one band
 * where no threshold lies inside.
 */
export function bandsOf(field: ProfileField, tracks: readonly CompiledTrack[], profile: Profile): Range[] {
  const known = profile.get(field.id)
  const range = isRange(known) ? known : domainRange(field)
  const step = field.kind === 'day' || field.whole ? 1 : 0
  const cuts = tracks
    .filter(({ reads }) => reads.has(field.id))
    .flatMap(track => track.cuts(field.id, profile))
    .map(cut => (step === 1 ? Math.ceil(cut) : cut))
    .filter(cut => cut > range.min && cut < range.max)
  return split(
    range,
    [...new Set(cuts)].sort((a, b) => a - b),
    step,
  )
}

function split(range: Range, cuts: readonly number[], step: number): Range[] {
  const starts = [range.min, ...cuts]
  return starts.map((min, at) => {
    const next = cuts[at]
    if (next === undefined) return { ...range, min }
    return step === 1 ? between(min, next - 1, true) : between(min, next, false)
  })
}

/** Joins neighbours until at most {@link mostBands} are left; the ones that stay apart are spread evenly. */
function fewBands(bands: readonly Range[]): Range[] {
  if (bands.length <= mostBands) return [...bands]
  return Array.from({ length: mostBands }, (_, at) => {
    const first = bands[Math.round((at * bands.length) / mostBands)]
    const last = bands[Math.round(((at + 1) * bands.length) / mostBands) - 1]
    return { ...(last as Range), min: (first as Range).min }
  })
}

/** The answers to choose from: yes and no, the options, or bands around what is undecided. */
export function answersTo(
  field: ProfileField,
  tracks: readonly CompiledTrack[],
  profile: Profile,
): FieldAnswer[] {
  if (field.kind === 'yes-no') return [true, false]
  if (field.kind === 'choice') return optionsOf(field)
  const words: FieldAnswer[] = profile.has(field.id)
    ? []
    : [field.orNone, field.orOwn].filter(word => word !== undefined)
  return [...words, ...fewBands(bandsOf(field, tracks, profile))]
}

/**
 * An answer as it is kept: numbers become the band of all live thresholds in which they lie, days that are on no
 * public list become their month. What is on the licence or a public list is kept as it is.
 */
export function keptAnswer(
  field: ProfileField,
  answer: FieldAnswer,
  tracks: readonly CompiledTrack[],
  profile: Profile,
): FieldAnswer {
  if (!isRange(answer)) return answer
  if (field.kind === 'day') return field.sensitivity === 'public' ? answer : monthsOf(answer)
  const open = new Map(profile)
  open.delete(field.id)
  const touching = bandsOf(field, tracks, open).filter(
    band => band.min <= answer.max && overlapsFrom(band, answer.min),
  )
  const [first] = touching
  const last = touching.at(-1)
  return first && last ? { ...last, min: first.min } : answer
}

const overlapsFrom = ({ max, isMaxIncluded }: Range, min: number) =>
  max > min || (max === min && isMaxIncluded)

function monthsOf({ min, max }: Range): Range {
  return between(
    Number.isFinite(min) ? monthStart(min) : min,
    Number.isFinite(max) ? monthStart(max, 1) - 1 : max,
    true,
  )
}
