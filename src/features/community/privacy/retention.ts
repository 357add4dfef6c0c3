import { Temporal } from 'temporal-polyfill'
import type { Job } from '../../../feature.ts'
import { cronDue } from '../../../jobs.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { Scheduler } from '../../../ports/schedule.ts'
import type { Eraser } from '../eraser.ts'
import type { IdentityLedger } from '../identities/ledger.ts'
import { type CommunityRecords, memberKey, officersKey } from '../records/records.ts'
import type { RosterStore } from '../roster/book.ts'
import type { SecretAttempts } from '../secret-attempts.ts'
import type { ErasedPeople } from './erased.ts'
import type { Exports } from './exports.ts'

/** How long what is kept about people stays, in days. */
export type KeepDays = {
  /** Days after which a person is removed who is not on the roster and of whom nothing else is kept. */
  strangers: number
  /** The names of people who left the roster, for the records of lessons that they attended. */
  attendance: number
  exportLog: number
}

type Parts = {
  records: Pick<CommunityRecords, 'members' | 'officers'>
  ledger: IdentityLedger
  book: RosterStore
  erasing: Eraser
  erased: ErasedPeople
  exports: Exports
  attempts: SecretAttempts
  dropParty(): Promise<void>
  clock: Clock
  scheduler: Scheduler
  keepDays: KeepDays
}

/** At night, when the groups are quiet. */
const forgetAt = '40 3 * * *'

/** Keeps nothing about people for longer than the settings say. */
export function retentionJob({ records, ledger, book, erasing, exports, attempts, ...parts }: Parts): Job {
  const { clock, scheduler, keepDays, dropParty, erased } = parts
  const before = (days: number) => clock.now().subtract({ hours: 24 * days })
  const isBefore = (at: string, limit: Temporal.Instant) => Temporal.Instant.compare(at, limit) < 0

  async function forgetStrangers(): Promise<void> {
    const onRoster = await book.byId()
    const limit = before(keepDays.strangers)
    const busy = new Set((await records.officers.get(officersKey))?.holders.map(({ senderId }) => senderId))
    for (const [memberId, identities] of Map.groupBy(await ledger.all(), one => one.memberId)) {
      const isQuiet = identities.every(({ seenAt }) => isBefore(seenAt, limit))
      if (!isQuiet || onRoster.has(memberId) || identities.some(({ senderId }) => busy.has(senderId)))
        continue
      // The person is erased once no feature keeps anything of them.
      if ((await erasing.kept(memberId)).length === 0) await erasing.erase(memberId)
    }
  }

  /** Names that were entered by hand, or left the roster, and have no chat identity. */
  async function forgetNames(): Promise<void> {
    const limit = before(keepDays.attendance)
    const known = await ledger.memberIds()
    for (const { value } of await records.members.list('')) {
      if (!known.has(value.id) && isBefore(value.createdAt, limit))
        await records.members.update(memberKey(value.id), () => undefined)
    }
  }

  return {
    name: 'people-retention',
    deletes: true,
    title: '',
    maxLateMinutes: 24 * 60,
    due: cronDue(scheduler, forgetAt),
    async run() {
      await dropParty()
      await exports.forgetBefore(before(keepDays.exportLog))
      await attempts.forgetEarlier()
      await erased.forgetOld()
      await forgetStrangers()
      await forgetNames()
    },
  }
}
