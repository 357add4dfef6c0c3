import type { Temporal } from 'temporal-polyfill'
import { keyHash } from '../../../lib/hash.ts'
import type { Delivery } from '../../../outbox/index.ts'
import type { RecordedActor } from '../../../ports/actor.ts'
import { type Item, type Items, type Stream, streams } from '../../../ports/items.ts'
import type { AimedGroup, Broadcast, BroadcastContent, CitedItem, Reminder } from '../broadcast/records.ts'
import { broadcastId, type DigestContext } from '../context.ts'
import { authorsAmong } from './authors.ts'
import { linesOf } from './extract.ts'
import { composeReminder, composeText, type ItemLines, splitText } from './layout.ts'
import { drawText, pictureWidthPx } from './picture.ts'
import { chooseItems, dayOf, goodUntil } from './validity.ts'

/** The settings of a digest. */
export type Recipe = {
  stream: Stream
  title: string
  closing: string
  most: number
  /** Only items approved within this number of days. */
  sinceDays: number
  /** Whether reminders of its items' deadlines follow. */
  reminds: boolean
  groups: readonly AimedGroup[]
}
export type Composed = {
  content: BroadcastContent
  goodUntil: string | undefined
  /** Those who alone wrote or looked at some of its items or of the plan's words. */
  authors: RecordedActor[]
}
export type Composer = ReturnType<typeof createComposer>

/** 「3 天后截止」. */
export const remindDaysBefore = 3
/** States of deliveries that certainly did not arrive. */
const notArrived = new Set<Delivery['state']>(['failed', 'expired', 'cancelled', 'recalled'])

/** Composes content from items and texts. Stores nothing but pictures. */
export function createComposer({
  items,
  broadcasts,
  outbox,
  writeLines,
  pictures,
  directory,
}: DigestContext) {
  /** A digest of new items, as sent at `at`; undefined without new items. */
  async function compose(recipe: Recipe, at: Temporal.Instant): Promise<Composed | undefined> {
    const { stream, title, closing, most, sinceDays, reminds, groups } = recipe
    const day = dayOf(at)
    const known = await items.approvedBetween(stream, at.subtract({ hours: 24 * sinceDays }), at)
    const chosen = chooseItems(known, { day, publishedIds: await publishedAmong(known, groups), most })
    if (chosen.length === 0) return undefined
    const told = await Promise.all(chosen.map(async item => ({ item, lines: await writeLines(item) })))
    const text = composeText(told, { title, day, closing })
    const cited = told.map(({ item, lines }) => citing(item, lines.what))
    const reminders = reminds ? remindersAfter(chosen, day) : []
    const content = await contentOf({ text, groups, items: cited, reminders })
    return {
      content,
      goodUntil: goodUntil(chosen)?.toString(),
      authors: await authorsAmong(chosen, directory),
    }
  }

  /** The items that one of these groups has received, may have received, or will receive. */
  async function publishedAmong(known: readonly Item[], groups: readonly AimedGroup[]): Promise<Set<string>> {
    const aimed = new Set(groups.map(({ id }) => id))
    const found = new Set<string>()
    for (const { id } of known) if (await isPublished(id, aimed)) found.add(id)
    return found
  }

  async function isPublished(itemId: string, aimed: ReadonlySet<string>, except?: number): Promise<boolean> {
    for (const number of await broadcasts.numbersWithItem(itemId)) {
      if (number === except) continue
      const broadcast = await broadcasts.get(number)
      if (broadcast && broadcast.kind !== 'reminder' && (await reaches(broadcast, aimed))) return true
    }
    const approved = (await broadcasts.open()).filter(
      ({ state, kind }) => state === 'approved' && kind === 'digest',
    )
    return approved.some(
      ({ number, items: cited, groups }) =>
        number !== except && cited.some(({ id }) => id === itemId) && groups.some(({ id }) => aimed.has(id)),
    )
  }

  async function reaches({ number, state, groups }: Broadcast, aimed: ReadonlySet<string>): Promise<boolean> {
    if (!groups.some(({ id }) => aimed.has(id))) return false
    if (state === 'queued') return true
    const deliveries = await outbox.deliveries(broadcastId(number))
    return deliveries.some(
      ({ state: its, target }) => !notArrived.has(its) && 'groupId' in target && aimed.has(target.groupId),
    )
  }

  /** The text divided into messages, and its picture if a group receives pictures. */
  async function contentOf(
    made: Omit<BroadcastContent, 'parts' | 'picture'> | ReadonlyContent,
  ): Promise<BroadcastContent> {
    const { text, groups, items: cited, reminders } = made
    const parts = splitText(text)
    const wantsPicture = groups.some(({ form }) => form === 'picture')
    const picture = wantsPicture ? await keepPicture(text) : undefined
    return {
      text,
      parts,
      items: [...cited],
      groups: [...groups],
      reminders: [...reminders],
      ...(picture ? { picture } : {}),
    }
  }

  async function keepPicture(text: string): Promise<string> {
    const bytes = await pictures.png(drawText(text), pictureWidthPx)
    const hash = keyHash(bytes)
    await broadcasts.keepBlob(hash, bytes)
    return hash
  }

  return {
    compose,
    contentOf,
    isPublished,
    draw: (text: string) => pictures.png(drawText(text), pictureWidthPx),
  }
}

type ReadonlyContent = {
  text: string
  groups: readonly AimedGroup[]
  items: readonly CitedItem[]
  reminders: readonly Reminder[]
}

const citing = ({ id, revision }: Item, what: string): CitedItem => ({ id, revision, what })

/** The reminders of a digest sent on that day: those on later days. */
export const remindersAfter = (items: readonly Item[], day: Temporal.PlainDate) =>
  remindersFor(items, day).filter(({ on }) => on > day.toString())

/** Reminders before the deadlines of these items, in the items' own words; on that day and later. */
export function remindersFor(items: readonly Item[], day: Temporal.PlainDate): Reminder[] {
  const byDeadline = new Map<string, ItemLines[]>()
  for (const item of items) {
    const deadline = item.deadline?.value
    if (!deadline || day.until(deadline).days < remindDaysBefore) continue
    const told = { item, lines: linesOf(item) }
    byDeadline.set(deadline.toString(), [...(byDeadline.get(deadline.toString()) ?? []), told])
  }
  return [...byDeadline.values()].flatMap(told => {
    const deadline = told[0]?.item.deadline?.value
    if (!deadline) return []
    return {
      on: deadline.subtract({ days: remindDaysBefore }).toString(),
      items: told.map(({ item, lines }) => citing(item, lines.what)),
      text: composeReminder(told, remindDaysBefore, deadline),
    }
  })
}

/** The items that an edited text still mentions. Deleted items stay cited, so that the fault is found. */
export async function stillCited(
  text: string,
  cited: readonly CitedItem[],
  items: Pick<Items, 'get'>,
): Promise<{ cited: CitedItem[]; items: Item[] }> {
  const found = await Promise.all(cited.map(async one => ({ one, item: await items.get(one.id) })))
  const kept = found.filter(({ one, item }) => {
    const marks = [one.what, item?.title, item?.link, item?.documentNumber]
    return !item || marks.some(mark => mark && text.includes(mark))
  })
  return {
    cited: kept.map(({ one }) => one),
    items: kept.map(({ item }) => item).filter(item => item !== undefined),
  }
}

/** The stream of that name or beginning: 「科技」. */
export function streamNamed(said: string): Stream | undefined {
  const name = said.trim()
  return name === '' ? undefined : streams.find(stream => stream === name || stream.startsWith(name))
}
