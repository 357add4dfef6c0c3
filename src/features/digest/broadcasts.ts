import type { Temporal } from 'temporal-polyfill'
import { Refusal } from '../../feature.ts'
import { createMutex } from '../../lib/queue.ts'
import type { Delivery } from '../../outbox/index.ts'
import { openBook } from './book.ts'
import { createCancelling } from './cancelling.ts'
import { createComposer } from './composer.ts'
import { broadcastId, type DigestParts } from './context.ts'
import { createCorrections } from './corrections.ts'
import { createDrafts } from './drafts.ts'
import { type BroadcastEdit, createEditing, type SeenVersion } from './editing.ts'
import { createNotifier } from './notifier.ts'
import { createPlans } from './plans.ts'
import { broadcastPrivacy } from './privacy.ts'
import { createPublisher } from './publisher.ts'
import type { Broadcast, BroadcastActor } from './records.ts'
import { createReminding } from './reminding.ts'
import { createReview } from './review.ts'
import { type BroadcastEvent, sealOf, step } from './rules.ts'
import { createRuns } from './runs.ts'

export type Progress = { broadcast: Broadcast; deliveries: Delivery[] }
export type Broadcasts = ReturnType<typeof createBroadcasts>

/** How many broadcasts back something may still be put right; far more than can be under way at a time. */
const looksBack = 50

/** Everything that can be done with broadcasts, for chat, console and schedule alike. */
export function createBroadcasts(parts: DigestParts) {
  const { store, clock, outbox, groups } = parts
  const book = openBook(store)
  const desk = { ...parts, book }
  const composer = createComposer(desk)
  const telling = createNotifier(desk)
  const plans = createPlans(desk)
  const goingOut = createPublisher({ ...desk, composer, telling })
  const review = createReview({ ...desk, goingOut, telling, existing, happen })
  const cancelling = createCancelling(desk)
  const making = createDrafts({ ...desk, composer, plans, goingOut })
  const editing = createEditing({ ...desk, composer, plans, goingOut, making })
  const runs = createRuns({ ...desk, plans, making, telling, ask: review.ask })
  const reminding = createReminding({ ...desk, plans, making, ask: review.ask })
  const corrections = createCorrections({ ...desk, progressOf })
  // One process owns the store, so decisions that look at several records are safe one after the other.
  const inTurn = createMutex()

  /** As {@link createMutex}, with nothing left undone before that a crash interrupted. */
  function decide<T>(work: () => Promise<T>): Promise<T> {
    return inTurn(async () => {
      for (const broadcast of await book.open()) await goingOut.finish(broadcast)
      return work()
    })
  }

  async function existing(number: number): Promise<Broadcast> {
    const broadcast = await book.get(number)
    if (!broadcast) throw new Refusal(`没有编号 ${number} 的推送。说「推送列表」看看有哪些。`)
    return broadcast
  }

  async function happen(number: number, event: BroadcastEvent): Promise<Broadcast> {
    await existing(number)
    return book.change(number, now => step(now, event, clock.now()))
  }

  /** Sent at once where it is approved as it is, else as soon as it is. */
  async function sendNow(number: number, by: BroadcastActor): Promise<Broadcast> {
    const broadcast = await editing.bringForward(await existing(number), by)
    if (broadcast.state === 'approved') return broadcast.isPaused ? broadcast : goingOut.sendOut(broadcast)
    return broadcast.state === 'review' ? review.asked(broadcast) : review.submit(number)
  }

  async function rehearse(number: number): Promise<{ broadcast: Broadcast; where: 'group' | 'private' }> {
    const broadcast = await existing(number)
    const own = (await groups.all()).filter(({ isOrganizers }) => isOrganizers).map(({ id }) => id)
    const picture = broadcast.picture === undefined ? undefined : await book.picture(broadcast.picture)
    const key = `rehearsal-${number}-${clock.now().epochMilliseconds}`
    return { broadcast, where: await telling.rehearse(broadcast, { groupIds: own, key, picture }) }
  }

  async function progressOf(broadcast: Broadcast): Promise<Progress> {
    return { broadcast, deliveries: await outbox.deliveries(broadcastId(broadcast.number)) }
  }

  async function progress(number?: number): Promise<Progress> {
    const [latest] = number === undefined ? await book.recent(1) : [await existing(number)]
    if (!latest) throw new Refusal('还没有推送过。说「预览推送」看下一次会发什么。')
    return progressOf(latest)
  }

  /** The broadcast of that number, else the latest of which some delivery is as asked. */
  async function withDeliveries(number: number | undefined, states: Delivery['state'][]): Promise<Broadcast> {
    if (number !== undefined) return existing(number)
    for (const broadcast of await book.recent(looksBack)) {
      const { deliveries } = await progressOf(broadcast)
      if (deliveries.some(({ state }) => states.includes(state))) return broadcast
    }
    throw new Refusal('最近的推送里没有这样的群。说「推送情况」看看。')
  }

  return {
    plans,
    runs,
    privacy: broadcastPrivacy(book),
    draw: composer.draw,
    /** What a plan would send at `at`, if it were put together now; undefined where nothing is new. */
    sketch: making.sketch,
    picture: book.picture,
    goesAt: goingOut.goesAt,
    faultsOf: goingOut.faultsOf,
    doubtOf: goingOut.doubtOf,
    existing,
    progress,
    open: book.open,
    all: book.all,
    progressOf,
    history: async (most: number) => Promise.all((await book.recent(most)).map(progressOf)),
    /** What is being sent at the moment, latest first. */
    async beingSent(): Promise<Broadcast | undefined> {
      for (const broadcast of await book.recent(looksBack)) {
        const { deliveries } = await progressOf(broadcast)
        if (deliveries.some(({ state }) => state === 'due')) return broadcast
      }
      return undefined
    },

    digest: (...wanted: Parameters<typeof making.digest>) =>
      decide(async () => review.asked(await making.digest(...wanted))),
    notice: (...wanted: Parameters<typeof making.notice>) => decide(() => making.notice(...wanted)),
    edit: (number: number, wanted: BroadcastEdit, who: { by: BroadcastActor; seen: SeenVersion }) =>
      decide(async () => review.asked(await editing.edit(await existing(number), wanted, who))),
    recompose: (number: number, who: { by: BroadcastActor; seen: SeenVersion }) =>
      decide(async () => review.asked(await editing.recompose(await existing(number), who))),
    submit: (number: number) => decide(() => review.submit(number)),
    /** Whether a letter with exactly this text has reached this person. */
    wasLetterRead: review.wasLetterRead,
    approve: (number: number, by: BroadcastActor, seal: string) =>
      decide(() => review.approve(number, by, seal)),
    reject: (number: number, by: BroadcastActor, reason: string) =>
      decide(() => review.reject(number, by, reason)),
    pause: (number: number) => decide(() => happen(number, { kind: 'paused' })),
    resume: (number: number) => decide(() => happen(number, { kind: 'resumed' })),
    sendNow: (number: number, by: BroadcastActor) => decide(() => sendNow(number, by)),
    cancel: (number: number, by: BroadcastActor) =>
      decide(async () => cancelling.cancel(await existing(number), by)),
    rehearse: (number: number) => decide(() => rehearse(number)),
    /** The content that this person looked at last, if any. */
    look: book.look,
    noteLook: (broadcast: Broadcast, person: string) =>
      book.noteLook(broadcast.number, person, sealOf(broadcast)),

    /** Sends once more to the groups that it did not reach, of that broadcast or the latest such. */
    resend: (by: BroadcastActor, number?: number, attemptsSeen?: number) =>
      decide(async () =>
        corrections.resend(await withDeliveries(number, ['failed', 'expired']), by, attemptsSeen),
      ),
    settle: (number: number, key: string, decided: BroadcastActor & { hasArrived: boolean }) =>
      decide(async () => corrections.settle(await existing(number), key, decided)),
    noteByHand: (by: BroadcastActor, number?: number, groupName?: string) =>
      decide(async () => {
        const broadcast = await withDeliveries(number, ['due', 'failed', 'expired', 'unknown'])
        return { broadcast, noted: await corrections.noteByHand(broadcast, by, groupName) }
      }),

    /** Composes what is to be reviewed, sends what was approved and is due, and says what can not go out. */
    tend: () =>
      decide(async () => {
        await runs.tend()
        await reminding.tend()
        await goingOut.tend()
      }),
    missRun: (slot: string, at: Temporal.Instant) => decide(() => runs.miss(slot, at)),
    skipRun: (slot: string, by: BroadcastActor) => decide(() => runs.skip(slot, by)),
  }
}
