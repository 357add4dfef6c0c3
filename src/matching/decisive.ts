import type { FieldAnswer, Profile } from './answers.ts'
import type { ProfileField } from './fields.ts'
import { type CompiledTest, joinTests } from './logic/compiled-test.ts'
import { representatives } from './logic/representatives.ts'
import type { Truth } from './logic/truth.ts'

/**
 * The fields that could still decide an unknown test: those for which some answer to the others makes their own answer
 * matter.
 */
export function decisiveFields(
  test: CompiledTest,
  profile: Profile,
  fields: ReadonlyMap<string, ProfileField>,
): Set<string> {
  const { parts, join } = test
  if (!parts || !join) return byTrying(test, profile, fields)
  const open = parts.filter(part => part.evaluate(profile) === undefined)
  const groups = groupsSharing(open, profile, fields)
  return new Set(
    groups.flatMap(([first, ...others]) => {
      if (!first) return []
      return [
        ...(others.length === 0
          ? decisiveFields(first, profile, fields)
          : byTrying(joinTests([first, ...others], join), profile, fields)),
      ]
    }),
  )
}

/** Parts that read a common open field decide together. */
function groupsSharing(
  parts: readonly CompiledTest[],
  profile: Profile,
  fields: ReadonlyMap<string, ProfileField>,
) {
  const groups: { parts: CompiledTest[]; fields: Set<string> }[] = []
  for (const part of parts) {
    const own = openFields(part, profile, fields)
    const touching = groups.filter(group => own.some(field => group.fields.has(field)))
    const joined = {
      parts: [...touching.flatMap(group => group.parts), part],
      fields: new Set([...touching.flatMap(group => [...group.fields]), ...own]),
    }
    for (const group of touching) groups.splice(groups.indexOf(group), 1)
    groups.push(joined)
  }
  return groups.map(group => group.parts)
}

function openFields(
  test: CompiledTest,
  profile: Profile,
  fields: ReadonlyMap<string, ProfileField>,
): string[] {
  return [...test.fields].filter(id => {
    const field = fields.get(id)
    return field !== undefined && representatives(field, test, profile).length > 1
  })
}

function byTrying(
  test: CompiledTest,
  profile: Profile,
  fields: ReadonlyMap<string, ProfileField>,
): Set<string> {
  const axes = openFields(test, profile, fields).map(id => {
    const field = fields.get(id) as ProfileField
    return { id, values: representatives(field, test, profile) }
  })
  const results = tryAll(test, profile, axes)
  let stride = results.length
  const decisive = new Set<string>()
  for (const { id, values } of axes) {
    stride /= values.length
    if (changesAlong(results, stride, values.length)) decisive.add(id)
  }
  return decisive
}

type Axis = { id: string; values: readonly FieldAnswer[] }

/** The test for every combination; the last axis runs fastest. */
function tryAll(test: CompiledTest, profile: Profile, axes: readonly Axis[]): Truth[] {
  const results: Truth[] = []
  const tried = new Map(profile)
  const next = (at: number) => {
    const axis = axes[at]
    if (!axis) {
      results.push(test.evaluate(tried))
      return
    }
    for (const value of axis.values) {
      tried.set(axis.id, value)
      next(at + 1)
    }
  }
  next(0)
  return results
}

function changesAlong(results: readonly Truth[], stride: number, count: number): boolean {
  return results.some((truth, index) => {
    const place = Math.floor(index / stride) % count
    return place > 0 && truth !== results[index - place * stride]
  })
}
