import { type Due, Refusal } from '../../feature.ts'
import { createMutex } from '../../lib/queue.ts'
import type { Delivery } from '../../outbox/index.ts'
import type { ChatFile } from '../../ports/chat.ts'
import { createChecks } from './broadcast/checks.ts'
import { createCorrections } from './broadcast/corrections.ts'
import { createDrafts } from './broadcast/drafts.ts'
import { type BroadcastEdit, createEdits, type SeenVersion } from './broadcast/edits.ts'
import { type AttachedBy, createFiles } from './broadcast/files.ts'
import { createNotifier } from './broadcast/notifier.ts'
import { broadcastPrivacy } from './broadcast/privacy.ts'
import { createProgressReader, type Progress } from './broadcast/progress.ts'
import { createPublisher, sendSlotOf } from './broadcast/publisher.ts'
import type { Broadcast, BroadcastActor } from './broadcast/records.ts'
import { createReview } from './broadcast/review.ts'
import { type BroadcastEvent, sealOf, step } from './broadcast/state-machine.ts'
import { openBroadcastStore } from './broadcast/store.ts'
import { createComposer } from './content/composer.ts'
import type { DigestParts } from './context.ts'
import { createPlans } from './schedule/plans.ts'
import { createReminderRuns } from './schedule/reminder-runs.ts'
import { createRuns } from './schedule/runs.ts'

export type BroadcastActions = ReturnType<typeof createBroadcastActions>
type EditedBy = { by: BroadcastActor; seen: SeenVersion }

/** The number of latest broadcasts searched for open deliveries. */
const searchDepth = 50

/** Whether a slot belongs to a broadcast, not to a plan. */
export const isSendSlot = (slot: string): boolean => /^\d/u.test(slot)

/** Wires the modules that actions are made of. */
function createModules(parts: DigestParts) {
  const { store, clock } = parts
  const broadcasts = openBroadcastStore(store)
  const progressOf = createProgressReader(parts)
  const context = { ...parts, broadcasts }
  const composer = createComposer(context)
  const notifier = createNotifier(context)
  const plans = createPlans(context)
  const checks = createChecks({ ...context, composer })
  const files = createFiles(context)
  const publisher = createPublisher({ ...context, checks, notifier, files })
  const review = createReview({ ...context, checks, notifier, existing, apply, sendOut: publisher.sendOut })
  const drafts = createDrafts({ ...context, composer, plans, checks })
  const edits = createEdits({ ...context, composer, plans, checks, aim: drafts.aim })
  const runs = createRuns({ ...context, plans, drafts, notifier, ask: review.ask })
  const reminderRuns = createReminderRuns({ ...context, plans, drafts, ask: review.ask })
  const corrections = createCorrections({ ...context, progressOf })

  async function existing(number: number): Promise<Broadcast> {
    const broadcast = await broadcasts.get(number)
    if (!broadcast) throw new Refusal(`没有编号 ${number} 的推送。说「推送列表」看看有哪些。`)
    return broadcast
  }

  async function apply(number: number, event: BroadcastEvent): Promise<Broadcast> {
    await existing(number)
    return broadcasts.change(number, now => step(now, event, clock.now()))
  }

  return {
    broadcasts,
    composer,
    notifier,
    plans,
    checks,
    publisher,
    files,
    review,
    drafts,
    edits,
    runs,
    reminderRuns,
    corrections,
    existing,
    apply,
    progressOf,
  }
}

type Modules = ReturnType<typeof createModules>

/** The reads that pages and commands need. */
function createReads(modules: Modules) {
  const { broadcasts, composer, plans, checks, review, drafts, runs, existing, progressOf } = modules
  return {
    plans,
    runs,
    isRecallable: modules.corrections.isRecallable,
    privacy: broadcastPrivacy(broadcasts),
    draw: composer.draw,
    /** The content a plan would send at `at`; undefined without new items. */
    sketch: drafts.sketch,
    picture: broadcasts.blob,
    goesAt: checks.goesAt,
    faultsOf: checks.faultsOf,
    doubtOf: checks.doubtOf,
    existing,
    progressOf,
    open: broadcasts.open,
    all: broadcasts.all,
    history: async (most: number) => Promise.all((await broadcasts.recent(most)).map(progressOf)),
    /** Whether a letter with exactly this text has reached this person. */
    wasLetterRead: review.wasLetterRead,
    /** The seal of the content that this person was shown last. */
    seenSeal: broadcasts.seenSeal,
    recordView: (broadcast: Broadcast, person: string) =>
      broadcasts.recordView(broadcast.number, person, sealOf(broadcast)),
  }
}

/** Actions on broadcasts (rule, record, notices), called by chat, console and schedule alike. */
export function createBroadcastActions(parts: DigestParts) {
  const { clock, groups } = parts
  const modules = createModules(parts)
  const { broadcasts, notifier, publisher, files, review } = modules
  const { drafts, edits, runs, reminderRuns, corrections, existing, apply, progressOf } = modules
  // One process owns the store, so decisions over several records are safe one at a time.
  const runExclusive = createMutex()

  /** Runs alone, after completing what a crash interrupted. */
  function decide<T>(work: () => Promise<T>): Promise<T> {
    return runExclusive(async () => {
      for (const broadcast of await broadcasts.open()) await publisher.finish(broadcast)
      return work()
    })
  }

  async function sendNow(number: number, by: BroadcastActor): Promise<Broadcast> {
    const broadcast = await edits.bringForward(await existing(number), by)
    if (broadcast.state === 'approved') return broadcast.isPaused ? broadcast : publisher.sendOut(broadcast)
    return broadcast.state === 'review' ? review.asked(broadcast) : review.submit(number)
  }

  async function publishSlot(slot: string): Promise<void> {
    if (!isSendSlot(slot)) await runs.compose(slot)
    const number = isSendSlot(slot) ? Number.parseInt(slot, 10) : (await broadcasts.slot(slot))?.number
    const broadcast = number === undefined ? undefined : await broadcasts.get(number)
    const isCurrent = broadcast && (!isSendSlot(slot) || sendSlotOf(broadcast) === slot)
    if (isCurrent) await publisher.publish(broadcast)
  }

  async function rehearse(number: number): Promise<{ broadcast: Broadcast; where: 'group' | 'private' }> {
    const broadcast = await existing(number)
    const own = (await groups.all()).filter(({ isOrganizers }) => isOrganizers).map(({ id }) => id)
    const picture = broadcast.picture === undefined ? undefined : await broadcasts.blob(broadcast.picture)
    const key = `rehearsal-${number}-${clock.now().epochMilliseconds}`
    return {
      broadcast,
      where: await notifier.rehearse(broadcast, {
        groupIds: own,
        key,
        picture,
        files: await files.read(broadcast),
      }),
    }
  }

  async function progress(number?: number): Promise<Progress> {
    const [latest] = number === undefined ? await broadcasts.recent(1) : [await existing(number)]
    if (!latest) throw new Refusal('还没有推送过。说「预览推送」看下一次会发什么。')
    return progressOf(latest)
  }

  /** The latest broadcast with a delivery in one of these states. */
  async function latestWith(...states: Delivery['state'][]): Promise<Broadcast | undefined> {
    for (const broadcast of await broadcasts.recent(searchDepth)) {
      const { deliveries } = await progressOf(broadcast)
      if (deliveries.some(({ state }) => states.includes(state))) return broadcast
    }
    return undefined
  }

  /** The broadcast of that number, else the latest with a delivery in one of these states. */
  async function withDeliveries(number: number | undefined, states: Delivery['state'][]): Promise<Broadcast> {
    const found = number === undefined ? await latestWith(...states) : await existing(number)
    if (!found) throw new Refusal('最近的推送里没有这样的群。说「推送情况」看看。')
    return found
  }

  return {
    ...createReads(modules),
    progress,
    /** The latest broadcast that is being sent. */
    beingSent: () => latestWith('due'),
    digest: (...wanted: Parameters<typeof drafts.digest>) =>
      decide(async () => review.asked(await drafts.digest(...wanted))),
    notice: (...wanted: Parameters<typeof drafts.notice>) => decide(() => drafts.notice(...wanted)),
    edit: (number: number, wanted: BroadcastEdit, who: EditedBy) =>
      decide(async () => review.asked(await edits.edit(await existing(number), wanted, who))),
    recompose: (number: number, who: EditedBy) =>
      decide(async () => review.asked(await edits.recompose(await existing(number), who))),
    attach: (number: number, file: ChatFile, who: AttachedBy) =>
      decide(async () => review.asked(await files.attach((await existing(number)).number, file, who))),
    detach: (number: number, hash: string, who: AttachedBy) =>
      decide(async () => review.asked(await files.detach((await existing(number)).number, hash, who))),
    filesOf: files.read,
    purgeFiles: () => decide(files.purge),
    submit: (number: number) => decide(() => review.submit(number)),
    approve: (number: number, by: BroadcastActor, seal: string) =>
      decide(() => review.approve(number, by, seal)),
    reject: (number: number, by: BroadcastActor, reason: string) =>
      decide(() => review.reject(number, by, reason)),
    pause: (number: number) => decide(() => apply(number, { kind: 'paused' })),
    resume: (number: number) => decide(() => apply(number, { kind: 'resumed' })),
    /** Sends at once if approved as it is, else requests the review. */
    sendNow: (number: number, by: BroadcastActor) => decide(() => sendNow(number, by)),
    cancel: (number: number, by: BroadcastActor) =>
      decide(async () => corrections.cancel(await existing(number), by)),
    rehearse: (number: number) => decide(() => rehearse(number)),
    /** Sends again to the groups that it did not reach; without a number, the latest such broadcast. */
    resend: (by: BroadcastActor, number?: number, attemptsSeen?: number) =>
      decide(async () =>
        corrections.resend(await withDeliveries(number, ['failed', 'expired']), by, attemptsSeen),
      ),
    /** The groups that sending again would reach. */
    resendPreview: async (number?: number) =>
      corrections.resendPreview(await withDeliveries(number, ['failed', 'expired'])),
    settle: (number: number, key: string, decided: BroadcastActor & { hasArrived: boolean }) =>
      decide(async () => corrections.settle(await existing(number), key, decided)),
    /** Reminds the employee who has to send this one. */
    remind: (number: number, key: string) =>
      decide(async () => corrections.remind(await existing(number), key)),
    /** Stops what is not sent yet, and takes back what still can be. */
    recall: (number: number, by: BroadcastActor) =>
      decide(async () => corrections.recall(await existing(number), by)),
    recordManual: (by: BroadcastActor, number?: number, groupName?: string) =>
      decide(async () => {
        const broadcast = await withDeliveries(number, ['due', 'failed', 'expired', 'unknown'])
        return { broadcast, noted: await corrections.recordManual(broadcast, by, groupName) }
      }),
    /** Records manual sending of single deliveries. @throws {@link Refusal} if none is left to record */
    recordManualKeys: (by: BroadcastActor, keys: readonly string[]) =>
      decide(() => corrections.recordManualKeys(by, keys)),
    /** Composes the run of a plan whose slot has come. */
    composeSlot: (slot: string) => decide(() => runs.compose(slot)),
    /** Publishes the broadcast of a slot that has come: `number@instant`, or `plan@instant`. */
    publishSlot: (slot: string) => decide(() => publishSlot(slot)),
    /** Retries claimed slots, composes reminders and expires overdue broadcasts. */
    recover: () =>
      decide(async () => {
        await runs.retryClaimed()
        await reminderRuns.composeDue()
        await publisher.publishDue()
      }),
    /** Records runs whose time is over as missed. */
    missRuns: (dues: readonly Due[]) => decide(() => runs.miss(dues)),
    skipRun: (slot: string, by: BroadcastActor) => decide(() => runs.skip(slot, by)),
  }
}
