import { z } from 'zod'
import { count } from './values.ts'

/** The controller of personal data, and retention times. */
export const privacySettings = {
  /**
   * How long questions and closed tickets are kept. Half a year covers one round of the yearly declarations, by which
   * the knowledge is put right; longer than the purpose needs is not allowed (PIPL article 19).
   */
  QUESTION_LOG_DAYS: count.default(180),
  /** The office responsible for personal data, and its contact; the privacy notice names both. */
  PRIVACY_HANDLER: z.string().trim().max(60).default(''),
  PRIVACY_CONTACT: z.string().trim().max(80).default(''),
  /**
   * How long names stand in the records of lessons; then only the numbers stay. Three years are one term of a branch
   * committee, for which the tally is drawn up.
   */
  ATTENDANCE_DAYS: count.default(1095),
  /** How long reasons of leave are kept: often illness, and not needed after the quarter's tally. */
  LEAVE_REASON_DAYS: count.default(180),
  /** How long a person off the roster is kept after their last message: a year covers every round. */
  CHAT_PEOPLE_DAYS: count.default(365),
  /**
   * How long the text and files of what was sent are kept, and our pages about its sources; that it was sent stays. A
   * quarter, for the tally's sake.
   */
  SENT_TEXT_DAYS: count.default(90),
  /**
   * Retention of the export log, in days: records of handling are to be kept for three
   * years at least (PIPL article 56).
   */
  EXPORT_LOG_DAYS: count.default(1095),
  /**
   * Retention of the audit log, in days: network logs are to be kept for six months at least
   * (Cybersecurity Law article 21).
   */
  AUDIT_DAYS: z.coerce.number().int().min(180).default(365),
  /** Party membership is sensitive personal data (PIPL article 28): only a lawful need makes this `yes`. */
  KEEP_PARTY_MEMBERSHIP: z.enum(['yes', 'no']).default('no'),
  /** Encrypts what forms ask that is sensitive (PIPL article 28); empty: forms cannot ask it. A secret. */
  SENSITIVE_FORMS_KEY: z.string().min(32).or(z.literal('')).default(''),
}
