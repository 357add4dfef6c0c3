import { Temporal } from 'temporal-polyfill'
import type { Feature, GapAdvice } from '../../feature.ts'
import type { Outbox } from '../../outbox/index.ts'
import type { ClosedGap } from '../../ports/gaps.ts'
import { lineNameOf } from '../../ports/line-ids.ts'
import { isClosed } from './outages.ts'
import { type GapRecords, gapOf } from './records.ts'
import { gapNotice } from './words.ts'

/** A flapping line is told about once: after it has been up for this long. */
const calmMinutes = 2
/** Late in a lesson the notice is of no use any more. */
const noticeMaxLateMinutes = 60

type NoticeParts = {
  records: GapRecords
  outbox: Pick<Outbox, 'post'>
  features: readonly Feature[]
}

/**
 * Tells each group that was concerned by gaps once, when they are over. May be interrupted anywhere: the same gaps
 * make the same postings, and posting again changes nothing.
 */
export async function tellGroups({ records, outbox, features }: NoticeParts, at: Temporal.Instant) {
  const untold = (await records.gapsOf(at, at)).filter(({ isTold }) => !isTold).map(gapOf)
  const gaps = untold.filter(isClosed)
  const [first] = gaps
  if (!first || gaps.length < untold.length || !gaps.every(gap => isCalmSince(gap.to, at))) return
  const notices = await noticesFor(gaps, features)
  await outbox.post(
    [...notices].map(([groupId, { touching, advice }]) => ({
      kind: 'prompt' as const,
      key: `line-gap-${first.from.epochMilliseconds}/${groupId}`,
      target: { groupId },
      reply: { text: gapNotice(touching, advice, at) },
      notAfter: at.add({ minutes: noticeMaxLateMinutes }),
    })),
  )
  for (const gap of gaps) await records.updateGap(gap, now => now && { ...now, isTold: true })
}

type Notice = { touching: ClosedGap[]; advice: string[] }

async function noticesFor(gaps: readonly ClosedGap[], features: readonly Feature[]) {
  const notices = new Map<string, Notice>()
  for (const gap of gaps) {
    for (const { groupId, text } of await adviceOn(gap, features)) {
      const notice = notices.get(groupId) ?? { touching: [], advice: [] }
      if (!notice.touching.includes(gap)) notice.touching.push(gap)
      notice.advice.push(text)
      notices.set(groupId, notice)
    }
  }
  return notices
}

async function adviceOn(gap: ClosedGap, features: readonly Feature[]): Promise<GapAdvice[]> {
  const advice = await Promise.all(features.map(feature => feature.touchedBy?.(gap) ?? []))
  return advice.flat().filter(({ groupId }) => lineNameOf(groupId) === (gap.line ?? ''))
}

function isCalmSince(to: Temporal.Instant, at: Temporal.Instant): boolean {
  return Temporal.Instant.compare(to.add({ minutes: calmMinutes }), at) <= 0
}
