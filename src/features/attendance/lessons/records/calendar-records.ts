import { randomBytes } from 'node:crypto'
import { z } from 'zod'

/** A calendar that phones subscribe to under a secret address; key `feeds/token`, so that it is found by that alone. */
export const Calendar = z.object({
  token: z.string(),
  /** The branch whose lessons it shows; empty: all branches. */
  branch: z.string(),
  madeAt: z.string(),
  /** Withdrawn: the address got into the wrong hands. */
  endedAt: z.string().optional(),
})
export type Calendar = z.infer<typeof Calendar>

/** 128 bits: an address that cannot be found by trying. */
export const newToken = () => randomBytes(16).toString('base64url')
export const calendarKey = (token: string) => `feeds/${token}`
