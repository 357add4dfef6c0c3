import type { FieldAnswer, Profile } from '../answers.ts'
import type { all, Truth } from './truth.ts'

/** A test made ready for one day. */
export type CompiledTest = {
  /** Every field that it reads. */
  fields: ReadonlySet<string>
  evaluate(profile: Profile): Truth
  /** Values of a field between which nothing changes, given what is known of the others. */
  cuts(field: string, profile: Profile): number[]
  /** The tests inside an `all` or `any`, and how their truths join. */
  parts?: readonly CompiledTest[]
  join?(truths: readonly Truth[]): Truth
}

/** A test of its own, without cuts. */
export function leaf(fields: readonly string[], evaluate: (profile: Profile) => Truth): CompiledTest {
  return { fields: new Set(fields), evaluate, cuts: () => [] }
}

/** Unknown where the field has no answer. */
export function testAnswer(profile: Profile, field: string, test: (answer: FieldAnswer) => Truth): Truth {
  const answer = profile.get(field)
  return answer === undefined ? undefined : test(answer)
}

/** Several tests as one. */
export function joinTests(parts: readonly CompiledTest[], join: typeof all): CompiledTest {
  return {
    fields: new Set(parts.flatMap(part => [...part.fields])),
    evaluate: profile => join(parts.map(part => part.evaluate(profile))),
    cuts: (field, profile) =>
      parts.flatMap(part => (part.fields.has(field) ? part.cuts(field, profile) : [])),
    parts,
    join,
  }
}
