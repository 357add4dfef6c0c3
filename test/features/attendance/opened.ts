import { attendance } from '../../../src/features/attendance/index.ts'
import { noExports, noForms, noOutages } from '../../conversation.ts'

type Parts = Parameters<typeof attendance>[0]
const defaults = {
  outages: noOutages,
  forms: noForms,
  exports: noExports,
  keepDays: { names: 1095, reasons: 180 },
  consoleUrl: '',
}

/** Attendance without outages, forms or exports, unless the parts bring them. */
export const openAttendance = (
  parts: Omit<Parts, keyof typeof defaults> & Partial<Pick<Parts, keyof typeof defaults>>,
) => attendance({ ...defaults, ...parts })
