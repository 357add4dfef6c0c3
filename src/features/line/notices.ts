import { Temporal } from 'temporal-polyfill'
import type { Feature, OutageAdvice } from '../../feature.ts'
import type { Outbox } from '../../outbox/index.ts'
import { lineNameOf } from '../../ports/line-ids.ts'
import type { ClosedOutage } from '../../ports/outages.ts'
import { isClosed } from './outages.ts'
import { type OutageRecords, outageOf } from './records.ts'
import { outageNotice } from './words.ts'

/** A flapping line is told about once: after it has been up for this long. */
const calmMinutes = 2
/** Late in a lesson the notice is of no use any more. */
const noticeMaxLateMinutes = 60

type NoticeParts = {
  records: OutageRecords
  outbox: Pick<Outbox, 'post'>
  features: readonly Feature[]
}

/**
 * Tells each group that was concerned by outages once, when they are over. May be interrupted anywhere: the same
 * outages make the same postings, and posting again changes nothing.
 */
export async function tellGroups({ records, outbox, features }: NoticeParts, at: Temporal.Instant) {
  const untold = (await records.outagesOf(at, at)).filter(({ isTold }) => !isTold).map(outageOf)
  const outages = untold.filter(isClosed)
  const [first] = outages
  if (!first || outages.length < untold.length || !outages.every(outage => isCalmSince(outage.to, at))) return
  const notices = await noticesFor(outages, features)
  await outbox.post(
    [...notices].map(([groupId, { touching, advice }]) => ({
      kind: 'prompt' as const,
      key: `line-gap-${first.from.epochMilliseconds}/${groupId}`,
      target: { groupId },
      reply: { text: outageNotice(touching, advice, at) },
      notAfter: at.add({ minutes: noticeMaxLateMinutes }),
    })),
  )
  for (const outage of outages) await records.updateOutage(outage, now => now && { ...now, isTold: true })
}

type Notice = { touching: ClosedOutage[]; advice: string[] }

async function noticesFor(outages: readonly ClosedOutage[], features: readonly Feature[]) {
  const notices = new Map<string, Notice>()
  for (const outage of outages) {
    for (const { groupId, text } of await adviceOn(outage, features)) {
      const notice = notices.get(groupId) ?? { touching: [], advice: [] }
      if (!notice.touching.includes(outage)) notice.touching.push(outage)
      notice.advice.push(text)
      notices.set(groupId, notice)
    }
  }
  return notices
}

async function adviceOn(outage: ClosedOutage, features: readonly Feature[]): Promise<OutageAdvice[]> {
  const advice = await Promise.all(features.map(feature => feature.touchedBy?.(outage) ?? []))
  return advice.flat().filter(({ groupId }) => lineNameOf(groupId) === (outage.line ?? ''))
}

function isCalmSince(to: Temporal.Instant, at: Temporal.Instant): boolean {
  return Temporal.Instant.compare(to.add({ minutes: calmMinutes }), at) <= 0
}
