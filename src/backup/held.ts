import type { RawShard } from '../ports/raw-store.ts'

type Value = Record<string, unknown>
type HoldOptions = {
  /** When the backup was made, ISO 8601: the same however often the restore is begun again. */
  madeAt: string
  /** Names of the lines whose sending pauses; empty for the one without a name. */
  lines: readonly string[]
}

/** States in which a delivery may have gone out since the backup was made: only a person can tell. */
const doubtfulDeliveries = new Set(['due', 'sending', 'waiting'])
const doubtfulBroadcasts = new Set(['review', 'approved', 'queued'])

const whyHeld = '恢复了备份，可能已经发过'

/**
 * The shards of a backup, with everything held that may have gone out after it was made: deliveries count as unknown,
 * broadcasts wait for a person, and the sending pauses, as jobs may find something to say that was said already.
 * @returns also how many broadcasts and deliveries were held
 */
export function withSendingHeld(shards: readonly RawShard[], { madeAt, lines }: HoldOptions) {
  let held = 0
  const changes: Record<string, (value: Value) => Value> = {
    deliveries: value =>
      doubtfulDeliveries.has(String(value.state))
        ? { ...value, state: 'unknown', reason: whyHeld, changedAt: madeAt }
        : value,
    digests: value =>
      doubtfulBroadcasts.has(String(value.state))
        ? {
            ...value,
            state: value.state === 'queued' ? 'approved' : value.state,
            isPaused: true,
            heldFromBackupOf: madeAt,
          }
        : value,
  }
  const changed = shards.map(shard => {
    const change = changes[shard.collection]
    if (!change) return shard
    const records = [...shard.records].map(([key, text]): [string, string] => {
      const value = JSON.parse(text) as Value
      const next = change(value)
      if (next === value) return [key, text]
      held += 1
      return [key, JSON.stringify(next)]
    })
    return { ...shard, records: new Map(records) }
  })
  const own = [restoreOf(madeAt), pauseOf(lines, madeAt)]
  const others = changed.filter(one => own.every(({ collection }) => collection !== one.collection))
  return { shards: [...others, ...own], held }
}

/** The record of the restore, by which a run that is composed again is marked. */
function restoreOf(madeAt: string): RawShard {
  const records = new Map([['restore/last', JSON.stringify({ madeAt })]])
  return { collection: 'digest-restores', shard: 'restore', version: 1, records }
}

/** As the circuit breaker keeps it; on request, so that it lasts until a person resumes. */
function pauseOf(lines: readonly string[], since: string): RawShard {
  const record = JSON.stringify({ reason: `${whyHeld}，请先在「推送」逐条看过`, since })
  const keys = lines.map(name => (name === '' ? 'outbox/pause' : `outbox/pause-${name}`))
  return {
    collection: 'outbox-pause',
    shard: 'outbox',
    version: 1,
    records: new Map(keys.map(key => [key, record])),
  }
}
