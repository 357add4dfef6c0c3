import { z } from 'zod'
import { parseProfile } from '../stored-answers.ts'
import { compileTracks, type MatchingRules, verdictNames } from '../verdicts.ts'

/** A labelled company on a day; `expect` names the wanted tracks. */
export const MatchCase = z.object({
  id: z.string(),
  made: z.string(),
  on: z.iso.date(),
  profile: z.record(z.string(), z.unknown()),
  expect: z.record(
    z.string(),
    z.object({
      verdict: z.enum(verdictNames),
      failing: z.array(z.string()).optional(),
      unknown: z.array(z.string()).optional(),
      between: z.array(z.string()).optional(),
    }),
  ),
})
export type MatchCase = z.infer<typeof MatchCase>

/** One track of one case, expected and judged. */
export type JudgedCase = {
  id: string
  made: string
  track: string
  expected: MatchCase['expect'][string]
  got: { name: string; failing: string[]; unknown: string[]; between?: readonly string[] | undefined }
}

/** Judges every wanted track of every case. A track that does not exist is judged `没有这一项`. */
export function judgeCases(rules: MatchingRules, cases: readonly MatchCase[]): JudgedCase[] {
  return cases.flatMap(({ id, made, on, profile: stored, expect }) => {
    const tracks = new Map(compileTracks(rules, on).map(track => [track.track.id, track]))
    const profile = parseProfile(rules.fields, stored)
    return Object.entries(expect).map(([name, expected]) => {
      const track = tracks.get(name)
      const verdict = track?.judge(profile)
      const unknown = verdict?.name === '要先问清' ? (track?.unknownFields(profile) ?? []) : []
      const got = {
        name: verdict?.name ?? '没有这一项',
        failing: verdict?.failing ?? [],
        unknown,
        between: verdict?.between,
      }
      return { id, made, track: name, expected, got }
    })
  })
}

export const isVerdictRight = ({ expected, got }: JudgedCase): boolean => expected.verdict === got.name

/** Whether failing, unknown and excluding fields are exactly those expected, in any order. */
export function areFieldsExact({ expected, got }: JudgedCase): boolean {
  return (
    isSameSet(expected.failing ?? [], got.failing) &&
    isSameSet(expected.unknown ?? [], got.unknown) &&
    (expected.verdict !== '矛盾' || isSameSet(expected.between ?? [], got.between ?? []))
  )
}

const isSameSet = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every(item => b.includes(item))
