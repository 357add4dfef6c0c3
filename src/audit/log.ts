import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { createMutex } from '../lib/queue.ts'
import type { Alarms } from '../ports/alarms.ts'
import type { Clock } from '../ports/clock.ts'
import type { Migration, Store } from '../ports/store.ts'
import { dayInShanghai } from '../text/dates/time.ts'
import {
  type Anchor,
  AuditDetail,
  type AuditEntry,
  AuditLine,
  commitmentOf,
  firstHash,
  hashOfLine,
  verifyChain,
} from './line.ts'

/** Where the log begins and about where it ends; the one record `state/chain`. */
const ChainState = z.object({
  lastDay: z.string(),
  /** The last line that is not kept any more. */
  anchor: z.object({ number: z.number().int(), hash: z.string() }),
})
const stateKey = 'state/chain'

/** Since version 2 a line may name the roads `link` and `shell`, which an older program cannot read. */
const lineMigrations: Migration[] = [line => line]

type Draft = Omit<AuditLine, 'number' | 'who' | 'actor' | 'objects' | 'previous' | 'hash'> & {
  detail: AuditDetail
  /** The pseudonym for `who`, asked for when the line gets its number; a failure makes the line wait. */
  whoOf(detail: AuditDetail): Promise<string>
}
type Unwritten = { key: string; line: AuditLine; detail: AuditDetail | undefined }

export type AuditLog = ReturnType<typeof openAuditLog>

/** The chain of lines, one shard a day, and beside it the details that may be erased. */
export function openAuditLog({ store, clock, alarms }: { store: Store; clock: Clock; alarms: Alarms }) {
  const lines = store.collection('audit-lines', AuditLine, lineMigrations, {
    isHistory: true,
    refusesWhenBroken: true,
  })
  const details = store.collection('audit-details', AuditDetail, [], { isHistory: true })
  const states = store.collection('audit-state', ChainState)
  const whileWriting = createMutex()
  let head: Anchor | undefined
  /** The day of the last line; it never goes back, so that keys follow the numbers though a clock is put back. */
  let lineDay = ''
  let lastDay = ''
  /** Not in the chain yet: its end, or the pseudonym of the person, cannot be read. */
  let waiting: Draft[] = []
  let unwritten: Unwritten[] = []

  const isWritten = () => waiting.length + unwritten.length === 0
  const today = () => dayInShanghai(clock.now())
  const stateNow = async () =>
    (await states.get(stateKey)) ?? { lastDay: '', anchor: { number: 0, hash: firstHash } }

  /** The last line that was written, by this process or one before it. */
  async function findHead(): Promise<Anchor> {
    const state = await stateNow()
    lastDay = state.lastDay
    lineDay = state.lastDay
    let found = state.anchor
    if (state.lastDay === '') return found
    for (
      let day = Temporal.PlainDate.from(state.lastDay);
      day.toString() <= maxOf(today(), lastDay);
      day = day.add({ days: 1 })
    )
      found = (await lines.list(`${day}/`)).at(-1)?.value ?? found
    return found
  }

  async function chainAll(): Promise<void> {
    for (let [draft] = waiting; draft; [draft] = waiting) {
      head ??= await findHead()
      const who = await draft.whoOf(draft.detail)
      const { detail, whoOf: _, ...others } = draft
      const [actor, objects] = [commitmentOf(detail.actor), commitmentOf(detail.objects)]
      const unsealed = { ...others, who, number: head.number + 1, actor, objects, previous: head.hash }
      const line = { ...unsealed, hash: hashOfLine(unsealed) }
      head = line
      lineDay = maxOf(lineDay, dayOf(line))
      unwritten.push({ key: `${lineDay}/${String(line.number).padStart(12, '0')}`, line, detail })
      waiting = waiting.slice(1)
    }
  }

  async function writeAll(): Promise<void> {
    await chainAll()
    while (unwritten.length > 0) {
      const batch = unwritten
      const day = batch[0]?.key.slice(0, 10) ?? ''
      const ofDay = batch.filter(({ key }) => key.startsWith(day))
      if (day > lastDay) {
        await states.update(stateKey, now => ({
          anchor: now?.anchor ?? { number: 0, hash: firstHash },
          lastDay: day,
        }))
        lastDay = day
      }
      await Promise.all(ofDay.map(one => details.update(one.key, () => one.detail)))
      await Promise.all(ofDay.map(({ key, line }) => lines.update(key, now => now ?? line)))
      unwritten = unwritten.slice(ofDay.length)
    }
    alarms.clear('audit-unwritten')
  }

  /** A line that could not be written is kept in memory, for the next line or {@link AuditLog.flush}. */
  const write = () =>
    whileWriting(() =>
      writeAll().catch(() => {
        alarms.raise(
          'audit-unwritten',
          '操作记录写不进去，先留在内存里；请看磁盘是不是满了、数据文件读不读得出来，关机前要处理好。',
        )
      }),
    )

  /**
   * Lines with their details, oldest first.
   * @param prefix of a day or month, as `2026-11`; empty: all
   */
  async function read(prefix = ''): Promise<AuditEntry[]> {
    const [found, beside] = await Promise.all([lines.list(prefix), details.list(prefix)])
    const byKey = new Map(beside.map(({ key, value }) => [key, value]))
    return found.map(({ key, value }) => ({ line: value, detail: byKey.get(key) }))
  }

  return {
    /** Adds a line. A failure to read or write the log raises an alarm; the action itself goes on. */
    async append(draft: Draft): Promise<void> {
      waiting.push(draft)
      await write()
    },

    /** Writes what waits in memory, if the store takes it again. */
    flush: async (): Promise<void> => void (isWritten() || (await write())),

    read,

    /** Whether every line so far is in the store. */
    isWritten,

    /** @returns problems as Chinese sentences, and how many lines were checked up to which hash */
    async verify(): Promise<{ problems: string[]; lines: number; from: Anchor; head: string }> {
      const { anchor } = await stateNow()
      // A crash may have come between the new anchor and the removal of what stands before it.
      const entries = (await read()).filter(({ line }) => line.number > anchor.number)
      return {
        problems: verifyChain(entries, anchor),
        lines: entries.length,
        from: anchor,
        head: entries.at(-1)?.line.hash ?? anchor.hash,
      }
    },

    /** Erases parts of details. @param change returns what stays; undefined: nothing */
    async changeDetails(
      change: (detail: AuditDetail, day: string) => AuditDetail | undefined,
    ): Promise<void> {
      for (const draft of waiting) draft.detail = change(draft.detail, dayOf(draft)) ?? {}
      for (const one of unwritten) one.detail &&= change(one.detail, one.key.slice(0, 10))
      for (const { key, value } of await details.list('')) {
        const next = change(value, key.slice(0, 10))
        if (next !== value) await details.update(key, now => now && change(now, key.slice(0, 10)))
      }
    },

    /** Removes the days before this one. The chain then begins behind its last removed line. */
    async removeBefore(day: string): Promise<void> {
      const old = (await lines.list('')).filter(({ key }) => key.slice(0, 10) < day)
      const last = old.at(-1)?.value
      if (!last) return
      await states.update(stateKey, now => ({
        lastDay: now?.lastDay ?? day,
        anchor: { number: last.number, hash: last.hash },
      }))
      for (const { key } of old) {
        await details.update(key, () => undefined)
        await lines.update(key, () => undefined)
      }
    },
  }
}

const dayOf = ({ at }: Pick<AuditLine, 'at'>) => dayInShanghai(Temporal.Instant.from(at))
const maxOf = (a: string, b: string) => (a > b ? a : b)
