import { z } from 'zod'
import { count, positiveMs, timeOfDay } from './values.ts'

/** How much is sent, how fast and at which hours. */
export const sendLimitSettings = {
  /** Between two messages to one group (wechatferry's safe mode: 1 s). */
  SAME_GROUP_GAP_MS: positiveMs.default(1000),
  /** Between two groups, at random in this range (ibid.: 3–5 s). */
  NEXT_GROUP_GAP_MIN_MS: positiveMs.default(3000),
  NEXT_GROUP_GAP_MAX_MS: positiveMs.default(5000),
  /** After which the outcome of one message counts as unknown. */
  SAY_DEADLINE_MS: positiveMs.default(20_000),
  /** Pushes in a minute (wechatferry's safe mode: 40). */
  SENDS_PER_MINUTE: count.default(40),
  /** Pushes in a day; accounts were blocked for far more, 500 and up. */
  SENDS_PER_DAY: count.default(300),
  /** Divides the day's limit in an account's first week. */
  FIRST_WEEK_DIVISOR: count.default(4),
  /** Messages of the account in a minute, replies included; 0: three times a group's answers. */
  REPLIES_PER_MINUTE: positiveMs.default(0),
  /** Replies in a day; 0: twenty minutes' worth. */
  REPLIES_PER_DAY: positiveMs.default(0),
  /** Failures in a row that pause the sending … */
  FAILURES_TO_PAUSE: count.default(3),
  /** … for this long; then one message is tried. */
  FAILURE_PAUSE_MINUTES: count.default(30),
  /** Numbers in a provider's error that mean 「too fast」, by comma (puppet-supports#565: 20001). */
  THROTTLE_CODES: z
    .string()
    .regex(/^\d+(\s*,\s*\d+)*$/, '要写成整数，用逗号隔开')
    .default('20001'),
  /** Quiet hours, for broadcasts only; the same time twice means none. */
  QUIET_FROM: timeOfDay.default('22:00'),
  QUIET_UNTIL: timeOfDay.default('07:30'),
  /** On weekends and holidays people sleep longer, so the night ends later; 调休 counts as work. */
  QUIET_UNTIL_REST_DAYS: timeOfDay.default('09:00'),
}
