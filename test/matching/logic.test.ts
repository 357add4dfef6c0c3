import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type FieldAnswer, isRange } from '../../src/matching/answers.ts'
import type { ConditionTest } from '../../src/matching/conditions.ts'
import { dayNumber } from '../../src/matching/days.ts'
import { bandsOf } from '../../src/matching/interview/bands.ts'
import { compileTest } from '../../src/matching/logic/compile.ts'
import { on, profiles, rules, tracks, valuesOf } from './random-profiles.ts'

const trackAt = fc.constantFrom(...tracks.filter(({ track }) => track.conditions.length > 0))

test('more knowledge never turns a true condition false or a false one true', () => {
  fc.assert(
    fc.property(profiles, trackAt, fc.array(fc.nat(), { maxLength: 5 }), (profile, track, picks) => {
      const more = new Map(profile)
      const open = [...rules.fields.keys()].filter(id => !profile.has(id))
      for (const pick of picks) {
        const id = open[pick % Math.max(1, open.length)]
        const values = id === undefined ? undefined : valuesOf.get(id)
        if (id !== undefined && values) more.set(id, values[pick % values.length] as FieldAnswer)
      }
      const before = track.conditionsFor(profile)
      const after = track.conditionsFor(more)
      for (const [at, { truth }] of before.entries())
        if (truth !== undefined) expect(after[at]?.truth).toBe(truth)
    }),
    { numRuns: 2000 },
  )
})

test('the order of answers does not matter', () => {
  fc.assert(
    fc.property(profiles, trackAt, (profile, track) => {
      const reversed = new Map([...profile].reverse())
      expect(track.judge(reversed)).toEqual(track.judge(profile))
      expect(track.unknownFields(reversed)).toEqual(track.unknownFields(profile))
    }),
    { numRuns: 500 },
  )
})

test('a band between two thresholds decides what its lowest and highest values decide', () => {
  const numbers = [...rules.fields.values()].filter(({ kind }) => kind === 'number' || kind === 'share')
  fc.assert(
    fc.property(profiles, trackAt, fc.constantFrom(...numbers), fc.nat(), (profile, track, field, pick) => {
      const open = new Map(profile)
      open.delete(field.id)
      const bands = bandsOf(field, tracks, open)
      const band = bands[pick % bands.length]
      if (!band || !track.reads.has(field.id)) return
      const high = Number.isFinite(band.max)
        ? band.isMaxIncluded
          ? band.max
          : band.max - 1e-6
        : band.min + 1e6
      const at = (value: number) =>
        track.judge(new Map(open).set(field.id, { min: value, max: value, isMaxIncluded: true }))
      const whole = track.judge(new Map(open).set(field.id, band))
      const ends = [at(band.min), at(Math.max(band.min, high))]
      if (whole.name !== '要先问清') for (const end of ends) expect(end).toEqual(whole)
    }),
    { numRuns: 3000 },
  )
})

test('every 还差 names conditions whose change alone turns it', () => {
  fc.assert(
    fc.property(
      profiles,
      trackAt,
      fc.array(fc.nat(), { minLength: 40, maxLength: 40 }),
      (profile, track, picks) => {
        const verdict = track.judge(profile)
        if (verdict.name !== '还差') return
        const failing = track.conditionsFor(profile).filter(({ truth }) => truth === false)
        expect(new Set(verdict.failing)).toEqual(new Set(failing.map(({ condition }) => condition.id)))
        // Whatever the other conditions' fields are, the failing ones keep failing.
        const others = new Map(profile)
        const named = fieldsOf(failing.map(({ condition }) => condition.test))
        for (const [at, id] of [...track.reads].filter(id => !named.has(id)).entries()) {
          const values = valuesOf.get(id) ?? []
          others.set(id, values[(picks[at % picks.length] ?? 0) % values.length] as FieldAnswer)
        }
        expect(['还差', '矛盾']).toContain(track.judge(others).name)
        // Once their fields are open again, nothing fails any more but by what shares a field with them.
        const reopened = new Map([...profile].filter(([id]) => !named.has(id)))
        expect(track.judge(reopened).name).not.toBe('还差')
      },
    ),
    { numRuns: 2000 },
  )
})

function fieldsOf(conditions: readonly ConditionTest[]): Set<string> {
  const testOf = (id: string) => ({
    all: rules.tracks
      .filter(track => track.id === id)
      .flatMap(track => track.conditions.map(({ test }) => test)),
  })
  const context = { fields: rules.fields, on: dayNumber(on), testOf }
  return new Set(conditions.flatMap(condition => [...compileTest(condition, context).fields]))
}

test('an unknown verdict names at least one field, and answering all of them decides it', () => {
  fc.assert(
    fc.property(
      profiles,
      trackAt,
      fc.array(fc.nat(), { minLength: 20, maxLength: 20 }),
      (profile, track, picks) => {
        if (track.judge(profile).name !== '要先问清') return
        const unknown = track.unknownFields(profile)
        const answered = new Map(profile)
        for (const [at, id] of unknown.entries()) {
          const values = valuesOf.get(id) ?? []
          answered.set(id, values[(picks[at % picks.length] ?? 0) % values.length] as FieldAnswer)
        }
        for (const id of unknown) expect(isRange(profile.get(id)) || !profile.has(id)).toBe(true)
        const left = track.unknownFields(answered)
        expect(left.filter(id => unknown.includes(id))).toEqual([])
      },
    ),
    { numRuns: 1000 },
  )
})
