import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openLowdbStore } from '../../../src/adapters/lowdb/index.ts'
import { readFolder } from '../../../src/adapters/lowdb/raw.ts'
import { measuredStore } from '../../../src/adapters/measured-store.ts'
import { createPrometheus } from '../../../src/adapters/prometheus.ts'
import { createAlarms } from '../../../src/alarms.ts'
import { auditPolicy } from '../../../src/app/platform/audit-policy.ts'
import { openAudit } from '../../../src/audit/trail.ts'
import { withoutLastBatches } from '../../../src/features/votes/ballots/backup.ts'
import { batchCollection, batchKey, voteCollection } from '../../../src/features/votes/ballots/records.ts'
import type { RawShard } from '../../../src/ports/raw-store.ts'
import { verifyVote } from '../../../src/votes/verify.ts'
import { VoteBatch } from '../../../src/votes/vote.ts'
import { watchedLinks } from '../../audit/watched-links.ts'
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
  const log = createFullLog()
  const { clock } = createWorld()
  const alarms = createAlarms({ clock, log })
  const prometheus = createPrometheus()
  const disk = await openLowdbStore({ folder, alarms, log })
  const audit = openAudit({ store: disk, clock, alarms, policy: auditPolicy })
  const store = audit.watching(measuredStore(disk, prometheus.metrics))
  const states: string[][] = []
  const backups: string[][] = []
  const files = () =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter(name => /\.(?:json|bak)$/u.test(name))
      .sort()
      .map(name => ({ name, text: readFileSync(join(folder, name), 'utf8') }))
  const town = await openVote(
    { kind: 'upTo', most: 2, quorumPercent: 20 },
    { members, world: { store, log, audit: audit.trail } },
  )
  return {
    town,
    audit,
    open: watchedLinks(town.open, audit.trail),
    log,
    states,
    backups,
    files,
    keep: () => states.push(files().map(({ text }) => text)),
    /** As the nightly job would make it now. */
    async keepBackup() {
      const shards = await Array.fromAsync(withoutLastBatches(readFolder(folder)))
      backups.push(shards.map(({ records }) => `[${[...records.values()].join(',')}]`))
    },
    async counters() {
      const { text } = await prometheus.read(vitals)
      return text.split('\n').filter(line => /^chuangke_\w+_(?:count|total)/u.test(line))
    },
    async close() {
      await store.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Keeps the lines of every level. */
function createFullLog(): ReturnType<typeof createQuietLog> {
  const log = createQuietLog()
  const keep = (...args: unknown[]) => void log.lines.push(JSON.stringify(args))
  return { lines: log.lines, debug: keep, info: keep, warn: keep, error: keep } as unknown as typeof log
}

const vitals = {
  ...{ lines: [], outages: 0, waiting: 0, isPaused: false, alarms: 0 },
  now: createWorld().clock.now(),
}

const drawn = /[\w-]{8}(?:-[\w-]{4}){3}-[\w-]{12}|[0-9a-f]{10,}|[\w-]{32}/gu

/** A file without what was drawn at random; of a batch, which ballots it has and in which order of ids is drawn too. */
function withoutDrawn(text: string): unknown {
  const plain = (value: unknown): unknown => {
    if (typeof value === 'string') return value.replaceAll(drawn, '#')
    if (Array.isArray(value)) return value.map(plain)
    if (!value || typeof value !== 'object') return value
    const batch = VoteBatch.safeParse(value)
    if (batch.success) {
      const choices = batch.data.ballots.map(one => JSON.stringify(one.choices)).sort()
      return { members: batch.data.members, choices }
    }
    const entries = Object.entries(value).map(
      ([key, one]) => [key.replaceAll(drawn, '#'), plain(one)] as const,
    )
    return entries.some(([key]) => key.includes('#'))
      ? entries.map(one => JSON.stringify(one)).sort()
      : entries
  }
  return plain(JSON.parse(text))
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

test('a copy of every file after every ballot tells no more than five voters and their five ballots', async () => {
  const { town, audit, open, log, states, keep, close } = await openFiles(voters)
  try {
    const { linkOf, vote, forward } = town
    const receipts: string[] = []
    const linesBefore = (await audit.log.read()).length
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
    expect(await audit.log.read()).toHaveLength(linesBefore)
    expect(log.lines).toEqual([])
  } finally {
    await close()
  }
})

test('files, their names and changes, audit log, counters and log do not depend on who of five voted what', async () => {
  const choices = Array.from({ length: 23 }, (_, n) => (n % 3 === 0 ? 'n2' : 'n1'))
  // Each five that are written together, and the last eight, pass their ballots on to the next among them.
  const groups = [choices.slice(0, 5), choices.slice(5, 10), choices.slice(10, 15), choices.slice(15)]
  const passedOn = groups.flatMap(([first = '', ...rest]) => [...rest, first])
  const [one, other] = [await traceOf(choices), await traceOf(passedOn)]
  expect(passedOn).not.toEqual(choices)
  expect(other).toEqual(one)
})

/** All that can be seen of a vote from outside, after each ballot. */
async function traceOf(choices: readonly string[]): Promise<unknown[]> {
  const { town, log, files, counters, close } = await openFiles(choices.length)
  try {
    const trace: unknown[] = []
    let before = new Map<string, string>()
    const look = async () => {
      const now = new Map(files().map(({ name, text }) => [name, text]))
      const changed = [...now].filter(([name, text]) => before.get(name) !== text)
      before = now
      trace.push({
        files: [...now.keys()].map(name => name.replaceAll(drawn, '#')),
        changed: changed.map(([name, text]) => [name.replaceAll(drawn, '#'), withoutDrawn(text)]),
        counters: await counters(),
        log: log.lines.map(line => line.replaceAll(drawn, '#')),
        told: town.outbox.posted.length,
      })
    }
    for (const [n, choice] of choices.entries()) {
      expect((await town.vote(await town.linkOf(n), { choice })).receipt).not.toBe('')
      await look()
    }
    await town.forward({ hours: 72 })
    await look()
    return trace
  } finally {
    await close()
  }
}

test('fewer than five ballots in all are dropped at the end, and the voters read why', async () => {
  const { town, states, keep, close } = await openFiles(17)
  try {
    const link = await town.linkOf(0)
    for (const n of [0, 1, 2, 3]) await town.vote(n === 0 ? link : await town.linkOf(n), { choice: 'n1' })
    await town.forward({ hours: 72 })
    keep()
    expect(states.flat().flatMap(batchesIn)).toEqual([])
    expect(await (await town.open.request(link)).text()).toContain('不足 5 票，留下来会看出谁投了什么')
    const { problems, tally } = verifyVote(await town.actions.exported(1))
    expect(problems).toEqual([])
    expect(tally.counts).toEqual([])
    await town.says(
      2,
      '监票确认 1',
      '4 人投票。不足 5 票，留下来会看出谁投了什么，所以选票没有保存，不公布结果',
    )
    await town.actions.sheet(1)
  } finally {
    await close()
  }
})

test('no backup tells who voted last, where a crash left fewer than five for the end', async () => {
  const { town, states, backups, keep, keepBackup, close } = await openFiles(17)
  try {
    const links = await Promise.all(Array.from({ length: 17 }, (_, n) => town.linkOf(n)))
    for (const link of links.slice(0, 16)) {
      await town.vote(link, { choice: 'n2' })
      await keepBackup()
    }
    const again = town.start()
    await town.vote(links[16] ?? '', { choice: 'n1' }, again.open)
    await keepBackup()
    await again.forward({ hours: 72 })
    await keepBackup()
    keep()
    const { members } = expectSecret(backups)
    expect(members.size).toBe(11)
    expect(
      states
        .flat()
        .flatMap(batchesIn)
        .some(({ members: all }) => all.length === 6),
    ).toBe(true)
    expect(verifyVote(await town.actions.exported(1)).problems).toEqual([])
  } finally {
    await close()
  }
})

test('a vote goes on from a backup that left a batch out: those voters are asked again', async () => {
  const { town, close } = await openFiles(17)
  try {
    const links = await Promise.all(Array.from({ length: 17 }, (_, n) => town.linkOf(n)))
    for (const link of links) await town.vote(link, { choice: 'n2' })
    await town.forward({ seconds: 20 })
    // As after a restore of what a backup holds.
    await town.records.batches.update(batchKey(1, 1), () => undefined)
    const again = town.start()
    const texts = await Promise.all(links.map(async link => (await again.open.request(link)).text()))
    expect(texts.filter(text => text.includes('你还没有投'))).toHaveLength(12)
    await again.forward({ hours: 72 })
    const { problems, tally } = verifyVote(await town.actions.exported(1))
    expect(problems).toEqual([])
    expect(tally.voters).toBe(5)
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

test('a vote that cannot be read counts as open: its last batch stays out of a backup', async () => {
  async function* batches(): AsyncGenerator<RawShard> {
    const records = new Map(['v1/1', 'v1/2'].map(key => [key, '{}']))
    yield { collection: batchCollection, shard: 'v1', version: 1, records }
  }
  const kept = await Array.fromAsync(withoutLastBatches(batches(), vote => vote === `${voteCollection}/v1`))
  expect(kept.map(({ records }) => [...records.keys()])).toEqual([['v1/1']])
})
