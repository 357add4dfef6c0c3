import { expect, test } from 'vitest'
import { createSessions } from '../../src/console/login/sessions.ts'
import { createWorld } from '../conversation.ts'

test('sessions and links of one person end, and nobody else’s', async () => {
  const { store, clock } = createWorld()
  const sessions = createSessions({ store, clock, passwordMark: 'mark' })
  const personOf = (id: string) => ({ id, name: id, roles: ['organizer' as const] })
  const [hers, his] = await Promise.all(['chen', 'wang'].map(id => sessions.begin(personOf(id))))
  const link = await sessions.offerLink(personOf('chen'))
  await sessions.endAllOf(['chen'])
  expect(await sessions.find(hers ?? '')).toBeUndefined()
  expect(await sessions.redeemLink(link)).toBeUndefined()
  expect((await sessions.find(his ?? ''))?.person.id).toBe('wang')
})
