import { expect, test } from 'vitest'
import { refusalToApprove } from '../src/approval.ts'

const author = { id: 'chen' }

test.each([
  ['another person', { id: 'lin' }, false, undefined],
  ['the author', author, false, '另一位'],
  ['the author by another account', { id: 'chen-qq' }, false, '另一位'],
  ['the shared log-in', { id: 'office:password' }, false, '公用登录'],
  ['the terminal', { id: 'office:terminal' }, false, '公用登录'],
  ['the author where one person plays both', author, true, undefined],
])('%s', (_, by, isOnePerson, refusal) => {
  const said = refusalToApprove({
    ...{ by, author, isOnePerson, toAuthor: '要由另一位来批准。' },
    identities: new Set([by.id, ...(by.id === 'chen-qq' ? ['chen'] : [])]),
  })
  if (refusal === undefined) expect(said).toBeUndefined()
  else expect(said).toContain(refusal)
})
