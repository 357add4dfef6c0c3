import { Temporal } from 'temporal-polyfill'
import { timeZone } from '../../text/dates/time.ts'
import { splitText } from './layout.ts'
import type { Broadcast, BroadcastContent } from './records.ts'
import { isApproved, sealOf } from './rules.ts'

/** When reminders go out, after breakfast. */
export const remindAt = Temporal.PlainTime.from('09:00')

/**
 * The reminders that were approved with a digest, as broadcasts of their own: they go to the groups that the digest
 * went to, and can be looked at, paused and cancelled like any other.
 * @returns none for what was not approved as it stands
 */
export function remindersOf(
  digest: Broadcast,
  at: Temporal.Instant,
): Omit<Broadcast, 'number' | 'revision'>[] {
  const { approval } = digest
  if (!approval || !isApproved(digest)) return []
  return digest.reminders.map(({ on, items, text }) => {
    const content: BroadcastContent = {
      text,
      parts: splitText(text),
      items,
      groups: digest.groups.map(group => ({ ...group, form: 'text' as const })),
      reminders: [],
    }
    const day = Temporal.PlainDate.from(on)
    return {
      ...content,
      kind: 'reminder',
      title: '截止提醒',
      ...(digest.stream ? { stream: digest.stream } : {}),
      state: 'approved',
      targets: digest.targets,
      sendAt: day.toZonedDateTime({ timeZone, plainTime: remindAt }).toInstant().toString(),
      slot: `remind-${digest.number}@${on}`,
      isPaused: false,
      createdAt: at.toString(),
      changedAt: at.toString(),
      ...(digest.author ? { author: digest.author } : {}),
      approval: { ...approval, seal: sealOf(content) },
    }
  })
}
