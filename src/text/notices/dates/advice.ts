import type { DateCandidate } from './date-features.ts'

/** In characters, in front of a day. */
const adviceLength = 12
const advises = /(?:最好|建议|尽量|尽可能|争取|力争|不妨)[^,。;!?\n]{0,8}$/u

/** Whether a day is only advised: 「最好9月14日前找镇里盖章」 is no deadline. */
export const isAdvised = ({ start }: DateCandidate, text: string): boolean =>
  advises.test(text.slice(Math.max(0, start - adviceLength), start))
