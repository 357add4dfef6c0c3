import type { NoticeRecord } from '../../../text/notices/record.ts'
import type { KeptItem } from './records.ts'

type Dates = Pick<NoticeRecord, 'deadline' | 'deadlineChoices'> & Pick<KeptItem, 'dates'>

/**
 * A reading of the same notice with the roles that organizers gave: a day that is for
 * something else is no deadline.
 */
export function withCorrections(
  read: Pick<NoticeRecord, 'dates' | 'deadline' | 'deadlineChoices'>,
  before: KeptItem['dates'],
): Dates {
  const corrected = before.filter(({ correctedBy }) => correctedBy !== undefined)
  const dates = read.dates.map(
    date =>
      corrected.find(({ value, sentence }) => value === date.value && sentence === date.sentence) ?? date,
  )
  const isRefused = (day: string) => corrected.some(({ value, role }) => value === day && role !== 'apply')
  return {
    dates,
    deadline: read.deadline && isRefused(read.deadline.value) ? undefined : read.deadline,
    deadlineChoices: read.deadlineChoices.filter(({ value }) => !isRefused(value)),
  }
}
