import { z } from 'zod'
import { RecordedActor } from '../../../ports/actor.ts'
import { streams } from '../../../ports/items.ts'
import type { ListOptions, Migration, Store } from '../../../ports/store.ts'
import { dateRoles } from '../../../text/notices/dates/roles.ts'

const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const FoundDay = z.object({ value: Day, sentence: z.string() })

/** A date of the text with its role, see {@link DateRole}; `from` where it is a span. */
const DatedRole = z.object({
  value: Day,
  from: Day.optional(),
  role: z.enum(dateRoles),
  said: z.string(),
  sentence: z.string(),
  /** The organizer who corrected the role. */
  correctedBy: z.string().optional(),
})

/** A person who did something, in chat or on the console. */

/**
 * `wrote`: changed what is told of the item, with the item shown to them. `read`: had its words before them.
 * `other`: neither, as who sent it in.
 */
const DeedKind = z.enum(['wrote', 'read', 'other'])
export type DeedKind = z.infer<typeof DeedKind>

/**
 * One thing that was found, typed or submitted. Key `hundreds/number`, so that a shard holds a hundred.
 * `new`: waits for an organizer. `approved`: may be told. `dismissed`: never shall be. `withdrawn`: must not be told
 * any more.
 */
export const KeptItem = z.object({
  number: z.number().int().positive(),
  /** Raised with every change of what is told. */
  revision: z.number().int().positive(),
  state: z.enum(['new', 'approved', 'dismissed', 'withdrawn']),
  stream: z.enum(streams),
  title: z.string().min(1),
  /** Canonical. */
  link: z.string().optional(),
  from: z.string(),
  documentNumber: z.string().optional(),
  publishedOn: Day,
  /** Stated by the text beyond doubt, or said by an organizer. */
  deadline: FoundDay.optional(),
  /** Days of which one may be the deadline: nothing of them is told before an organizer chose. */
  deadlineChoices: z.array(FoundDay).default([]),
  /** Only offices have a day to apply by; that of the enterprises is set locally. */
  isSetLocally: z.boolean().default(false),
  /** Every date of the text, in its order. */
  dates: z.array(DatedRole).default([]),
  effectiveFrom: FoundDay.optional(),
  effectiveUntil: FoundDay.optional(),
  amounts: z.array(z.string()),
  programmeIds: z.array(z.string()),
  topics: z.array(z.string()),
  text: z.string(),
  /** Its first sentences, or what an organizer made of them. */
  summary: z.string().default(''),
  /** Points to check, in Chinese. */
  doubts: z.array(z.string()).default([]),
  lines: z.object({ what: z.string(), who: z.string(), when: z.string() }).optional(),
  origin: z.enum(['source', 'organizer', 'member']),
  /** The id in data/sources.yaml. */
  sourceId: z.string().optional(),
  /** Sender of the submission, who is told its outcome. */
  submitter: RecordedActor.optional(),
  /** The number of an item that this may repeat: a person decides. */
  resembles: z.number().int().optional(),
  /** Where else the same was published. */
  alsoAt: z.array(z.object({ from: z.string(), link: z.string().optional() })),
  /** The sketch of title and text by which reposts are found. */
  sketch: z.string(),
  foundAt: z.string(),
  approvedAt: z.string().optional(),
  history: z.array(z.object({ at: z.string(), by: RecordedActor, deed: z.string(), kind: DeedKind })),
})
export type KeptItem = z.infer<typeof KeptItem>
/** An item before it has a number. */
export type ItemDraft = Omit<KeptItem, 'number' | 'revision'>

export type ItemRecords = ReturnType<typeof openItemRecords>

/** In version 1 the words of a deed alone told its kind. */
export const itemMigrations: readonly Migration[] = [
  old => {
    const { history, ...item } = FirstVersion.parse(old)
    return { ...item, history: history.map(one => ({ ...one, kind: kindInWords(one.deed) })) }
  },
]
const FirstVersion = z.looseObject({ history: z.array(z.looseObject({ deed: z.string() })) })

function kindInWords(deed: string): DeedKind {
  if (/^(?:录入|修改|确认|「|重新读原文)/u.test(deed)) return 'wrote'
  return deed === '通过' ? 'read' : 'other'
}

/** The collection of items, by number. */
export function openItemRecords(store: Store) {
  const items = store.collection('items', KeptItem, itemMigrations)

  return {
    get: (number: number) => items.get(keyOf(number)),
    update: (number: number, change: (now: KeptItem | undefined) => KeptItem | undefined) =>
      items.update(keyOf(number), change),
    /** Every item, by number. @throws where some cannot be read, unless those are to be left out */
    async all(options: ListOptions = {}): Promise<KeptItem[]> {
      const found = (await items.list('', options)).map(({ value }) => value)
      return found.sort((a, b) => a.number - b.number)
    },
  }
}

const hundredOf = (number: number) => Math.floor(number / 100)
const keyOf = (number: number) => `${hundredOf(number)}/${number}`
