import { Temporal } from 'temporal-polyfill'
import { timeZone } from '../../../text/dates/time.ts'
import { splitText } from '../content/layout.ts'
import type { Broadcast, BroadcastContent } from './records.ts'
import { isApproved, sealOf } from './state-machine.ts'

/** The time of day at which reminders are sent. */
export const remindAt = Temporal.PlainTime.from('09:00')

/**
 * The reminders approved with a digest, as broadcasts of their own to the same groups.
 * @returns empty if the digest is not approved as it stands
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
      ...(digest.authors ? { authors: digest.authors } : {}),
      approval: { ...approval, seal: sealOf(content) },
    }
  })
}
