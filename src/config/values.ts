import { z } from 'zod'

export const port = z.coerce.number().int().min(0).max(65_535)
export const positiveMs = z.coerce.number().int().min(0)
export const count = z.coerce.number().int().min(1)
/** An address of the web; empty where there is none. */
export const webAddress = z
  .url({ protocol: /^https?$/ })
  .or(z.literal(''))
  .default('')
export const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, '要写成 07:30 这样的时间')
