import { type Feature, inTopic } from '../../feature.ts'
import type { AttendanceHistory } from '../../ports/attendance.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Directory } from '../../ports/directory.ts'
import type { ExportLog } from '../../ports/export-log.ts'
import type { Pictures } from '../../ports/pictures.ts'
import type { Roster } from '../../ports/roster.ts'
import { inShanghai } from '../../text/dates/time.ts'
import { tallyCommands } from './commands.ts'
import { tallyPage } from './console/page.ts'
import { createPeriodReader } from './period-reader.ts'
import { periodOf, yearPeriodOf } from './periods.ts'
import { attendanceReportOf, factsOfMember } from './words.ts'

type Parts = {
  history: AttendanceHistory
  roster: Pick<Roster, 'members' | 'find'>
  directory: Directory
  exports: ExportLog
  pictures: Pictures
  clock: Clock
}

/** Totals of all lessons of a month, quarter or year: the ledger (台账), its pictures, and each member's own. */
export function tally({ history, roster, ...parts }: Parts): Feature {
  const reading = createPeriodReader({ history, roster })
  return {
    name: 'tally',
    commands: inTopic('统计', tallyCommands({ reading, ...parts })),
    pages: [tallyPage({ reading, ...parts })],
    async report(from) {
      const { year, month } = inShanghai(from)
      const period = periodOf(`${year}-${String(month).padStart(2, '0')}`)
      const ledger = period && (await reading.ledgerOf(period))
      return ledger && attendanceReportOf(ledger)
    },
    async aboutMember(memberId) {
      const year = yearPeriodOf(inShanghai(parts.clock.now()).year)
      return factsOfMember(await reading.ownLedgerOf(year, memberId))
    },
  }
}
