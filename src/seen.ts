import { z } from 'zod'

/**
 * That a message was taken on; key `segment/hash of its id`. `print` is a hash of who said what, where and when:
 * gateways redeliver under new ids, too. The text itself is never kept.
 */
export const Seen = z.object({ print: z.string(), receivedAt: z.string() })
export type Seen = z.infer<typeof Seen>
