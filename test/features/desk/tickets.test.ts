import { expect, test } from 'vitest'
import { readDesks } from '../../../src/features/desk/index.ts'
import { loadTickets } from '../../../src/features/desk/tickets/tickets.ts'
import type { Store } from '../../../src/ports/store.ts'
import { createFixedDirectory, createWorld } from '../../conversation.ts'
import { createRecordingOutbox } from '../attendance/recording-outbox.ts'

/** One open ticket, and a store whose reads of the instructors can be held up. */
async function openTicket() {
  const world = createWorld('2026-11-26T14:00:00+08:00')
  const held: (() => void)[] = []
  let isHolding = false
  const store: Store = {
    ...world.store,
    collection(name, schema, ...more) {
      const real = world.store.collection(name, schema, ...more)
      if (name !== 'instructors') return real
      return {
        ...real,
        async get(key) {
          if (isHolding) await new Promise<void>(resolve => held.push(resolve))
          return real.get(key)
        },
      }
    },
  }
  const { clock } = world
  const outbox = createRecordingOutbox(clock)
  const directory = createFixedDirectory(['群'], { chen: ['organizer'] })
  const { desks } = readDesks('data/desks.yaml')
  const parts = { store, clock, outbox, directory, desks, seed: [] }
  const tickets = await loadTickets(parts)
  const now = clock.now()
  const message = {
    id: '1',
    groupId: '群',
    senderId: 'mei',
    senderName: '小美',
    text: '',
    mentionsBot: true,
    sentAt: now,
    receivedAt: now,
  }
  const opened = await tickets.open({ question: '孩子咳嗽怎么办', message, near: [], owner: undefined })
  const number = opened?.ticket.number ?? 0
  const [ticket] = tickets.kept()
  if (!ticket) throw new Error('no ticket was kept')
  const hold = () => {
    isHolding = true
  }
  const release = () => {
    isHolding = false
    for (const go of held) go()
  }
  return { tickets, ticket, number, clock, parts, hold, release }
}

test('a ticket that is closed while the sweep looks at it stays closed in memory', async () => {
  const { tickets, ticket, number, clock, parts, hold, release } = await openTicket()
  hold()
  const looking = tickets.lookAt(ticket, clock.now())
  await tickets.applyEvent(number, { kind: 'close', by: 'organizer', byName: '陈姐' })
  release()
  await looking
  const inMemory = (await tickets.find(number))?.state
  expect(inMemory).toBe('closed')
  expect((await (await loadTickets(parts)).find(number))?.state).toBe(inMemory)
  expect(tickets.unclosed()).toEqual([])
  // A copy that was read before the end must not bring it back either.
  tickets.live.keep(ticket)
  expect(tickets.unclosed()).toEqual([])
})

test('a ticket that is reopened while the sweep looks at it stays open in memory', async () => {
  const { tickets, number, clock, parts, hold, release } = await openTicket()
  const closed = await tickets.applyEvent(number, { kind: 'close', by: 'organizer', byName: '陈姐' })
  hold()
  const looking = tickets.lookAt(closed, clock.now())
  expect(await tickets.reopen([number])).toBe(1)
  release()
  await looking
  tickets.live.keep(closed)
  expect(tickets.unclosed().map(one => one.number)).toEqual([number])
  expect((await (await loadTickets(parts)).find(number))?.state).toBe('open')
})

test('a ticket that is removed while the sweep looks at it does not return', async () => {
  const { tickets, ticket, number, clock, parts, hold, release } = await openTicket()
  hold()
  const looking = tickets.lookAt(ticket, clock.now())
  const removing = tickets.remove(number)
  release()
  await Promise.all([looking, removing])
  expect(tickets.kept()).toEqual([])
  expect(await tickets.find(number)).toBeUndefined()
  expect(await (await loadTickets(parts)).all()).toEqual([])
})

test('a removed ticket does not return from a look that began after it', async () => {
  const { tickets, ticket, number, clock } = await openTicket()
  await tickets.remove(number)
  await tickets.lookAt(ticket, clock.now())
  await expect(tickets.applyEvent(number, { kind: 'remind' })).rejects.toThrow('没有')
  expect([tickets.kept(), tickets.unclosed()]).toEqual([[], []])
})
