import { z } from 'zod'
import type { Message } from './chat.ts'

/** The person who did something, as records keep them. */
export const RecordedActor = z.object({
  /** The member's or sender's id; `office:…` for the console's shared log-in. */
  id: z.string(),
  /** As people read it. */
  name: z.string(),
})
export type RecordedActor = z.infer<typeof RecordedActor>

/** The person who does something in chat or on the console. */
export type Actor = RecordedActor & {
  road: 'chat' | 'console'
  /** The console's shared log-in. It may organize and never approves, as it is not one person. */
  isOffice: boolean
}

/** The sender of a message as the actor of a record. */
export function senderOf({ senderId, senderName }: Pick<Message, 'senderId' | 'senderName'>): RecordedActor {
  return { id: senderId, name: senderName }
}
