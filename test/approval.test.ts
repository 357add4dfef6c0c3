import { expect, test } from 'vitest'
import { type ApprovalVerdict, judgeApproval, soleAuthors } from '../src/approval.ts'

const chen = { id: 'chen', name: '陈姐' }
const lin = { id: 'lin', name: '林书记' }
const office = { id: 'office:password', name: '组织者' }
const own = (id: string) => new Set([id, ...(id === 'chen-qq' ? ['chen'] : [])])

const judge = (by: string, authors: (typeof chen)[], agreed: (typeof chen)[] = [], isOnePerson = false) =>
  judgeApproval({
    ...{ by: { id: by }, authors, agreed, isOnePerson, toAuthor: '要由另一位来批准。' },
    identities: own(by),
  })
const said = (verdict: ApprovalVerdict) =>
  verdict.kind === 'refused' ? verdict.text : verdict.kind === 'agreed' ? verdict.why : 'approved'

test.each<[string, ApprovalVerdict, ApprovalVerdict['kind'], string]>([
  ['another person', judge('lin', [chen]), 'approved', ''],
  ['what the bot composed', judge('lin', []), 'approved', ''],
  ['the author', judge('chen', [chen]), 'refused', '另一位'],
  ['the author by another account', judge('chen-qq', [chen]), 'refused', '另一位'],
  ['the shared log-in', judge('office:password', [chen]), 'refused', '公用登录'],
  ['the terminal', judge('office:terminal', [chen]), 'refused', '公用登录'],
  ['the author where one person plays both', judge('chen', [chen], [], true), 'approved', ''],
  ['one of two authors', judge('chen', [chen, lin]), 'agreed', '也有别人经手的'],
  ['the second of two authors', judge('lin', [chen, lin], [chen]), 'approved', ''],
  ['one of two authors once more', judge('chen', [chen, lin], [chen]), 'refused', '已经同意过'],
  [
    'one of two authors once more, by another account',
    judge('chen-qq', [chen, lin], [chen]),
    'refused',
    '已经',
  ],
  ['text of the shared log-in', judge('lin', [office]), 'agreed', '分不清是谁写的'],
  ['text of the shared log-in, the second', judge('chen', [office], [lin]), 'approved', ''],
  ['text of the shared log-in, the same again', judge('lin', [office], [lin]), 'refused', '已经同意过'],
])('%s', (_, verdict, kind, fragment) => {
  expect(verdict.kind).toBe(kind)
  if (fragment !== '') expect(said(verdict)).toContain(fragment)
})

test('the last author who was shown all vouches for what others wrote; the shared log-in for nothing', () => {
  expect(soleAuthors([chen, lin], true)).toEqual([lin])
  expect(soleAuthors([chen, lin], false)).toEqual([chen, lin])
  expect(soleAuthors([chen, office], true)).toEqual([chen, office])
})
