import { Refusal } from '../../../feature.ts'
import { keyHash } from '../../../lib/hash.ts'
import type { RecordedActor } from '../../../ports/actor.ts'
import type { CitedClause, Recheck } from '../../../ports/clauses.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { Directory } from '../../../ports/directory.ts'
import type { Dismissal, DismissalRecords } from './records.ts'
import { agree, dismissRecheck, hashOfChange, idOfRecheck, needsSecond, reopenRecheck } from './rules.ts'

type Parts = {
  records: DismissalRecords
  clock: Clock
  identitiesOf: Directory['identitiesOf']
  /** One person may say it and agree. */
  isOnePerson: boolean
}

export type Dismissals = Awaited<ReturnType<typeof openDismissals>>

/** Dismissals of changed clauses, see {@link Dismissal}, in memory over their collection. */
export async function openDismissals({ records, clock, identitiesOf, isOnePerson }: Parts) {
  const known = new Map((await records.all()).map(one => [one.id, one]))
  const listeners: (() => void)[] = []
  let settled = settledIn(known.values())
  const deedOf = (by: RecordedActor) => ({ by, at: clock.now() })

  async function update(id: string, change: (now: Dismissal | undefined) => Dismissal): Promise<Dismissal> {
    const next = await records.update(id, change)
    if (!next) throw new Refusal(missing)
    known.set(id, next)
    settled = settledIn(known.values())
    for (const listener of listeners) listener()
    return next
  }

  const changeKnown = (id: string, change: (now: Dismissal) => Dismissal) =>
    update(id, now => {
      if (!now) throw new Refusal(missing)
      return change(now)
    })

  return {
    /** Newest last. */
    all: (): Dismissal[] => [...known.values()].sort((a, b) => lastAt(a).localeCompare(lastAt(b))),
    /** The dismissal of exactly these changes for this text, whatever its state. */
    find: (recheck: Recheck): Dismissal | undefined => known.get(idOfRecheck(recheck)),
    /** The changes without those of which it was settled that this text stays as it is. */
    openChanges(text: string, changes: readonly CitedClause[]): CitedClause[] {
      if (settled.size === 0 || changes.length === 0) return [...changes]
      const textHash = keyHash(text)
      return changes.filter(change => !settled.has(`${textHash} ${hashOfChange(change)}`))
    },
    /** @throws {@link Refusal}, see {@link dismissRecheck} */
    dismiss(recheck: Recheck, reason: string, by: RecordedActor): Promise<Dismissal> {
      const saying = { recheck, reason, isSecondNeeded: needsSecond(recheck), isOnePerson }
      return update(idOfRecheck(recheck), now => dismissRecheck(now, saying, deedOf(by)))
    },
    /**
     * A public page whose change took no figure from any text: one person has compared both versions. Once more is
     * nothing new, so that a page of which only this was kept can be confirmed.
     */
    dismissPage(change: CitedClause, reason: string, by: RecordedActor): Promise<Dismissal> {
      const saying = { recheck: recheckOfPage(change), reason, isSecondNeeded: false, isOnePerson }
      return update(idOfRecheck(saying.recheck), now =>
        now?.state === 'settled' ? now : dismissRecheck(now, saying, deedOf(by)),
      )
    },
    /** @throws {@link Refusal}, see {@link agree} */
    async agree(id: string, by: RecordedActor): Promise<Dismissal> {
      const identities = await identitiesOf(by.id)
      return changeKnown(id, now => agree(now, { identities, isOnePerson }, deedOf(by)))
    },
    reopen: (id: string, by: RecordedActor) => changeKnown(id, now => reopenRecheck(now, deedOf(by))),
    /** Puts other names in place of those who spoke. */
    replacePeople: (id: string, replace: (person: RecordedActor) => RecordedActor) =>
      changeKnown(id, now => ({
        ...now,
        by: replace(now.by),
        ...(now.agreedBy ? { agreedBy: replace(now.agreedBy) } : {}),
        history: now.history.map(entry => ({ ...entry, by: replace(entry.by) })),
      })),
    /** Calls back after every change. */
    onChange: (listener: () => void): void => void listeners.push(listener),
  }
}

/** The same page may change in the same way again: the time tells the two apart. */
const recheckOfPage = (change: CitedClause): Recheck => ({
  kind: '来源网页',
  title: change.cited,
  path: change.cited,
  text: `${change.cited} ${change.since}`,
  changed: [change],
  isHeld: false,
})

const missing = '没有找到这一处，可能刚刚又变了。请刷新看看。'

const lastAt = ({ history }: Dismissal) => history.at(-1)?.at ?? ''

const settledIn = (all: Iterable<Dismissal>): ReadonlySet<string> =>
  new Set(
    [...all].flatMap(({ state, textHash, changes }) =>
      state === 'settled' ? changes.map(change => `${textHash} ${change}`) : [],
    ),
  )
