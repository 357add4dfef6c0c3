import { expect, test } from 'vitest'
import { matchNames } from '../../../src/forms/lists/match-names.ts'
import { readPasted } from '../../../src/forms/lists/pasted-list.ts'
import type { RosterMember } from '../../../src/ports/roster.ts'

test('a longer list looks at each person of the roster no more often', () => {
  let looks = 0
  const people = Array.from({ length: 300 }, (_, at): RosterMember => {
    const name = `${'赵钱孙李周吴郑王冯陈'[at % 10]}${'文秀志玉建晓'[at % 6]}${String.fromCodePoint(0x4e00 + at)}`
    const rest = { id: `m${at}`, branch: '', space: '优空间', team: '', isOnRoster: true }
    const look = () => {
      looks += 1
      return name
    }
    return Object.defineProperty({ ...rest, name }, 'name', { get: look })
  })
  const looksFor = (lines: number) => {
    const text = people.slice(0, lines).map(({ name }, at) => `${name}${at % 3 ? ' 请假' : '（优空间）'}`)
    looks = 0
    const all = matchNames(readPasted(`${text.join('\n')}\n不认识的人\n新来的王先生没来`), people)
    expect(all.filter(({ found }) => found.length === 1).length).toBe(lines)
    return looks
  }
  const ofShort = looksFor(30)
  expect(looksFor(300) - ofShort).toBeLessThan(300 * 10)
})
