import { Temporal } from 'temporal-polyfill'
import { endOfPeriod } from './day-patterns.ts'
import type { DayMention } from './days.ts'
import * as cues from './deadline-cues.ts'
import { isListedWith, type Scope, scopeOf } from './deadline-scope.ts'
import type { Passage } from './passages.ts'

type Day = Temporal.PlainDate

/** How well an end answers 「until when may an enterprise submit」; higher is better. */
type Rank = { isOwn: boolean; isApplicant: boolean; isMoved: boolean; road: 'online' | 'any' | 'paper' }
type Candidate = { day: Day; passage: Passage; rank: Rank; isExplicit: boolean }

/** No call is open for longer: a later day is the end of a project or of a policy. */
const longestYears = 3

export type FoundDeadline = { day: Day; passage: Passage }

/**
 * The last day on which an enterprise may submit: the moved one where it was moved, the online one where there are
 * two roads, the last of several rounds; undefined where one may apply at any time, or no end is named.
 * @param passages of a folded text, and the days that each of them names
 */
export function findDeadline(
  passages: readonly { passage: Passage; days: readonly DayMention[] }[],
  publishedOn: Day,
): FoundDeadline | undefined {
  const latest = publishedOn.add({ years: longestYears })
  const candidates = passages
    .flatMap(({ passage, days }) => candidatesIn(passage, days))
    .filter(
      ({ day }) =>
        Temporal.PlainDate.compare(day, publishedOn) >= 0 && Temporal.PlainDate.compare(day, latest) <= 0,
    )
  const isContinuous = passages.some(({ passage }) => cues.continuous.test(passage.text))
  const open = isContinuous ? candidates.filter(({ isExplicit }) => isExplicit) : candidates
  const best = bestOf(open)
  return best && { day: best.day, passage: best.passage }
}

function bestOf(candidates: readonly Candidate[]): Candidate | undefined {
  const top = Math.max(...candidates.map(scoreOf))
  const equals = candidates.filter(candidate => scoreOf(candidate) === top)
  // Rounds and kinds end one after another; what offices pass on, they want from enterprises before the first of theirs.
  const isWanted = (a: Candidate, b: Candidate) =>
    Temporal.PlainDate.compare(a.day, b.day) * (a.rank.isApplicant ? 1 : -1) > 0
  return equals.reduce<Candidate | undefined>(
    (best, candidate) => (!best || isWanted(candidate, best) ? candidate : best),
    undefined,
  )
}

const roads = { online: 2, any: 1, paper: 0 }
const scoreOf = ({ rank }: Candidate) =>
  (rank.isOwn ? 100 : 0) + (rank.isApplicant ? 50 : 0) + (rank.isMoved ? 10 : 0) + roads[rank.road]

/** The ends of submitting in one sentence. */
function candidatesIn(passage: Passage, days: readonly DayMention[]): Candidate[] {
  const { text } = passage
  const ends: DayMention[] = []
  for (const day of days) {
    if (isEnd(text, day) || isMovedEnd(text, day, days) || isListedWith(text, ends.at(-1), day))
      ends.push(day)
  }
  const movedOnes = ends.filter(day => isMovedEnd(text, day, days))
  const counted = movedOnes.length > 0 ? movedOnes : ends
  const found = counted.flatMap(day => {
    const scope = scopeOf(text, day, ends)
    const isMoved = movedOnes.includes(day)
    // What was moved is named once, before the day that no longer holds.
    const isMeant = isSubmitting(passage, scope) || (isMoved && cues.submit.test(text))
    if (isElsewhere(passage, day, scope) || !isMeant) return []
    return [candidate(passage, day, { scope, isMoved })]
  })
  return movedOnes.length > 0 ? found : [...found, ...movedByDays(passage, days)]
}

/** 「原定12月10日，延长5个工作日」. */
function movedByDays(passage: Passage, days: readonly DayMention[]): Candidate[] {
  const by = cues.movedBy.exec(passage.text)
  const from = days.filter(day => day.end <= (by?.index ?? 0)).at(-1)
  if (!by?.groups || !from || !cues.submit.test(passage.text)) return []
  const day = endOfPeriod(from.day, by.groups.count ?? '', by.groups.unit ?? '')
  const rank = { isOwn: !passage.isAttached, isApplicant: true, isMoved: true, road: 'any' } as const
  return [{ day, passage, rank, isExplicit: true }]
}

function isEnd(text: string, day: DayMention): boolean {
  if (day.isYearly) return false
  const before = text.slice(0, day.start)
  const after = text.slice(day.end)
  if (day.isPeriod) return true
  if (cues.untilBefore.test(before) || cues.untilAfter.test(after) || cues.noLongerAfter.test(after))
    return true
  return cues.onTheDay.test(before) && cues.thenSubmits.test(after)
}

/** What it was moved to is a day, or a span, which ends on its second. */
function isMovedEnd(text: string, day: DayMention, days: readonly DayMention[]): boolean {
  const at = days.indexOf(day)
  if (days[at + 1]?.isSpanEnd) return false
  const first = day.isSpanEnd ? at - 1 : at
  return cues.moved.test(text.slice(days[first - 1]?.end ?? 0, days[first]?.start))
}

function isElsewhere(passage: Passage, day: DayMention, { label, before, after, following }: Scope): boolean {
  if (cues.asOfBefore.test(before) && cues.conditionAfter.test(after + following)) return true
  if (cues.objection.test(before + after)) return true
  const lead = passage.text.slice(0, day.start)
  if (cues.elsewhereBefore.test(before) || cues.elsewhereBefore.test(lead)) return true
  const isBare = before.trim() === '' || /^[\s\d年月日号.:/-]*(?:至|到|-)?\s*$/u.test(before)
  if (isBare && label === '' && cues.elsewhereBefore.test(bareHeading(passage))) return true
  const thing = cues.elsewhereAfter.exec(after)
  const verb = cues.submit.exec(after.replace(cues.untilAfter, found => '　'.repeat(found.length)))
  return thing !== null && (verb === null || thing.index < verb.index)
}

const bareHeading = ({ heading }: Passage) => heading.replace(/[:\s]+$/u, '')

function isSubmitting({ heading }: Passage, scope: Scope): boolean {
  const { label, before, after, following, earlier } = scope
  return [before + after, following, label, earlier, heading].some(words => cues.submit.test(words))
}

function candidate(
  passage: Passage,
  day: DayMention,
  { scope, isMoved }: { scope: Scope; isMoved: boolean },
): Candidate {
  const { before, after, following } = scope
  const isDayBefore = day.isMidnight || cues.noLongerAfter.test(passage.text.slice(day.end))
  return {
    day: isDayBefore ? day.day.subtract({ days: 1 }) : day.day,
    passage,
    rank: {
      isOwn: !passage.isAttached,
      isApplicant: !isByOffice(passage, day, scope),
      isMoved,
      road: roadOf(passage, scope),
    },
    isExplicit: cues.explicitEnd.test(before + after + following),
  }
}

/** The one named last before the day does it, unless the words around the day are what only offices do. */
function isByOffice({ text, heading }: Passage, day: DayMention, scope: Scope): boolean {
  const { before, after, following, label } = scope
  const lead = text.slice(0, day.start)
  const office = lastIndex(lead, cues.officeIsSubject)
  const own = lastIndex(lead, cues.applicant)
  if (office > own) return true
  const ownBefore = cues.applicant.test(before) || cues.applicant.test(label)
  if (ownBefore) return false
  const deed = `${label} ${before} ${after}`
  if (cues.officeAction.test(deed) || cues.officeSide.test(after)) return true
  const verb = cues.submit.test(deed) || cues.applicant.test(heading)
  return !verb && cues.officeAction.test(following)
}

function lastIndex(text: string, pattern: RegExp): number {
  let last = -1
  for (const match of text.matchAll(new RegExp(pattern.source, 'gu'))) last = match.index
  return last
}

/** By the nearest words that tell; 「电子版发至邮箱，纸质件随后寄出」 tells two roads of one day. */
function roadOf({ heading }: Passage, { label, before, after, following, earlier }: Scope): Rank['road'] {
  const own = `${label} ${before} ${after}`
  const isRegistering = cues.registerOnly.test(own) && !cues.submitProper.test(own + following)
  if (isRegistering) return 'paper'
  for (const words of [`${label} ${before}`, after, following, earlier, heading]) {
    const paper = words.search(cues.onPaper)
    const net = words.search(cues.online)
    if (net >= 0 && (paper < 0 || net < paper)) return 'online'
    if (paper >= 0) return 'paper'
  }
  return 'any'
}
