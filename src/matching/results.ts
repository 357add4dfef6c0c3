import type { Profile } from './answers.ts'
import type { CompiledTrack, JudgedCondition, MatchingRules, Verdict, VerdictName } from './verdicts.ts'
import { chineseDay, describeAnswer } from './wording.ts'

/** The last line of every result: no verdict is a promise. */
export const disclaimer = '不代表一定批，以受理部门审核为准。'

/** Verdicts in the words that people read, in their order: what cannot be made up is not 还差. */
export const shownVerdicts = [
  '对得上',
  '不在时候',
  '矛盾',
  '要先问清',
  '还差',
  '不符合',
  '已停',
  '只能问部门',
] as const satisfies readonly (VerdictName | '不符合')[]
export type ShownVerdict = (typeof shownVerdicts)[number]

export const shownVerdict = ({ name, isFinal }: Verdict): ShownVerdict => (isFinal ? '不符合' : name)

/** One track as chat and pages show it. */
export type TrackResult = {
  id: string
  name: string
  verdict: ShownVerdict
  /** The conditions, or why there are none to show. */
  lines: string[]
  /** Times to apply, and what others judge. */
  notes: string[]
  /** 「《…》（文号）」. */
  documents: string[]
}

/** Every track, those that hold first. */
export function resultsOf(
  rules: MatchingRules,
  tracks: readonly CompiledTrack[],
  profile: Profile,
): TrackResult[] {
  return tracks
    .map(track => resultOf(rules, track, profile))
    .sort((a, b) => shownVerdicts.indexOf(a.verdict) - shownVerdicts.indexOf(b.verdict))
}

export function resultOf(rules: MatchingRules, compiled: CompiledTrack, profile: Profile): TrackResult {
  const { track } = compiled
  const verdict = compiled.judge(profile)
  const common = { id: track.id, name: track.name, verdict: shownVerdict(verdict) }
  if (verdict.name === '只能问部门') {
    return { ...common, lines: ['现在的规矩没有核到能说的数字，要问部门。'], notes: [], documents: [] }
  }
  const documents = documentsOf(compiled, rules)
  if (verdict.name === '已停') {
    const until = chineseDay(track.validity?.until ?? '')
    return { ...common, lines: [`执行到${until}，有没有接着办要问部门。`], notes: [], documents }
  }
  const conditions = compiled
    .conditionsFor(profile)
    .map(judged => conditionLine(judged, compiled, { profile, rules }))
  const others = track.judgedByOthers.map(other => `由别人定：${other}`)
  return {
    ...common,
    lines: [...clashLines(verdict, rules), ...conditions],
    notes: [...timeLines(compiled, verdict), ...others],
    documents,
  }
}

function clashLines({ between }: Verdict, rules: MatchingRules): string[] {
  if (!between) return []
  const clash = rules.contradictions.find(
    one => one.between[0] === between[0] && one.between[1] === between[1],
  )
  return [`${clash?.says ?? '有两个答案对不上'}，请改一个。`]
}

const truthWords = (truth: boolean | undefined) => (truth === undefined ? '还不知道' : truth ? '对上' : '差')

function conditionLine(
  { condition, truth }: JudgedCondition,
  { reads }: CompiledTrack,
  { profile, rules }: { profile: Profile; rules: MatchingRules },
): string {
  const field = reads.has(condition.id) ? rules.fields.get(condition.id) : undefined
  const answer = field && profile.get(field.id)
  const told =
    truth !== true && field && answer !== undefined ? `（你填的：${describeAnswer(field, answer)}）` : ''
  return `${condition.says}${condition.clause ? `〔${condition.clause}〕` : ''}：${truthWords(truth)}${told}`
}

function timeLines(compiled: CompiledTrack, verdict: Verdict): string[] {
  const { track } = compiled
  if (verdict.window === 'open') return ['申报时间：正在受理。']
  if (verdict.window === 'unknown') return ['申报时间：没有核到，以当年通知为准。']
  if (verdict.name !== '不在时候') return []
  const past = pastWindow(compiled)
  if (past) return [`申报时间：往年${past}，下一次以通知为准。`]
  return [track.timely ? `时间：${track.timely.says}。` : '现在还没到时候。']
}

/** 「2026年6月1日到2026年8月31日」, the last known window. */
export function pastWindow({ track }: CompiledTrack): string | undefined {
  const last = Array.isArray(track.windows) ? track.windows.at(-1) : undefined
  return last && `${chineseDay(last.opens)}到${chineseDay(last.closes)}`
}

function documentsOf({ track }: CompiledTrack, { facts }: MatchingRules): string[] {
  const ids = [track.fact, ...track.conditions.flatMap(({ fact }) => fact ?? [])]
  const named = ids
    .flatMap(id => facts.get(id)?.documents ?? [])
    .map(({ title, number }) => `《${title}》（${number}）`)
  return [...new Set(named)]
}
