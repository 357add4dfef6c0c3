import { Temporal } from 'temporal-polyfill'
import { changedSince, sayChanged } from '../content/changed-clauses.ts'
import type { Composer } from '../content/composer.ts'
import { sayUnsourced, unsourcedFigures } from '../content/source-checks.ts'
import { sayUnconfirmed } from '../content/unconfirmed-days.ts'
import { dayOf, faultOf } from '../content/validity.ts'
import type { DigestContext } from '../context.ts'
import type { Broadcast } from './records.ts'

export type BroadcastChecks = ReturnType<typeof createChecks>

/** When a broadcast is sent, and whether its items may still be published. */
export function createChecks({
  broadcasts,
  clock,
  outbox,
  items,
  maxLateMinutes,
  composer,
  lines,
  clauses,
}: DigestContext & { composer: Pick<Composer, 'isPublished'> }) {
  /** When the first group receives it: at its time, or when the quiet hours end. */
  function goesAt({ sendAt }: Pick<Broadcast, 'sendAt'>): Temporal.Instant {
    const now = clock.now()
    const at = sendAt ? Temporal.Instant.from(sendAt) : now
    return outbox.window(Temporal.Instant.compare(at, now) < 0 ? now : at).opensAt
  }

  /** The latest time to start sending; undefined without a send time. */
  function endOf({ sendAt }: Broadcast): Temporal.Instant | undefined {
    return sendAt
      ? outbox.window(Temporal.Instant.from(sendAt)).opensAt.add({ minutes: maxLateMinutes })
      : undefined
  }

  /** Why its items must not be published, one sentence each; empty if they may. */
  async function faultsOf(broadcast: Broadcast): Promise<string[]> {
    const day = dayOf(goesAt(broadcast))
    const aimed = new Set(broadcast.groups.map(({ id }) => id))
    const found = await Promise.all(
      broadcast.items.map(async cited => {
        const item = await items.get(cited.id)
        const fault = faultOf(item, cited, day)
        if (fault) return [fault]
        const isPublished =
          broadcast.kind === 'digest' && (await composer.isPublished(cited.id, aimed, broadcast.number))
        return isPublished ? [`「${item?.title}」已经在别的推送里发过，或者正要发`] : []
      }),
    )
    return [
      ...found.flat(),
      ...(await missingFiles(broadcast)),
      ...tooLong(broadcast),
      ...changedClauses(broadcast),
    ]
  }

  const changedClauses = (broadcast: Broadcast): string[] =>
    broadcast.state === 'approved' ? changedSince(broadcast.approval?.at, broadcast, clauses) : []

  /** Whether clauses stopped it that are as they were before. */
  const isReleased = (broadcast: Broadcast): boolean => {
    const approvedAt = broadcast.state === 'rejected' ? broadcast.rejection?.approvedAt : undefined
    return approvedAt !== undefined && changedSince(approvedAt, broadcast, clauses).length === 0
  }

  /** Where text and files leave as one message, the text is not divided. */
  function tooLong({ parts, groups }: Broadcast): string[] {
    const bytes = Buffer.byteLength(parts.join('\n\n'))
    return groups.flatMap(({ id, name, form }) => {
      const its = lines.traits({ groupId: id })
      const isOver = form === 'text' && its?.bundles === true && bytes > its.text.maxBytes
      return isOver ? [`正文太长：「${name}」一次最多收约 ${Math.floor(its.text.maxBytes / 3)} 字`] : []
    })
  }

  async function missingFiles({ files = [] }: Broadcast): Promise<string[]> {
    const blobs = await Promise.all(files.map(({ hash }) => broadcasts.blob(hash)))
    return files.filter((_, i) => !blobs[i]).map(({ name }) => `附件「${name}」读不出来，要去掉或重新上传`)
  }

  /** A warning about figures that none of its items contains, unconfirmed deadlines and clauses that changed. */
  async function doubtOf(broadcast: Broadcast): Promise<string | undefined> {
    const found = await Promise.all(broadcast.items.map(({ id }) => items.get(id)))
    const cited = found.filter(item => item !== undefined)
    const doubts = [
      sayChanged(broadcast, clauses),
      sayUnsourced(unsourcedFigures(broadcast, cited)),
      sayUnconfirmed(cited),
    ]
    return doubts.filter(doubt => doubt !== undefined).join('') || undefined
  }

  return { goesAt, endOf, faultsOf, changedClauses, isReleased, doubtOf }
}
