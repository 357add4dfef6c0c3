import { matchNames } from '../../../src/forms/lists/match-names.ts'
import { readPasted } from '../../../src/forms/lists/pasted-list.ts'
import type { RosterMember } from '../../../src/ports/roster.ts'

const names =
  '甘棠、柏舟、郑风、卫淇、子衿、采薇、林小美、陈静、王小明、李娜、张伟、欧阳明月、刘洋、高兴、Kevin Liu、陈晨、李想、黄河'.split(
    '、',
  )
const people = names.map(
  (name, at): RosterMember => ({
    id: `m${at}`,
    name,
    space: at % 2 ? '优空间' : '绿动空间',
    branch: at % 2 ? '一支部' : '二支部',
    team: '',
    isOnRoster: true,
  }),
)

/** The people whom a list names, each with what it says of them. */
export function told(text: string): string {
  const found = new Map<string, string>()
  for (const { found: matched, status } of matchNames(readPasted(text), people)) {
    const [only, ...others] = matched
    if (!only || others.length > 0) continue
    const before = found.get(only.name)
    found.set(only.name, before !== undefined && before !== status ? 'unclear' : status)
  }
  return [...found].map(([name, status]) => `${name} ${status}`).join('，')
}
