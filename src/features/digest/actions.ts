import { type Due, Refusal } from '../../feature.ts'
import { createMutex } from '../../lib/queue.ts'
import type { Delivery } from '../../outbox/index.ts'
import type { RecordedActor } from '../../ports/actor.ts'
import type { BroadcastEdit, SeenVersion } from './broadcast/edits.ts'
import type { AttachedBy, FileToAttach } from './broadcast/files.ts'
import { broadcastPrivacy } from './broadcast/privacy.ts'
import type { Progress } from './broadcast/progress.ts'
import { sendSlotOf } from './broadcast/publisher.ts'
import type { Broadcast } from './broadcast/records.ts'
import { sayUnsent } from './broadcast/refused-events.ts'
import { proposalSealOf } from './broadcast/state-machine.ts'
import type { DigestParts } from './context.ts'
import { createModules, type Modules } from './modules.ts'

export type BroadcastActions = ReturnType<typeof createBroadcastActions>
type EditedBy = { by: RecordedActor; seen: SeenVersion }

/** The number of latest broadcasts searched for open deliveries. */
const searchDepth = 50

/** Whether a slot belongs to a broadcast, not to a plan. */
export const isSendSlot = (slot: string): boolean => /^\d/u.test(slot)

/** The reads that pages and commands need. */
function createReads(modules: Modules, clock: DigestParts['clock']) {
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
    /** Marks the end of the time that a restore lost. */
    async noteStart(): Promise<void> {
      await broadcasts.noteStart(clock.now())
    },
    all: broadcasts.all,
    history: async (most: number) => Promise.all((await broadcasts.recent(most)).map(progressOf)),
    /** Whether a letter with exactly this text and send time has reached this person. */
    wasLetterRead: review.wasLetterRead,
    /** The worth of an approval by this person. */
    verdictOn: review.verdictOn,
    /** The seal of the content and send time that this person was shown last. */
    seenSeal: broadcasts.seenSeal,
    showing: (broadcast: Broadcast, person: string) =>
      broadcasts.showing(broadcast.number, person, proposalSealOf(broadcast)),
    recordView: (broadcast: Broadcast, person: string) =>
      broadcasts.recordView(broadcast.number, person, proposalSealOf(broadcast)),
  }
}

type Decide = <T>(work: () => Promise<T>) => Promise<T>
type DecideOn = <T>(number: number, work: (broadcast: Broadcast) => Promise<T>) => Promise<T>

/** Actions on single deliveries of a broadcast that is out. */
function createDeliveryActions(
  { broadcasts, corrections, existing, progressOf }: Modules,
  { decide, decideOn }: { decide: Decide; decideOn: DecideOn },
) {
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
    /** The latest broadcast that is being sent. */
    beingSent: () => latestWith('due'),
    /** Sends again to the groups that it did not reach; without a number, the latest such broadcast. */
    resend: (by: RecordedActor, number?: number, attemptsSeen?: number) =>
      decide(async () =>
        corrections.resend(await withDeliveries(number, ['failed', 'expired']), by, attemptsSeen),
      ),
    /** The groups that sending again would reach. */
    resendPreview: async (number?: number) =>
      corrections.resendPreview(await withDeliveries(number, ['failed', 'expired'])),
    settle: (number: number, key: string, decided: RecordedActor & { hasArrived: boolean }) =>
      decideOn(number, broadcast => corrections.settle(broadcast, key, decided)),
    /** Reminds the employee who has to send this one. */
    remind: (number: number, key: string) =>
      decideOn(number, broadcast => corrections.remind(broadcast, key)),
    /** Stops what is not sent yet, and takes back what still can be. */
    recall: (number: number, by: RecordedActor) =>
      decideOn(number, broadcast => corrections.recall(broadcast, by)),
    recordManual: (by: RecordedActor, number?: number, groupName?: string) =>
      decide(async () => {
        const broadcast = await withDeliveries(number, ['due', 'failed', 'expired', 'unknown'])
        return { broadcast, noted: await corrections.recordManual(broadcast, by, groupName) }
      }),
    /** Records manual sending of single deliveries. @throws {@link Refusal} if none is left to record */
    recordManualKeys: (by: RecordedActor, keys: readonly string[]) =>
      decide(() => corrections.recordManualKeys(by, keys)),
  }
}

/** Actions on the broadcast of a slot: `number@instant`, or `plan@instant`. */
function createSlotActions({ broadcasts, publisher, runs }: Modules, decide: Decide) {
  /** The broadcast that goes out in this slot; undefined where it has another time now, or there is none. */
  async function broadcastOf(slot: string): Promise<Broadcast | undefined> {
    const number = isSendSlot(slot) ? Number.parseInt(slot, 10) : (await broadcasts.slot(slot))?.number
    const broadcast = number === undefined ? undefined : await broadcasts.get(number)
    return broadcast && (!isSendSlot(slot) || sendSlotOf(broadcast) === slot) ? broadcast : undefined
  }

  async function publishSlot(slot: string): Promise<void> {
    if (!isSendSlot(slot)) await runs.compose(slot)
    const broadcast = await broadcastOf(slot)
    if (broadcast) await publisher.publish(broadcast)
  }

  return {
    /** Publishes the broadcast of a slot that has come. */
    publishSlot: (slot: string) => decide(() => publishSlot(slot)),
    /** Why nothing went out in this slot, in Chinese; undefined where it did. */
    async unsentSlot(slot: string): Promise<string | undefined> {
      const broadcast = await broadcastOf(slot)
      if (broadcast) return sayUnsent(broadcast)
      if (isSendSlot(slot)) return '改了时间'
      return (await broadcasts.slot(slot))?.state === 'skipped' ? '这一次取消了' : '没有新内容'
    },
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

  const decideOn: DecideOn = (number, work) => decide(async () => work(await existing(number)))

  async function sendNow(number: number, by: RecordedActor): Promise<Broadcast> {
    const before = await existing(number)
    const broadcast = await edits.bringForward(before, by)
    if (broadcast.state === 'approved') return broadcast.isPaused ? broadcast : publisher.sendOut(broadcast)
    return broadcast.state === 'review' ? review.asked(broadcast, before) : review.submit(number)
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

  return {
    ...createReads(modules, clock),
    ...createDeliveryActions(modules, { decide, decideOn }),
    progress,
    digest: (...wanted: Parameters<typeof drafts.digest>) =>
      decide(async () => review.asked(await drafts.digest(...wanted))),
    notice: (...wanted: Parameters<typeof drafts.notice>) => decide(() => drafts.notice(...wanted)),
    edit: (number: number, wanted: BroadcastEdit, who: EditedBy) =>
      decideOn(number, async before => review.asked(await edits.edit(before, wanted, who), before, who.by)),
    recompose: (number: number, who: EditedBy) =>
      decideOn(number, async before => review.asked(await edits.recompose(before, who), before)),
    attach: (number: number, file: FileToAttach, who: AttachedBy) =>
      decideOn(number, async before => review.asked(await files.attach(number, file, who), before)),
    detach: (number: number, hash: string, who: AttachedBy) =>
      decideOn(number, async before => review.asked(await files.detach(number, hash, who), before)),
    filesOf: files.read,
    purgeFiles: () => decide(files.purge),
    submit: (number: number) => decide(() => review.submit(number)),
    approve: (number: number, by: RecordedActor, seal: string) =>
      decide(() => review.approve(number, by, seal)),
    reject: (number: number, by: RecordedActor, reason: string) =>
      decide(() => review.reject(number, by, reason)),
    pause: (number: number) => decide(() => apply(number, { kind: 'paused' })),
    resume: (number: number) => decide(() => apply(number, { kind: 'resumed' })),
    /** Sends at once if approved as it is, else requests the review. */
    sendNow: (number: number, by: RecordedActor) => decide(() => sendNow(number, by)),
    cancel: (number: number, by: RecordedActor) =>
      decideOn(number, broadcast => corrections.cancel(broadcast, by)),
    /** A broadcast that a restore held was sent already. */
    endHeld: (number: number, by: RecordedActor) =>
      decideOn(number, broadcast => corrections.endHeld(broadcast, by)),
    rehearse: (number: number) => decide(() => rehearse(number)),
    /** Composes the run of a plan whose slot has come. */
    composeSlot: (slot: string) => decide(() => runs.compose(slot)),
    ...createSlotActions(modules, decide),
    /** Retries claimed slots, composes reminders and expires overdue broadcasts. */
    recover: () =>
      decide(async () => {
        await runs.retryClaimed()
        await reminderRuns.composeDue()
        await publisher.publishDue()
      }),
    /** Records runs whose time is over as missed. */
    missRuns: (dues: readonly Due[]) => decide(() => runs.miss(dues)),
    skipRun: (slot: string, by: RecordedActor) => decide(() => runs.skip(slot, by)),
  }
}
