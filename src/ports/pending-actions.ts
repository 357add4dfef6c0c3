import { z } from 'zod'
import { RecordedActor } from './actor.ts'

/** Something that was done from the command line, until the audit log has it. */
export const PendingAction = z.object({
  /** ISO 8601, in UTC. */
  at: z.string(),
  kind: z.enum(['deed', 'export']),
  /** The user of the machine. */
  by: RecordedActor,
  /** Name of the machine. */
  from: z.string(),
  /** The command's word. */
  what: z.string(),
})
export type PendingAction = z.infer<typeof PendingAction>

/** Actions that wait for the bot to record them: a command must not write records that a running bot owns. */
export type PendingActions = {
  /** Resolves when it would survive a power cut. Adding the same id again changes nothing. */
  add(id: string, action: PendingAction): Promise<void>
  /** By id, oldest first. */
  list(): Promise<(readonly [id: string, action: PendingAction])[]>
  remove(id: string): Promise<void>
}
