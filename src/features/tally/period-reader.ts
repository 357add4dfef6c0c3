import { Refusal } from '../../feature.ts'
import { type AttendanceLedger, type LedgerMember, layOut } from '../../ledger/ledger.ts'
import type { AttendanceHistory } from '../../ports/attendance.ts'
import type { Roster } from '../../ports/roster.ts'
import { timeZone } from '../../text/dates/time.ts'
import type { NamedPeriod } from './periods.ts'

export type PeriodReader = ReturnType<typeof createPeriodReader>

/** Reads what happened in a period out of the book of lessons, for pictures, files and pages alike. */
export function createPeriodReader({
  history,
  roster,
}: {
  history: AttendanceHistory
  roster: Pick<Roster, 'members' | 'find'>
}) {
  const lessonsIn = ({ firstDay, lastDay }: NamedPeriod) =>
    history.held(
      firstDay.toZonedDateTime(timeZone).toInstant(),
      lastDay.add({ days: 1 }).toZonedDateTime(timeZone).toInstant(),
    )

  async function ledgerOf(period: NamedPeriod): Promise<AttendanceLedger> {
    const lessons = await lessonsIn(period)
    return layOut(period, { lessons, attendees: history.attendees, roster: await roster.members() })
  }

  return {
    ledgerOf,
    /** The period with one line, or none where this member has no record. */
    async ownLedgerOf(period: NamedPeriod, memberId: string): Promise<AttendanceLedger> {
      const attendees = async (lessonId: string) => {
        const one = await history.attendee(lessonId, memberId)
        return one ? [one] : []
      }
      const lessons = await lessonsIn(period)
      return layOut(period, { lessons, attendees, roster: await roster.find([memberId]) })
    },
    /** @throws {@link Refusal} where no lesson was held */
    async filledLedgerOf(period: NamedPeriod): Promise<AttendanceLedger> {
      const ledger = await ledgerOf(period)
      if (ledger.lessons.length === 0)
        throw new Refusal(`${period.title}还没有上完的课。上完一节课，这里就有台账和图。`)
      return ledger
    },
  }
}

/** @returns undefined where no line is of that branch or space */
export function ofUnit(ledger: AttendanceLedger, name: string): LedgerMember[] | undefined {
  const lines = ledger.lines.filter(({ branch, space }) => branch === name || space === name)
  return lines.length > 0 ? lines : undefined
}
