import { expect, test } from 'vitest'
import { approvalObstacle } from '../src/approval.ts'

const lin = { id: 'lin', isOffice: false }
const request = { by: lin, authorId: 'chen', mayAuthorApprove: false, shown: 'b', current: 'b' }

test.each([
  ['another person who was shown this revision', {}, undefined],
  ['the shared log-in', { by: { id: 'office:password', isOffice: true }, mayAuthorApprove: true }, 'office'],
  ['the author', { authorId: 'lin' }, 'author'],
  ['the author of a one-person team', { authorId: 'lin', mayAuthorApprove: true }, undefined],
  ['a person who was shown nothing', { shown: undefined }, 'not-shown'],
  ['a person who was shown an older revision', { shown: 'a' }, 'changed'],
])('%s', (_, change, obstacle) => {
  expect(approvalObstacle({ ...request, ...change })).toBe(obstacle)
})
