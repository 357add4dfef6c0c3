import type { Sweep } from '../../feature.ts'
import type { Outbox } from '../../outbox/index.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Directory } from '../../ports/directory.ts'
import type { SecretAttempts } from './secret-attempts.ts'

/** Organizers hear of who is who at most this often. */
const everyMinutes = 30
const maxLateHours = 72
const mostLines = 8

type Parts = { outbox: Outbox; directory: Pick<Directory, 'holders'>; clock: Clock; attempts: SecretAttempts }
export type OrganizerNotices = ReturnType<typeof createOrganizerNotices>

/**
 * Gathers notices to organizers: the first at once, those of the next half hour in one message. In
 * memory: pending decisions stand on the console all the same.
 */
export function createOrganizerNotices({ outbox, directory, clock, attempts }: Parts) {
  let waiting: string[] = []
  let nextAt = clock.now()

  async function tell(): Promise<void> {
    const at = clock.now()
    const leftMinutes = at.until(nextAt).total('minutes')
    // More is left only where the clock was put back.
    const isTooSoon = leftMinutes > 0 && leftMinutes <= everyMinutes
    if (waiting.length === 0 || isTooSoon) return
    const lines = waiting
    waiting = []
    nextAt = at.add({ minutes: everyMinutes })
    const more = lines.length > mostLines ? [`……一共 ${lines.length} 件。`] : []
    const text = [...lines.slice(0, mostLines), ...more, '请在控制台「身份核对」里决定。'].join('\n')
    const notAfter = at.add({ hours: maxLateHours })
    await outbox.post(
      (await directory.holders('organizer')).map(personId => ({
        key: `identity-notice-${at.epochMilliseconds}/${personId}`,
        target: { personId },
        kind: 'prompt' as const,
        reply: { text },
        notAfter,
      })),
    )
  }

  const sweep: Sweep = { name: 'organizer-notices', everySeconds: 60, run: tell }
  return {
    /** @param about the same matter is told once a day */
    async add(about: string, line: string): Promise<void> {
      if (!(await attempts.take([{ subject: `notice ${about}`, most: 1 }]))) return
      waiting.push(line)
      await tell()
    },
    sweep,
  }
}
