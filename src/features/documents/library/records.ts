import { z } from 'zod'
import { RecordedActor } from '../../../ports/actor.ts'
import type { Migration, Store } from '../../../ports/store.ts'

const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/u)

/** When a document is in force, both days included; undefined where it names no such day. */
export const InForce = z.object({
  from: Day.optional(),
  until: Day.optional(),
  /** The clause that says so, as 「第九条」; empty where none does. */
  saidIn: z.string().default(''),
})
export type InForce = z.infer<typeof InForce>

/** One clause or paragraph, as it may be quoted. */
export const LibraryPassage = z.object({
  /** Outermost first: 「第三章」「第五条」「（一）」. */
  path: z.array(z.string()),
  /** From 1. */
  page: z.number().int().positive(),
  text: z.string(),
  /** Read from a picture. */
  isRecognized: z.boolean().default(false),
  /** The person who typed its figures once more from the picture, which a recognized passage needs to be quoted. */
  figuresTypedBy: RecordedActor.optional(),
})
export type LibraryPassage = z.infer<typeof LibraryPassage>

/**
 * One version of a document with its text. Key `number/document`: a shard each, as texts are long. `waiting`: under
 * review; nothing of it is quoted. `live`: approved.
 * `rejected` and `withdrawn`: not quoted any more. A live document that a live one supersedes is history.
 */
export const LibraryDocument = z.object({
  number: z.number().int().positive(),
  /** Raised with every change of what is reviewed. */
  revision: z.number().int().positive(),
  state: z.enum(['waiting', 'live', 'rejected', 'withdrawn']),
  title: z.string().min(1),
  /** 「榕科〔2026〕12号」; empty where it has none. */
  documentNumber: z.string().default(''),
  issuer: z.string().default(''),
  dated: Day.optional(),
  inForce: InForce,
  /** Documents that a collection gathers; the path of each of their passages begins with its title. Default: none. */
  parts: z.array(z.object({ title: z.string(), inForce: InForce })).optional(),
  /** The number of the version that this one replaces. */
  supersedes: z.number().int().positive().optional(),
  file: z.object({
    name: z.string(),
    kind: z.enum(['pdf', 'docx', 'doc', 'odt', 'html', 'ofd', 'md', 'txt']),
    sha256: z.string(),
    bytes: z.number().int(),
    pages: z.number().int(),
  }),
  passages: z.array(LibraryPassage),
  /** Text that belongs to no clause: head, table of contents, signature. */
  outside: z.array(z.string()).default([]),
  /** Where it is published. */
  source: z.string().default(''),
  /** Unreadable parts, a Chinese sentence each. */
  gaps: z.array(z.string()).default([]),
  /** The number of the collected item that it is attached to. */
  item: z.number().int().positive().optional(),
  /** The persons who uploaded or changed it: none of them approves it alone. */
  authors: z.array(RecordedActor),
  uploadedAt: z.string(),
  /** Sent in chat only, where it may be meant for a push. Default: uploaded on the console. */
  isFromChat: z.boolean().optional(),
  approved: z.object({ by: RecordedActor, at: z.string() }).optional(),
  /** Those who agreed to a revision that needs two approvals. */
  agreed: z.array(z.object({ by: RecordedActor, revision: z.number().int() })).optional(),
  /** The number of the older version that came into force again when this one was withdrawn. */
  restoredOlder: z.number().int().positive().optional(),
  history: z.array(z.object({ at: z.string(), by: RecordedActor, deed: z.string() })),
})
export type LibraryDocument = z.infer<typeof LibraryDocument>

/** Version 1 called `restoredOlder` otherwise. */
const documentMigrations: readonly Migration[] = [
  old => {
    const { gaveWayTo, ...document } = FirstVersion.parse(old)
    return gaveWayTo === undefined ? document : { ...document, restoredOlder: gaveWayTo }
  },
]
const FirstVersion = z.looseObject({ gaveWayTo: LibraryDocument.shape.restoredOlder })

export type DocumentRecords = ReturnType<typeof openDocumentRecords>

/** The collection of documents, by number. */
export function openDocumentRecords(store: Store) {
  const documents = store.collection('documents', LibraryDocument, documentMigrations)
  return {
    all: async () => (await documents.list('')).map(({ value }) => value),
    update: (number: number, change: (now: LibraryDocument | undefined) => LibraryDocument | undefined) =>
      documents.update(`${number}/document`, change),
  }
}
