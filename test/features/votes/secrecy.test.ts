import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openLowdbStore } from '../../../src/adapters/lowdb/index.ts'
import { createAlarms } from '../../../src/alarms.ts'
import { verifyVote } from '../../../src/votes/verify.ts'
import { VoteBatch } from '../../../src/votes/vote.ts'
import { watchLinks } from '../../audit/watched-links.ts'
import { createQuietLog, createWorld } from '../../conversation.ts'
import { openVote } from './town.ts'

const voters = 43

/** Batches written in a text of the store, in any file of it. */
function batchesIn(text: string): VoteBatch[] {
  const found: VoteBatch[] = []
  const look = (value: unknown): void => {
    const read = VoteBatch.safeParse(value)
    if (read.success) found.push(read.data)
    else if (value && typeof value === 'object') for (const one of Object.values(value)) look(one)
  }
  look(JSON.parse(text))
  return found
}

const without = <T>(all: Iterable<T>, known: ReadonlySet<T>) => [...all].filter(one => !known.has(one))

/** A vote over files, with every state of them as a backup or a journal of the disk would have it. */
async function openFiles(members: number) {
  const folder = mkdtempSync(join(tmpdir(), 'chuangke-votes-'))
  const log = createQuietLog()
  const alarms = createAlarms({ clock: createWorld().clock, log })
  const store = await openLowdbStore({ folder, alarms, log })
  const states: string[][] = []
  const { audit, store: watchedStore, watched } = watchLinks({ ...createWorld(), store })
  const town = await openVote({ kind: 'upTo', most: 2 }, { members, world: { store: watchedStore, log } })
  return {
    town,
    audit,
    open: watched(town.open),
    log,
    states,
    keep: () =>
      states.push(
        readdirSync(folder, { recursive: true, encoding: 'utf8' })
          .filter(name => /\.(?:json|bak)$/u.test(name))
          .map(name => readFileSync(join(folder, name), 'utf8')),
      ),
    async close() {
      await store.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Between any two states, as many new voters as new ballots, none or at least five, each list sorted apart. */
function expectSecret(states: readonly string[][]) {
  let members = new Set<string>()
  let ballots = new Set<string>()
  for (const files of states) {
    const batches = files.flatMap(batchesIn)
    const newMembers = without(new Set(batches.flatMap(one => one.members)), members)
    const newBallots = without(new Set(batches.flatMap(one => one.ballots.map(({ id }) => id))), ballots)
    expect(newMembers.length).toBe(newBallots.length)
    expect(newMembers.length === 0 || newMembers.length >= 5).toBe(true)
    members = new Set([...members, ...newMembers])
    ballots = new Set([...ballots, ...newBallots])
    for (const one of batches) {
      expect(one.members).toEqual(one.members.toSorted())
      expect(one.ballots.map(({ id }) => id)).toEqual(one.ballots.map(({ id }) => id).toSorted())
      for (const { choices } of one.ballots)
        expect(Object.keys(choices)).toEqual(Object.keys(choices).toSorted())
    }
  }
  return { members, ballots }
}

test('whoever keeps every file after every ballot learns no more than five voters and their five ballots', async () => {
  const { town, audit, open, log, states, keep, close } = await openFiles(voters)
  try {
    const { linkOf, vote, forward } = town
    const receipts: string[] = []
    for (let n = 0; n < voters; n += 1) {
      // Everyone ticks in the order of their own page: that must not show on the ballot.
      const fields: [string, string][] =
        n % 3 === 0
          ? [
              ['choice', 'n2'],
              ['choice', 'n1'],
            ]
          : [['choice', n % 2 ? 'n1' : 'n2']]
      const { receipt } = await vote(await linkOf(n), new URLSearchParams(fields), open)
      receipts.push(receipt)
      keep()
      if (n % 7 === 0) await forward({ seconds: 20 })
    }
    await forward({ hours: 72 })
    keep()
    const { members, ballots } = expectSecret(states)
    // A receipt stands in a batch and nowhere else, and says nothing of when it was given.
    for (const text of states.flat())
      for (const id of receipts) if (text.includes(id)) expect(batchesIn(text).length).toBeGreaterThan(0)
    expect([...ballots].sort()).toEqual(receipts.toSorted())
    expect(members.size).toBe(voters)
    expect(await audit.log.read()).toEqual([])
    expect(log.lines).toEqual([])
  } finally {
    await close()
  }
})

test('nor where the bot stops in the middle: who was not written votes again, and the lost ballot is nowhere', async () => {
  const { town, states, keep, close } = await openFiles(17)
  try {
    const links = await Promise.all(Array.from({ length: 17 }, (_, n) => town.linkOf(n)))
    const given: string[] = []
    for (const link of links.slice(0, 13)) {
      given.push((await town.vote(link, { choice: 'n2' })).receipt)
      keep()
    }
    const again = town.start()
    for (const link of links) {
      const { receipt } = await town.vote(link, { choice: 'n1' }, again.open)
      if (receipt !== '') given.push(receipt)
      keep()
    }
    await again.forward({ hours: 72 })
    keep()
    const { members, ballots } = expectSecret(states)
    expect([members.size, ballots.size]).toEqual([17, 17])
    const lost = given.filter(id => !ballots.has(id))
    expect(lost).toHaveLength(8)
    for (const text of states.flat()) expect(lost.filter(id => text.includes(id))).toEqual([])
    expect(verifyVote(await town.actions.exported(1)).problems).toEqual([])
  } finally {
    await close()
  }
})
