import { expect, test } from 'vitest'
import { namesIn } from '../../src/forms/pasted-list.ts'

// Each 「的」 more doubled the time.
test('a line of particles takes no time that grows with it', () => {
  expect(namesIn(`${'的'.repeat(400)}吃x\n1. 甘棠\n2. 柏舟`)).toEqual(
    expect.arrayContaining(['甘棠', '柏舟']),
  )
})
