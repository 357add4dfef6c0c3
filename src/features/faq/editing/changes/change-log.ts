import { Refusal } from '../../../../feature.ts'
import type { RecordedActor } from '../../../../ports/actor.ts'
import type { Clock } from '../../../../ports/clock.ts'
import { type Change, type ChangeStep, changeKey, type EditRecords, type GateResult } from './records.ts'

export type ChangeProposal = Pick<Change, 'kind' | 'steps' | 'note'>
export type ChangeDecision = {
  number: number
  by: RecordedActor
  note?: string
  /** As they are to be in the base: brought together with what stands now. */
  steps?: ChangeStep[]
  gate?: GateResult
  isOverridden?: boolean
}

/** Every change ever proposed, in the store and in memory. Calls that write must not overlap. */
export async function loadChanges({ changes: records }: EditRecords, clock: Clock) {
  const all = new Map<number, Change>()
  for (const { value } of await records.list('')) all.set(value.number, value)
  const numbers = () => [...all.keys()]
  let last = Math.max(0, ...numbers())
  let lastPlace = Math.max(0, ...[...all.values()].map(({ decided }) => decided?.place ?? 0))

  async function write(change: Change): Promise<Change> {
    await records.update(changeKey(change), () => change)
    all.set(change.number, change)
    return change
  }

  function waiting(number: number): Change {
    const change = all.get(number)
    if (!change) throw new Refusal(`没有 ${number} 号改动。`)
    if (change.state !== 'waiting') throw new Refusal(`${number} 号改动已经有人处理过了。`)
    return change
  }

  function decide(
    change: Change,
    state: Change['state'],
    decision: Omit<ChangeDecision, 'number'>,
  ): Promise<Change> {
    const { by, note = '', steps = change.steps, gate, isOverridden = false } = decision
    const place = state === 'live' ? ++lastPlace : 0
    const decided = {
      by: idAndName(by),
      at: clock.now().toString(),
      note,
      place,
      isOverridden,
      ...(gate ? { gate } : {}),
    }
    return write({ ...change, steps, state, decided })
  }

  function fresh({ kind, steps, note }: ChangeProposal, by: RecordedActor): Change {
    const at = clock.now().toString()
    return { number: ++last, kind, steps, note, by: idAndName(by), at, state: 'waiting' }
  }

  return {
    /** Latest first. */
    list: () => [...all.values()].sort((a, b) => b.number - a.number),
    find: (number: number) => all.get(number),
    /** Those that went live, in that order. */
    live: () =>
      [...all.values()]
        .filter(({ state }) => state === 'live')
        .sort((a, b) => (a.decided?.place ?? 0) - (b.decided?.place ?? 0)),
    waiting,
    propose: (proposal: ChangeProposal, by: RecordedActor) => write(fresh(proposal, by)),
    /** Puts a change that needs no reviewer live at once. */
    enact: (proposal: ChangeProposal, by: RecordedActor) => decide(fresh(proposal, by), 'live', { by }),
    /** Records the first of two approvals. @param mark of the steps as they were shown */
    agree({ number, by, mark }: { number: number; by: RecordedActor; mark: string }): Promise<Change> {
      const change = waiting(number)
      const before = (change.agreed ?? []).filter(one => one.mark === mark)
      const agreement = { by: idAndName(by), at: clock.now().toString(), mark }
      return write({ ...change, agreed: [...before, agreement] })
    },
    approve: ({ number, ...decision }: ChangeDecision) => decide(waiting(number), 'live', decision),
    giveBack: ({ number, ...decision }: ChangeDecision) => decide(waiting(number), 'returned', decision),
    takeBack: ({ number, ...decision }: ChangeDecision) => decide(waiting(number), 'taken-back', decision),
    /** Writes again what `next` makes another: an erasure takes a person out of what is kept. */
    async rewrite(next: (change: Change) => Change): Promise<void> {
      for (const change of [...all.values()]) {
        const other = next(change)
        if (other !== change) await write(other)
      }
    },
  }
}

const idAndName = ({ id, name }: RecordedActor) => ({ id, name })
