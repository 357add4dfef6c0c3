import { Temporal } from 'temporal-polyfill'
import type { Answer, Feature } from '../../feature.ts'
import { recentlyUsed } from '../../lib/recently-used.ts'
import type { Message } from '../../ports/chat.ts'
import type { Clock } from '../../ports/clock.ts'
import { speakerKey } from '../../ports/conversation-keys.ts'
import { type Item, type Items, streams } from '../../ports/items.ts'
import type { SentDigest, SentDigests } from '../../ports/sent-digests.ts'
import { inShanghai } from '../../text/dates/time.ts'
import { fold } from '../../text/fold.ts'
import { asksOnly } from '../../text/intents.ts'
import { namesMatter, routeOf } from '../../text/question-routes.ts'
import { endingWithin, type OpenItem, openItemLineOf, openOn, reachOf } from './rules.ts'
import { isOfLatest, spanOf } from './spans.ts'
import { moreWords, noMore, sayCurrentItem, sayDay, sayNoSuchItem, sayNothingSent } from './words.ts'

type Parts = {
  items: Items
  sent: SentDigests
  /** The programmes that a folded text names, by id. */
  programmesIn(folded: string): readonly string[]
  nameOfProgramme(id: string): string
  /** When programmes were open in past years, one line each. */
  usualWindows(): readonly string[]
  clock: Clock
}

const mostLines = 5
/** How long 「更多」 means the list before it. */
const minutesOpen = 5
/** Items approved longer ago are no longer new, but may still be open. */
const lookBackDays = 400

type Rest = { lines: string[]; at: Temporal.Instant }
/** Items that were listed to a person, by id, in the order of their numbers. */
type Listed = { ids: string[]; at: Temporal.Instant }

const askedOfNumber = /^(?:那|那么)?第\s*(?<number>\d{1,2})\s*[个条项]的?[，,\s]*(?<asked>.{1,12})$/u

/** Tells what may be applied for now, what ends soon, and what was pushed to a group, from the live items. */
export function current({ items, sent, programmesIn, nameOfProgramme, usualWindows, clock }: Parts): Feature {
  const rests = recentlyUsed<Rest>(1000)
  const lists = recentlyUsed<Listed>(1000)

  const isRecent = ({ receivedAt }: Message, at: Temporal.Instant) =>
    receivedAt.since(at).total('minutes') <= minutesOpen

  /** The ids of the list, and the number in it that 「第2个怎么办」 asks about. */
  function askedOf(message: Message): { ids: readonly string[]; number: number } | undefined {
    const listed = lists.peek(speakerKey(message))
    if (!listed || !isRecent(message, listed.at)) return undefined
    const { number, asked = '' } = askedOfNumber.exec(fold(message.text))?.groups ?? {}
    const isAsked = /^呢[。.!！?？\s]*$/u.test(asked) || asksOnly(asked.replace(/名/gu, ''))
    return number !== undefined && isAsked ? { ids: listed.ids, number: Number(number) } : undefined
  }

  async function tellItem(ids: readonly string[], number: number): Promise<Answer> {
    const item = await items.get(ids[number - 1] ?? '')
    if (item?.state !== 'approved') return sayNoSuchItem(number, ids.length)
    return sayCurrentItem(item, { number, today: inShanghai(clock.now()).toPlainDate() })
  }

  function restOf(message: Message): Rest | undefined {
    const rest = rests.get(speakerKey(message))
    const isOpen = rest && isRecent(message, rest.at)
    return isOpen && /^(?:更多|还有吗|还有呢|剩下的)[。？?!！\s]*$/u.test(fold(message.text))
      ? rest
      : undefined
  }

  /** The first lines of a list, and the rest for 「更多」. */
  function page(message: Message, head: string, lines: readonly string[]): string {
    const rest = lines.slice(mostLines)
    if (rest.length > 0) rests.set(speakerKey(message), { lines: rest, at: clock.now() })
    else rests.delete(speakerKey(message))
    return [head, ...lines.slice(0, mostLines), ...(rest.length > 0 ? [moreWords] : [])].join('\n')
  }

  async function allItems(today: Temporal.PlainDate, at: Temporal.Instant): Promise<Item[]> {
    const from = at.subtract({ hours: 24 * lookBackDays })
    const lists = await Promise.all([
      items.withDeadline(today, today.add({ days: lookBackDays })),
      ...streams.slice(0, 2).map(stream => items.approvedBetween(stream, from, at)),
    ])
    return [...new Map(lists.flat().map(item => [item.id, item])).values()]
  }

  /** Undefined where a programme is named of which nothing is open: the knowledge base knows more of it. */
  async function tellOpen(message: Message, route: 'open' | 'due'): Promise<Answer> {
    const at = clock.now()
    const today = inShanghai(at).toPlainDate()
    const folded = fold(message.text)
    const all = await allItems(today, at)
    const programmes = programmesIn(folded)
    const topics = new Set(all.flatMap(item => item.topics).filter(topic => folded.includes(topic)))
    if (programmes.length + topics.size === 0 && namesMatter(folded)) return undefined
    const wanted = all.filter(
      item =>
        (programmes.length === 0 || item.programmeIds.some(id => programmes.includes(id))) &&
        (topics.size === 0 || item.topics.some(topic => topics.has(topic))),
    )
    const open = openOn(wanted, today)
    const ending = endingWithin(open, today, reachOf(folded, today))
    const list = route === 'due' ? ending : open
    if (list.length > 0) {
      lists.set(speakerKey(message), { ids: list.map(({ id }) => id), at })
      return page(message, headOf(route, programmes), numbered(list, today))
    }
    return programmes.length > 0 ? undefined : sayNothing(route, open.length)
  }

  function headOf(route: 'open' | 'due', programmes: readonly string[]): string {
    const about = programmes.length > 0 ? `${programmes.map(nameOfProgramme).join('、')}：` : ''
    return route === 'due' ? `${about}快截止的有：` : `${about}现在可以申报或享受的有：`
  }

  function sayNothing(route: 'open' | 'due', openCount: number): string {
    if (route === 'due' && openCount > 0)
      return '这段时间没有要截止的项目。想看现在能报的，问我「现在有什么可以申报的」。'
    const usual = usualWindows().slice(0, 3)
    const past = usual.length > 0 ? `\n往年的时间（仅供参考，以当年通知为准）：\n${usual.join('\n')}` : ''
    return `我这里眼下没有登记到开着的申报。${past}\n有新的通知，我会推送到群里。`
  }

  async function tellSent(message: Message): Promise<Answer> {
    const found = await sentIn(message)
    if (found.length === 0) return sayNothingSent(message.groupId !== undefined)
    const lines = found.map(
      ({ title, sentAt }, i) => `${i + 1}. ${sayDay(inShanghai(sentAt).toPlainDate())} ${title}`,
    )
    return page(message, '推送过这些：', lines)
  }

  async function tellAgain(message: Message): Promise<Answer> {
    const [latest] = await sentIn(message)
    return latest ? latest.parts.map(text => ({ text })) : sayNothingSent(message.groupId !== undefined)
  }

  /** Pushes to the group; in private the digests of the public archive. */
  async function sentIn({ groupId, text }: Message): Promise<SentDigest[]> {
    const folded = fold(text)
    const { from, to } = spanOf(folded, inShanghai(clock.now()).toPlainDate())
    const found =
      groupId === undefined
        ? (await sent.archive()).filter(({ sentAt }) => isWithin(inShanghai(sentAt).toPlainDate(), from, to))
        : await sent.sentTo(groupId, from, to)
    return isOfLatest(folded) ? found.slice(0, 1) : found
  }

  function listen(message: Message): Promise<Answer> | Answer {
    const rest = restOf(message)
    if (rest) return rest.lines.length > 0 ? page(message, '其余的：', rest.lines) : noMore
    const one = askedOf(message)
    if (one) return tellItem(one.ids, one.number)
    // 「第2个」 counts from the list that was shown last, which another feature may show.
    lists.delete(speakerKey(message))
    const route = routeOf(message.text)
    if (route === 'open' || route === 'due') return tellOpen(message, route)
    if (route === 'sent') return tellSent(message)
    return route === 'again' ? tellAgain(message) : undefined
  }

  return {
    name: 'current',
    listen,
    awaits: message => restOf(message) !== undefined || askedOf(message) !== undefined,
  }
}

const numbered = (open: readonly OpenItem[], today: Temporal.PlainDate) =>
  open.map((item, at) => openItemLineOf(item, { number: at + 1, today }))

const isWithin = (day: Temporal.PlainDate, from: Temporal.PlainDate, to: Temporal.PlainDate) =>
  Temporal.PlainDate.compare(day, from) >= 0 && Temporal.PlainDate.compare(day, to) <= 0
