import { expect, test } from 'vitest'
import { pointAt } from '../../src/matching/answers.ts'
import { readMatching } from '../../src/matching/load.ts'
import { shownVerdict } from '../../src/matching/results.ts'
import { compileTracks } from '../../src/matching/verdicts.ts'

const { rules } = readMatching('data')
const tracks = compileTracks(rules, '2026-12-01')

test('a figure of a year, a quarter or the staff is never told as one that cannot change', () => {
  const isFigure = (id: string) => ['number', 'share'].includes(rules.fields.get(id)?.kind ?? '')
  const final = tracks.flatMap(compiled =>
    compiled.track.conditions
      .filter(({ changes }) => changes === 'never')
      .filter(condition => {
        const track = { ...compiled.track, id: 'alone', conditions: [condition] }
        const all = { ...rules, tracks: [...rules.tracks, track] }
        return [...(compileTracks(all, '2026-12-01').at(-1)?.reads ?? [])].some(isFigure)
      })
      .map(({ id }) => `${compiled.track.id} ${id}`),
  )
  expect(final).toEqual([])
})

test.each([
  ['legal/labor', 'staff', 0],
  ['vat_small/exempt', 'quarterSales', 40],
])('%s without enough of %s is 还差', (id, field, value) => {
  const compiled = tracks.find(({ track }) => track.id === id)
  const profile = new Map([[field, pointAt(value)]])
  const verdict = compiled?.judge(profile)
  expect(verdict && shownVerdict(verdict)).toBe('还差')
})
