import fc from 'fast-check'
import type { FieldAnswer } from '../../src/matching/answers.ts'
import { readMatching } from '../../src/matching/load.ts'
import { representatives } from '../../src/matching/logic/representatives.ts'
import { compileTracks } from '../../src/matching/verdicts.ts'

export const { rules, sheets } = readMatching('data')
export const on = '2026-11-28'
export const tracks = compileTracks(rules, on)

/** For each field, one value of every stretch between two thresholds of any track. */
export const valuesOf = new Map(
  [...rules.fields.values()].map(field => [
    field.id,
    tracks
      .filter(({ reads }) => reads.has(field.id))
      .flatMap(({ test }) => representatives(field, test, new Map()))
      .filter(isPlausible),
  ]),
)

function isPlausible(answer: FieldAnswer): boolean {
  return (
    typeof answer !== 'object' || Array.isArray(answer) || Number.isFinite((answer as { min: number }).min)
  )
}

/** Profiles with about half of the fields answered, with values on both sides of every threshold. */
export const profiles = fc
  .record(
    Object.fromEntries(
      [...valuesOf].map(([id, values]) => [
        id,
        fc.option(fc.constantFrom(...values), { nil: undefined, freq: 2 }),
      ]),
    ),
  )
  .map(
    record =>
      new Map(
        Object.entries(record).filter((entry): entry is [string, FieldAnswer] => entry[1] !== undefined),
      ),
  )
