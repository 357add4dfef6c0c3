import type { Profile } from './answers.ts'
import type {
  ConditionTest,
  ConditionTrack,
  Contradiction,
  PolicyFact,
  TrackCondition,
} from './conditions.ts'
import { dayNumber } from './days.ts'
import { decisiveFields } from './decisive.ts'
import type { ProfileField } from './fields.ts'
import { compileTest } from './logic/compile.ts'
import type { CompiledTest } from './logic/compiled-test.ts'
import { all, type Truth } from './logic/truth.ts'

/** Verdicts on one track, in the order in which several tracks of a programme are shown. */
export const verdictNames = ['对得上', '不在时候', '矛盾', '要先问清', '还差', '已停', '只能问部门'] as const
export type VerdictName = (typeof verdictNames)[number]

/** All rules, as read from the data. */
export type MatchingRules = {
  fields: ReadonlyMap<string, ProfileField>
  tracks: readonly ConditionTrack[]
  contradictions: readonly Contradiction[]
  facts: ReadonlyMap<string, PolicyFact>
}

/** One condition and whether the answers meet it. */
export type JudgedCondition = { condition: TrackCondition; truth: Truth }

export type Verdict = {
  name: VerdictName
  /** Ids of the conditions that are false; with 还差 only. */
  failing: string[]
  /** With 还差, a false condition that the company can never change. */
  isFinal?: true
  /** The two fields that exclude each other; with 矛盾 only. */
  between?: readonly [string, string]
  /** `open`: a known time to apply is running; `unknown`: one is needed and not known; with 对得上 only. */
  window?: 'open' | 'unknown'
}

/** One track, ready for one day. */
export type CompiledTrack = {
  track: ConditionTrack
  judge(profile: Profile): Verdict
  conditionsFor(profile: Profile): JudgedCondition[]
  /** The fields that could still decide it; with 要先问清 only. */
  unknownFields(profile: Profile): string[]
  /** Every field that its conditions read. */
  reads: ReadonlySet<string>
  /** Its conditions as one test. */
  test: CompiledTest
  /** The values at which a field begins to change the verdict, given the other answers. */
  cuts(field: string, profile: Profile): number[]
}

/**
 * Makes the rules ready for a day.
 * @param on the day of the verdicts, ISO 8601, by Shanghai's calendar
 */
export function compileTracks(rules: MatchingRules, on: string): CompiledTrack[] {
  const byId = new Map(rules.tracks.map(track => [track.id, track]))
  const context = {
    fields: rules.fields,
    on: dayNumber(on),
    testOf(id: string): ConditionTest {
      const track = byId.get(id)
      if (!track) throw new Error(`no track is called ${id}`)
      return { all: track.conditions.map(({ test }) => test) }
    },
  }
  const contradictions = rules.contradictions.map(({ between, test }) => ({
    between,
    test: compileTest(test, context),
  }))
  return rules.tracks.map(track => {
    const conditions = track.conditions.map(condition => ({
      condition,
      test: compileTest(condition.test, context),
    }))
    const timely = track.timely && compileTest(track.timely.test, context)
    const relevant = contradictions.filter(({ between }) =>
      between.some(field => rules.fields.get(field)?.for.includes(track.id)),
    )
    return compiledTrack({ track, day: on, rules, conditions, timely, relevant })
  })
}

type TrackParts = {
  track: ConditionTrack
  day: string
  rules: MatchingRules
  conditions: readonly { condition: TrackCondition; test: CompiledTest }[]
  timely: CompiledTest | undefined
  relevant: readonly { between: readonly [string, string]; test: CompiledTest }[]
}

function compiledTrack({ track, day, rules, conditions, timely, relevant }: TrackParts): CompiledTrack {
  const tests = [...conditions.map(({ test }) => test), ...(timely ? [timely] : [])]
  const test: CompiledTest = {
    fields: new Set(tests.flatMap(part => [...part.fields])),
    evaluate: profile => all(tests.map(part => part.evaluate(profile))),
    cuts: (field, profile) =>
      tests.flatMap(part => (part.fields.has(field) ? part.cuts(field, profile) : [])),
    parts: tests,
    join: all,
  }
  return { track, judge, conditionsFor, unknownFields, reads: test.fields, test, cuts }

  function judge(profile: Profile): Verdict {
    const settled = settledName(track, rules, day)
    if (settled) return { name: settled, failing: [] }
    const clash = relevant.find(({ test }) => test.evaluate(profile) === true)
    if (clash) return { name: '矛盾', failing: [], between: clash.between }
    const judged = conditionsFor(profile)
    const failing = judged.flatMap(({ condition, truth }) => (truth === false ? [condition] : []))
    const isFinal = failing.some(({ changes }) => changes === 'never')
    if (failing.length > 0) {
      const ids = [...new Set(failing.map(({ id }) => id))]
      return { name: '还差', failing: ids, ...(isFinal ? { isFinal } : {}) }
    }
    const isTimely = timely ? timely.evaluate(profile) : true
    if (isTimely === undefined || judged.some(({ truth }) => truth === undefined))
      return { name: '要先问清', failing: [] }
    return inTime(isTimely)
  }

  function inTime(isTimely: boolean): Verdict {
    const window = windowOn(track, day)
    if (!isTimely || window === 'closed') return { name: '不在时候', failing: [] }
    return { name: '对得上', failing: [], ...(window ? { window } : {}) }
  }

  function conditionsFor(profile: Profile): JudgedCondition[] {
    return conditions.map(({ condition, test }) => ({ condition, truth: test.evaluate(profile) }))
  }

  function cuts(field: string, profile: Profile): number[] {
    const clashes = relevant.filter(
      ({ between }) =>
        between.includes(field) && between.some(other => other !== field && profile.has(other)),
    )
    return [test, ...clashes.map(clash => clash.test)].flatMap(part => part.cuts(field, profile))
  }

  function unknownFields(profile: Profile): string[] {
    const decisive = decisiveFields(test, profile, rules.fields)
    return [...rules.fields.keys()].filter(field => decisive.has(field))
  }
}

/** The verdict that no answer changes. */
function settledName(track: ConditionTrack, { facts }: MatchingRules, day: string): VerdictName | undefined {
  const policy = facts.get(track.fact)?.policy
  const isSilent = policy === 'refer_only' || policy === 'history_only'
  if (track.referOnly ? isWithin(track.referOnly, day) : isSilent || track.conditions.length === 0)
    return '只能问部门'
  const until = track.validity?.until
  return until !== undefined && day > until ? '已停' : undefined
}

function isWithin(
  { from, until }: { from?: string | undefined; until?: string | undefined },
  day: string,
): boolean {
  return (from === undefined || day >= from) && (until === undefined || day <= until)
}

/** `closed` only where a window of the same year is known and today lies outside; a year without one is unknown. */
function windowOn(track: ConditionTrack, day: string): 'open' | 'closed' | 'unknown' | undefined {
  const { windows, validity } = track
  if (validity?.from !== undefined && day < validity.from) return 'closed'
  if (windows === undefined || windows === 'unknown') return windows
  if (windows.some(({ opens, closes }) => opens <= day && day <= closes)) return 'open'
  const year = day.slice(0, 4)
  return windows.some(({ opens, closes }) => opens.startsWith(year) || closes.startsWith(year))
    ? 'closed'
    : 'unknown'
}
