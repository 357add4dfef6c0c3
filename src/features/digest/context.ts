import type { RunningOutbox } from '../../outbox/index.ts'
import type { AskedLog } from '../../ports/asked.ts'
import type { Clauses } from '../../ports/clauses.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Directory } from '../../ports/directory.ts'
import type { GroupTasks } from '../../ports/group-tasks.ts'
import type { GroupCards } from '../../ports/groups.ts'
import type { Items } from '../../ports/items.ts'
import type { Pictures } from '../../ports/pictures.ts'
import type { Scheduler } from '../../ports/schedule.ts'
import type { SendingLines } from '../../ports/sending-lines.ts'
import type { Store } from '../../ports/store.ts'
import type { BroadcastStore } from './broadcast/store.ts'
import type { WriteLines } from './content/model-lines.ts'

/** Parts of the digest. */
export type DigestParts = {
  store: Store
  clock: Clock
  outbox: Omit<RunningOutbox, 'start' | 'stop' | 'echo' | 'throttled'>
  directory: Directory
  /** Cards of the bound groups. */
  groups: GroupCards
  items: Items
  scheduler: Scheduler
  pictures: Pictures
  writeLines: WriteLines
  /** Log of questions, to see which items drew questions. */
  asked: Pick<AskedLog, 'between'>
  /** Clauses that a newer version of their document changed. */
  clauses: Pick<Clauses, 'changesIn'>
  /** When the digest of policies goes out until a person changes it on the console, cron. */
  cron: string
  /** How late after its time a broadcast may still be sent. */
  maxLateMinutes: number
  /** The lines that the groups are reached by. */
  lines: SendingLines
  /** Results of messages that employees send. */
  groupTasks: GroupTasks
  /**
   * Takes a file that this person just sent out of the review of documents, since it goes with a push.
   * @returns the number of the document; undefined where it was none, or others have dealt with it
   */
  sendBackAttached(bytes: Uint8Array, personId: string): Promise<number | undefined>
  /** A team of one: the author of a broadcast may also approve it. */
  mayAuthorApprove: boolean
}

/** The same, with the records opened. */
export type DigestContext = DigestParts & { broadcasts: BroadcastStore }

/** The path of the console pages of broadcasts. */
export const basePath = '/digest'

/** The outbox's name for a broadcast. */
export const broadcastId = (number: number) => `digest-${number}`
