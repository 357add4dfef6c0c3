import { keyHash } from '../lib/hash.ts'
import type { Alarms } from '../ports/alarms.ts'
import type { AuditedAction, AuditKind, AuditTrail } from '../ports/audit.ts'
import type { Clock } from '../ports/clock.ts'
import type { PendingActions } from '../ports/pending-actions.ts'
import type { Store } from '../ports/store.ts'
import { type AuditPolicy, changeSummaryOf, createChangeWatch, type Scope } from './changes.ts'
import { seal } from './line.ts'
import { type AuditLog, openAuditLog } from './log.ts'
import { type AuditPeople, createAuditPeople, newPseudonym } from './people.ts'

const mostObjects = 50

type KindOf<T> = (result: Awaited<T>) => AuditKind | undefined

type Parts = { store: Store; clock: Clock; alarms: Alarms; policy: AuditPolicy }

export type Audit = ReturnType<typeof openAudit>

/** The audit log over a store: what watches deeds, and what reads, erases and expires their lines. */
export function openAudit({ store, clock, alarms, policy }: Parts) {
  const log = openAuditLog({ store, clock, alarms })
  const people = createAuditPeople(store)
  const watch = createChangeWatch(policy)

  async function append(
    kind: AuditKind,
    deed: AuditedAction & { at?: string },
    { changes, erased }: Scope,
  ): Promise<void> {
    const isErased = deed.by !== undefined && erased.has(deed.by.id)
    const objects = [...new Set(changes.map(({ object }) => object))].slice(0, mostObjects)
    await log.append({
      at: deed.at ?? clock.now().toString(),
      kind,
      // Someone who was erased while the line waited has no actor in its details any more.
      async whoOf({ actor }) {
        if (!actor) return newPseudonym()
        return deed.by ? people.pseudonymOf(deed.by) : ''
      },
      road: deed.road,
      what: deed.what,
      changes: changeSummaryOf(changes),
      detail: {
        ...(isErased
          ? {}
          : { actor: seal({ id: deed.by?.id ?? '', name: deed.by?.name ?? '', from: deed.from }) }),
        ...(objects.length === 0 || erased.size > 0 ? {} : { objects: seal(objects) }),
      },
    })
  }

  async function record<T>(deed: AuditedAction, scope: Scope, running: Promise<T>, kindOf: KindOf<T>) {
    let kind: AuditKind | undefined
    try {
      const result = await running
      kind = kindOf(result as Awaited<T>)
      return result
    } finally {
      // Work that goes on in the background is the program's own.
      scope.isOver = true
      if (kind || scope.changes.length > 0) await append(kind ?? 'deed', deed, scope)
    }
  }

  const trail: AuditTrail = {
    watch<T>(deed: AuditedAction, run: () => T, kindOf: KindOf<T> = () => undefined): T {
      const scope: Scope = { changes: [], erased: new Set(), isOver: false }
      const result = watch.run(scope, run)
      if (result instanceof Promise) return record(deed, scope, result, kindOf) as T
      const isWorthALine = kindOf(result as Awaited<T>) !== undefined
      return isWorthALine ? (record(deed, scope, Promise.resolve(result), kindOf) as T) : result
    },
    note: (kind, deed) => append(kind, deed, { changes: [], erased: new Set(), isOver: true }),
  }

  const recorded = new Set<string>()
  /**
   * Records what was done from the command line. After a crash in between, an action
   * has two lines rather than none.
   */
  async function recordPending(actions: PendingActions): Promise<void> {
    for (const [id, { kind, ...action }] of await actions.list()) {
      if (!recorded.has(id))
        await append(kind, { ...action, road: 'shell' }, { changes: [], erased: new Set(), isOver: true })
      recorded.add(id)
    }
    if (!log.isWritten()) return
    for (const id of recorded) {
      await actions.remove(id)
      recorded.delete(id)
    }
  }

  return {
    trail,
    log,
    people,
    recordPending,
    watching: watch.watching,
    forget: forgetting({ log, people, current: watch.current }),
  }
}

type ForgettingParts = { log: AuditLog; people: AuditPeople; current(): Scope | undefined }

/** Erases a person from the details; the deed that erases them is recorded without a name. */
function forgetting({ log, people, current }: ForgettingParts) {
  return async ({
    memberId,
    chatIds,
    names,
  }: {
    memberId: string
    chatIds: readonly string[]
    names: readonly string[]
  }) => {
    const ids = [memberId, ...chatIds, ...(await people.formerIdsOf(memberId))].filter(id => id !== '')
    for (const id of ids) current()?.erased.add(id)
    const traces = [...ids, ...ids.map(keyHash), ...names]
    const mentions = (value: unknown) => {
      const text = JSON.stringify(value)
      return traces.some(trace => text.includes(trace))
    }
    await log.changeDetails(detail => {
      const actor = detail.actor && !ids.includes(detail.actor.value.id) ? detail.actor : undefined
      const isTheirs = detail.actor !== undefined && actor === undefined
      const objects =
        detail.objects && !isTheirs && !mentions(detail.objects.value) ? detail.objects : undefined
      if (actor === detail.actor && objects === detail.objects) return detail
      return actor || objects ? { ...(actor ? { actor } : {}), ...(objects ? { objects } : {}) } : undefined
    })
    await people.forget(ids)
  }
}
