import { createPictures } from '../../adapters/pictures.ts'
import type { Config } from '../../config.ts'
import { attendance } from '../../features/attendance/index.ts'
import { forms } from '../../features/forms/index.ts'
import { tally } from '../../features/tally/index.ts'
import type { openPeople } from './people.ts'
import { baseUrlOf } from './site.ts'

/** Lessons, sign-up forms and the tally. */
export function openLessons(
  { config }: { config: Config },
  { people, watch, shared }: ReturnType<typeof openPeople>,
) {
  const { roster, exports, directory } = people
  const signUpForms = forms({
    ...shared,
    roster,
    exports,
    sensitiveKey: config.SENSITIVE_FORMS_KEY,
    baseUrl: baseUrlOf(config),
  })
  const lessons = attendance({
    ...shared,
    roster,
    forms: signUpForms.signUps,
    outages: watch.outages,
    exports,
    consoleUrl: config.CONSOLE_URL,
    keepDays: { names: config.ATTENDANCE_DAYS, reasons: config.LEAVE_REASON_DAYS },
  })
  const pictures = createPictures()
  return {
    ...lessons,
    signUpForms,
    tally: tally({ history: lessons.history, roster, directory, exports, pictures, clock: shared.clock }),
  }
}
