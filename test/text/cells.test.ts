import fc from 'fast-check'
import { expect, test } from 'vitest'
import { asCellText, fromCellText } from '../../src/text/cells.ts'

/** Characters of all kinds seldom begin a formula: these mostly do. */
const signs = fc.constantFrom(..."=+-@＝＋－＠'\t\r\n 1中")

test.each([
  ['of all characters', fc.string({ unit: 'binary' })],
  ['of signs', fc.string({ unit: signs, maxLength: 6 })],
])('no text %s becomes a formula or breaks a line, and it is read back as it was meant', (_, texts) => {
  fc.assert(
    fc.property(texts, typed => {
      const meant = fromCellText(typed)
      for (const written of [asCellText(typed), asCellText(meant)])
        expect(written).not.toMatch(/^[=+\-@＝＋－＠]|[\t\r\n]/u)
      expect(fromCellText(asCellText(meant))).toBe(meant)
    }),
  )
})
