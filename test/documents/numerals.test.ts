import { expect, test } from 'vitest'
import { countFormats, saySimplified } from '../../src/documents/numerals.ts'

test('numbers that a way of counting does not reach are said in digits', () => {
  for (const [name, count] of Object.entries(countFormats))
    for (const value of [2_000_000_000, -2_000_000_000, -1]) {
      const said = count(value)
      if (name !== 'none' && name !== 'bullet')
        expect([name, said.length < 20, /\d|[０-９]/u.test(said)]).toEqual([name, true, true])
    }
  expect(countFormats.chineseCounting?.(10_000)).toBe('10000')
  expect(countFormats.chineseCounting?.(9999)).toBe('九千九百九十九')
  expect([9999, 10_000, 10_010].map(saySimplified)).toEqual(['九千九百九十九', '10000', '10010'])
  expect(countFormats.upperRoman?.(399)).toBe('CCCXCIX')
  expect(countFormats.lowerLetter?.(28)).toBe('bb')
  expect(countFormats.lowerLetter?.(0)).toBe('0')
})
