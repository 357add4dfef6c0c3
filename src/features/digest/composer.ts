import { createHash } from 'node:crypto'
import type { Temporal } from 'temporal-polyfill'
import type { Delivery } from '../../outbox/index.ts'
import { type Item, type Items, type Stream, streams } from '../../ports/items.ts'
import { chooseItems } from './choosing.ts'
import { broadcastId, type DigestContext } from './context.ts'
import { linesOf } from './extract.ts'
import { composeReminder, composeText, splitText, type ToldItem } from './layout.ts'
import { drawText, pictureWidthPx } from './picture.ts'
import type { AimedGroup, Broadcast, BroadcastContent, CitedItem, Reminder } from './records.ts'
import { dayOf, goodUntil } from './validity.ts'

/** What a digest is composed from. */
export type Recipe = {
  stream: Stream
  title: string
  closing: string
  most: number
  /** Only what was approved within so many days before. */
  sinceDays: number
  /** Whether "3 天后截止" goes out later for its items. */
  reminds: boolean
  groups: readonly AimedGroup[]
}
export type Composed = { content: BroadcastContent; goodUntil: string | undefined }
export type Composer = ReturnType<typeof createComposer>

/** 「3 天后截止」. */
export const remindDaysBefore = 3
/** A delivery in one of these states has shown nobody anything. */
const reachedNobody = new Set<Delivery['state']>(['failed', 'expired', 'cancelled'])

/** Makes content out of items and texts; asking changes nothing but the pictures that are kept. */
export function createComposer({ items, book, outbox, writeLines, pictures }: DigestContext) {
  /** A digest of what is new, as it would go out at `at`; undefined where nothing is. */
  async function compose(recipe: Recipe, at: Temporal.Instant): Promise<Composed | undefined> {
    const { stream, title, closing, most, sinceDays, reminds, groups } = recipe
    const day = dayOf(at)
    const known = await items.approvedBetween(stream, at.subtract({ hours: 24 * sinceDays }), at)
    const chosen = chooseItems(known, { day, toldIds: await toldAmong(known, groups), most })
    if (chosen.length === 0) return undefined
    const told = await Promise.all(chosen.map(async item => ({ item, lines: await writeLines(item) })))
    const text = composeText(told, { title, day, closing })
    const cited = told.map(({ item, lines }) => citing(item, lines.what))
    const reminders = reminds ? remindersAfter(chosen, day) : []
    const content = await contentOf({ text, groups, items: cited, reminders })
    return { content, goodUntil: goodUntil(chosen)?.toString() }
  }

  /** The items that one of these groups was told, or may have been, or will be by what is approved. */
  async function toldAmong(known: readonly Item[], groups: readonly AimedGroup[]): Promise<Set<string>> {
    const aimed = new Set(groups.map(({ id }) => id))
    const found = new Set<string>()
    for (const { id } of known) if (await isTold(id, aimed)) found.add(id)
    return found
  }

  async function isTold(itemId: string, aimed: ReadonlySet<string>, except?: number): Promise<boolean> {
    for (const number of await book.toldIn(itemId)) {
      if (number === except) continue
      const broadcast = await book.get(number)
      if (broadcast && broadcast.kind !== 'reminder' && (await reaches(broadcast, aimed))) return true
    }
    const approved = (await book.open()).filter(
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
      ({ state: its, target }) => !reachedNobody.has(its) && 'groupId' in target && aimed.has(target.groupId),
    )
  }

  /** The text as it goes out, and its picture where a group wants one. */
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
    const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 32)
    await book.keepPicture(hash, bytes)
    return hash
  }

  return { compose, contentOf, isTold, draw: (text: string) => pictures.png(drawText(text), pictureWidthPx) }
}

type ReadonlyContent = {
  text: string
  groups: readonly AimedGroup[]
  items: readonly CitedItem[]
  reminders: readonly Reminder[]
}

const citing = ({ id, revision }: Item, what: string): CitedItem => ({ id, revision, what })

/** The reminders that a digest of that day brings along: those of later days. */
export const remindersAfter = (items: readonly Item[], day: Temporal.PlainDate) =>
  remindersFor(items, day).filter(({ on }) => on > day.toString())

/** What goes out days before the deadlines of these, in the items' own words; for that day and later. */
export function remindersFor(items: readonly Item[], day: Temporal.PlainDate): Reminder[] {
  const byDeadline = new Map<string, ToldItem[]>()
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

/** The items that a text still speaks of, after people edited it. What is gone from the shelf stays cited, to be found. */
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

/** The stream that somebody names, 「科技」 too. */
export function streamNamed(said: string): Stream | undefined {
  const name = said.trim()
  return name === '' ? undefined : streams.find(stream => stream === name || stream.startsWith(name))
}
