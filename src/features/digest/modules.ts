import { Refusal } from '../../feature.ts'
import { createChecks } from './broadcast/checks.ts'
import { createCorrections } from './broadcast/corrections.ts'
import { createBroadcastDrafts } from './broadcast/drafts.ts'
import { createEdits } from './broadcast/edits.ts'
import { createFiles } from './broadcast/files.ts'
import { createNotifier } from './broadcast/notifier.ts'
import { createProgressReader } from './broadcast/progress.ts'
import { createPublisher } from './broadcast/publisher.ts'
import type { Broadcast } from './broadcast/records.ts'
import { createReview } from './broadcast/review.ts'
import { applyBroadcastEvent, type BroadcastEvent } from './broadcast/state-machine.ts'
import { openBroadcastStore } from './broadcast/store.ts'
import { createComposer } from './content/composer.ts'
import type { DigestParts } from './context.ts'
import { createPlans } from './schedule/plans.ts'
import { createReminderRuns } from './schedule/reminder-runs.ts'
import { createRuns } from './schedule/runs.ts'

export type Modules = ReturnType<typeof createModules>

/** Wires the modules that actions are made of. */
export function createModules(parts: DigestParts) {
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
  const drafts = createBroadcastDrafts({ ...context, composer, plans, checks })
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
    return broadcasts.change(number, now => applyBroadcastEvent(now, event, clock.now()))
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
