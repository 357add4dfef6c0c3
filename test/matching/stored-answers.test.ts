import { expect, test } from 'vitest'
import { answersTo, keptAnswer } from '../../src/matching/interview/bands.ts'
import { readMatching } from '../../src/matching/load.ts'
import { parseAnswer, storedAnswer } from '../../src/matching/stored-answers.ts'
import { compileTracks } from '../../src/matching/verdicts.ts'
import { describeAnswer } from '../../src/matching/wording.ts'

const { rules } = readMatching('data')
const tracks = compileTracks(rules, '2026-11-29')
const nothing = new Map()

test('every answer that is offered can be kept and is read back as it was kept', () => {
  for (const field of rules.fields.values()) {
    for (const answer of answersTo(field, tracks, nothing)) {
      const kept = keptAnswer(field, answer, tracks, nothing)
      const stored = JSON.parse(JSON.stringify(storedAnswer(field, kept)))
      const read = parseAnswer(field, stored) ?? ''
      expect(storedAnswer(field, read)).toEqual(stored)
      expect(describeAnswer(field, read)).toBe(describeAnswer(field, kept))
    }
  }
})
