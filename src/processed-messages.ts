import { z } from 'zod'

/**
 * A message that was accepted; key `segment/hash of its id`. `print` is a hash of who said what, where and when:
 * gateways redeliver under new ids, too. The text itself is never kept.
 */
export const ProcessedMessage = z.object({
  print: z.string(),
  receivedAt: z.string(),
  /** The print without the time, and the time, for messages that are redelivered with another time. */
  textPrint: z.string().optional(),
  sentMs: z.number().optional(),
})
export type ProcessedMessage = z.infer<typeof ProcessedMessage>
