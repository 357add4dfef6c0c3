import { expect, test } from 'vitest'
import { surroundingsIn } from '../../../src/documents/structure/clauses/sequence.ts'

test('quotations that do not end are looked for in the lines near them', () => {
  let reads = 0
  const count = 2000
  const texts = new Proxy(
    Array.from({ length: count }, (_, at) => `${at % 9}.将第八条修改为：“每年给予补助`),
    {
      get: (lines, key, own) => {
        reads += 1
        return Reflect.get(lines, key, own)
      },
    },
  )
  surroundingsIn(texts, new Set())
  expect(reads).toBeLessThan(count * 200)
})
