import { sha256 } from '../../lib/hash.ts'
import { createMutex, createSemaphore } from '../../lib/queue.ts'
import type { Reply } from '../../ports/chat.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Metrics } from '../../ports/metrics.ts'
import type { Store } from '../../ports/store.ts'
import { broadcastOf } from './compacted.ts'
import type { Posting } from './delivery.ts'
import {
  contentOf,
  type DeliveryRecord,
  OpenBroadcast,
  openContents,
  openDeliveries,
  replyOf,
  type StoredDelivery,
} from './records.ts'
import { applyEvent, bySendOrder, type DeliveryEvent, type EventDetails, isDeliveryOpen } from './rules.ts'

export type DeliveryLedger = ReturnType<typeof createLedger>

/** As many as the store reads files at a time: thousands of prompts may be open. */
const broadcastsReadAtOnce = 32

/** Stands in the shard of open broadcasts from its first use: where it is missing, so are they. */
const openMark = 'open'

/** The records of all deliveries, their contents and the open broadcasts. */
export function createLedger(store: Store, clock: Clock, metrics: Pick<Metrics, 'delivered'>) {
  const deliveries = openDeliveries(store)
  const contents = openContents(store)
  const open = store.collection('outbox-open', OpenBroadcast)
  // Adding and closing exclude each other: a broadcast closed during an addition would be missed by the next start.
  const runExclusive = createMutex()
  const runBounded = createSemaphore(broadcastsReadAtOnce)

  /** Records postings as due. @returns those that are new, in send order. */
  function add(postings: readonly Posting[]): Promise<StoredDelivery[]> {
    return runExclusive(async () => {
      const since = clock.now().toString()
      const ids = new Set(postings.map(({ key }) => broadcastOf(key)))
      await Promise.all([...ids].map(id => open.update(`open/${id}`, now => now ?? { since })))
      const keepOnce = keeping()
      const added = await Promise.all(
        postings.map(async (posting, position) =>
          addOne(posting, { position, postedAt: since, contentId: await keepOnce(posting) }),
        ),
      )
      return added.filter(entry => entry !== undefined).sort(bySendOrder)
    })
  }

  /** Keeps the same reply of the same broadcast once, however many groups it is for: a picture is half a megabyte. */
  function keeping(): typeof keep {
    const kept = new Map<Reply, Map<string, Promise<string>>>()
    return posting => {
      const ofReply = kept.get(posting.reply) ?? new Map<string, Promise<string>>()
      kept.set(posting.reply, ofReply)
      const id = ofReply.get(broadcastOf(posting.key)) ?? keep(posting)
      ofReply.set(broadcastOf(posting.key), id)
      return id
    }
  }

  async function addOne(
    posting: Posting,
    placed: Pick<DeliveryRecord, 'position' | 'postedAt' | 'contentId'>,
  ): Promise<StoredDelivery | undefined> {
    const { key, target, kind } = posting
    const due: DeliveryRecord = {
      target,
      kind,
      ...placed,
      state: 'due',
      notAfter: posting.notAfter.toString(),
      changedAt: placed.postedAt,
      history: [],
    }
    let isNew = false
    await deliveries.update(key, now => {
      isNew = now === undefined
      return now ?? due
    })
    if (!isNew) return undefined
    metrics.delivered(due.state)
    return { key, value: due }
  }

  /** Stores the content before a delivery refers to it. */
  async function keep({ key, reply }: Posting): Promise<string> {
    const content = contentOf(reply)
    const id = sha256(JSON.stringify(content)).slice(0, 16)
    await contents.update(`${broadcastOf(key)}/${id}`, now => now ?? content)
    return id
  }

  /** @returns the delivery after the event where it applied, else undefined. */
  async function record(
    key: string,
    event: DeliveryEvent,
    details: EventDetails = {},
  ): Promise<DeliveryRecord | undefined> {
    let isChanged = false
    let isMoved = false
    const after = await deliveries.update(key, now => {
      const next = now && applyEvent(now, event, { at: clock.now(), ...details })
      isChanged = next !== now
      isMoved = next?.state !== now?.state
      return next
    })
    if (!isChanged || !after) return undefined
    if (isMoved) metrics.delivered(after.state)
    return after
  }

  /** As {@link record} for what leads back to due, so that a restart finds it again. */
  function reopen(...[key, ...change]: Parameters<typeof record>): ReturnType<typeof record> {
    return runExclusive(async () => {
      await open.update(`open/${broadcastOf(key)}`, now => now ?? { since: clock.now().toString() })
      return record(key, ...change)
    })
  }

  async function contentFor({ key, value }: StoredDelivery): Promise<Reply | undefined> {
    const content = await contents.get(`${broadcastOf(key)}/${value.contentId}`)
    return content && replyOf(content)
  }

  async function list(broadcastId: string): Promise<StoredDelivery[]> {
    return (await deliveries.list(`${broadcastId}/`)).sort(bySendOrder)
  }

  /** One broadcast that cannot be read keeps no other from going out; the store has raised its alarm. */
  const readable = (broadcastId: string) => list(broadcastId).catch(() => undefined)

  /** A list that the disk cannot give now says nothing, as one that was damaged. */
  async function listedBroadcasts(): Promise<{ ids: string[]; isWhole: boolean }> {
    try {
      const ids = (await open.list('open/')).map(({ key }) => key.slice('open/'.length))
      return { ids, isWhole: (await open.get(openMark)) !== undefined }
    } catch {
      return { ids: [], isWhole: false }
    }
  }

  /**
   * Ids of the broadcasts that are not over; found by their deliveries where the list
   * was damaged or has no mark yet.
   */
  async function openBroadcasts(): Promise<string[]> {
    const listed = await listedBroadcasts()
    if (listed.isWhole) return listed.ids
    const since = clock.now().toString()
    const found = await deliveries.list('', { leavesOutUnreadable: true })
    const all = new Set(listed.ids)
    for (const { key, value } of found) if (isDeliveryOpen(value, clock.now())) all.add(broadcastOf(key))
    // One write records both, so that the mark never stands without them.
    const keys = [openMark, ...[...all].map(id => `open/${id}`)]
    await whereWritable(keys.map(key => [key, now => now ?? { since }]))
    return [...all]
  }

  /**
   * Changes the list of open broadcasts. It is made again at the next start; on a full
   * disk the store raises its alarm.
   */
  const whereWritable = (changes: Parameters<typeof open.update>[]) =>
    // At once: they are of one shard, which would else be written anew for each of them.
    Promise.allSettled(changes.map(change => open.update(...change)))

  /** Deliveries that are not final, in send order; broadcasts without any are closed. */
  function unfinished(): Promise<StoredDelivery[]> {
    return runExclusive(async () => {
      const broadcasts = await openBroadcasts()
      const read = await Promise.all(broadcasts.map(id => runBounded(() => readable(id))))
      const left = read.map(entries => entries?.filter(({ value }) => isDeliveryOpen(value, clock.now())))
      const over = broadcasts.filter((_, at) => left[at]?.length === 0)
      await whereWritable(over.map(id => [`open/${id}`, () => undefined]))
      return left.flatMap(entries => entries ?? []).sort(bySendOrder)
    })
  }

  return { add, record, reopen, contentFor, list, unfinished }
}
