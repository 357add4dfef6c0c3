import { Refusal } from '../../../feature.ts'
import type { Message } from '../../../ports/chat.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { Directory } from '../../../ports/directory.ts'
import { inShanghai } from '../../../text/dates/time.ts'
import { findWhen } from '../../../text/dates/when.ts'
import { cleanName } from '../../../text/names/names.ts'
import { type TicketActions, type TicketAnswerer, whatCanBeSplit } from '../actions.ts'
import { isAskedOf, ownerNameOf } from '../desks.ts'
import type { EntryDrafts } from '../entry-drafts.ts'
import type { Ticket } from '../records.ts'
import type { Tickets } from '../tickets/tickets.ts'
import { sayTicket, sayTicketLine } from '../words.ts'
import { type AnswererWord, answererWordIn } from './answerer-words.ts'

/** Tickets that one message may close or merge. */
const mostAtOnce = 20

export type AnswererParts = {
  tickets: Tickets
  directory: Pick<Directory, 'rolesOf'>
  clock: Clock
  /** A live entry as it is told in chat; undefined where it is not live any more. */
  tellEntry(id: string): string | undefined
  drafts: EntryDrafts
  actions: TicketActions
}

/** The commands of instructors and organizers on tickets: 「答 17 ……」, 「转 17」, 「发 17 1」, 「看 17」. */
export function createAnswerers({ tickets, directory, clock, tellEntry, drafts, actions }: AnswererParts) {
  const isOrganizer = async ({ senderId }: Message) =>
    (await directory.rolesOf(senderId)).includes('organizer')
  const instructorOf = async ({ senderId }: Message) =>
    (await tickets.instructors.all()).find(({ chatId }) => chatId === senderId)
  const waitingFor = ({ senderId }: Message) => tickets.waitingFor(senderId)

  /** Whether this person answers questions at all. */
  async function isAnswerer(message: Message): Promise<boolean> {
    return (
      (await isOrganizer(message)) ||
      (await instructorOf(message)) !== undefined ||
      tickets.unclosed().some(ticket => isAskedOf(ticket, message.senderId))
    )
  }

  /** The ticket that is meant: by its number, or the only one that waits for this person. */
  async function meant(
    message: Message,
    number: string | number | undefined,
    example: string,
  ): Promise<Ticket> {
    if (number === undefined) {
      const waiting = await waitingFor(message)
      const [only, ...more] = waiting
      if (!only) throw new Refusal('现在没有等你答的问题。')
      if (more.length > 0)
        throw new Refusal(
          `有几个问题在等，请带上号码，例如「${example.replace('#', String(only.number))}」：\n${waiting.map(sayTicketLine).join('\n')}`,
        )
      return only
    }
    const ticket = await tickets.find(Number(number))
    if (!ticket) throw new Refusal(`没有 ${number} 号问题，请看看号码对不对。`)
    if (!isAskedOf(ticket, message.senderId) && !(await isOrganizer(message)))
      throw new Refusal(`${number} 号问题没有转给你，不能由你来答。`)
    return ticket
  }

  async function answererOf(message: Message, { owner }: Ticket): Promise<TicketAnswerer> {
    const instructor = await instructorOf(message)
    const asOwner = owner.kind === 'instructor' && owner.chatId === message.senderId ? owner : undefined
    return {
      id: message.senderId,
      name: instructor?.name ?? cleanName(message.senderName),
      title: instructor?.title ?? asOwner?.title ?? '组织者',
    }
  }

  function sayTold(ticket: Ticket): string {
    const others = tickets.mergedInto(ticket.number).map(({ number }) => `${number} 号`)
    const also = others.length > 0 ? `，合并进来的 ${others.join('、')}也一起答复` : ''
    return `好的，这就${ticket.group ? `在「${ticket.group.name}」@ ` : '私聊告诉'}${ticket.asker.name}（${ticket.number} 号）${also}。`
  }

  async function answer(
    message: Message,
    said: { number: string | undefined; text: string },
  ): Promise<string> {
    const ticket = await meant(message, said.number, '答 # ……')
    const kept = await actions.answer(ticket, said.text, await answererOf(message, ticket))
    return kept ? `${sayTold(ticket)}\n${kept}` : sayTold(ticket)
  }

  /** Sends one of the entries that came near as the answer. */
  async function send(message: Message, number: string | undefined, entry: number): Promise<string> {
    const ticket = await meant(message, number, `发 # ${entry}`)
    const near = ticket.nearEntries[entry - 1]
    const text = near && tellEntry(near.id)
    if (!near || text === undefined)
      throw new Refusal(
        `${ticket.number} 号没有第 ${entry} 条可发的条目。回「看 ${ticket.number}」看有哪些，或者回「答 ${ticket.number} 你的话」。`,
      )
    await actions.tell(ticket, `「${near.question}」\n${text}`, await answererOf(message, ticket))
    return sayTold(ticket)
  }

  async function pass(message: Message, number: string | undefined): Promise<string> {
    const ticket = await meant(message, number, '转 #')
    const to = await actions.passOn(ticket)
    return `好的，${ticket.number} 号转给${ownerNameOf(to)}了。`
  }

  async function severalOf(message: Message, numbers: readonly number[]): Promise<Ticket[]> {
    if (numbers.length > mostAtOnce) throw new Refusal(`一次最多办 ${mostAtOnce} 个，请分几次发。`)
    const found: Ticket[] = []
    for (const number of numbers) found.push(await meant(message, number, ''))
    return found
  }

  async function close(message: Message, numbers: readonly number[]): Promise<string> {
    const found = await severalOf(message, numbers)
    await actions.close(found, cleanName(message.senderName))
    return `好的，${found.map(({ number }) => `${number} 号`).join('、')}结束了，不再等答复。`
  }

  /** The later tickets go into the first: all who asked get one answer. */
  async function merge(message: Message, numbers: readonly number[]): Promise<string> {
    const found = await severalOf(message, numbers)
    await actions.merge(found)
    const [first, ...rest] = found
    return `好的，${rest.map(({ number }) => `${number} 号`).join('、')}并到 ${first?.number} 号：答一次，问的人都会收到。`
  }

  async function split(message: Message, numbers: readonly number[]): Promise<string> {
    const found = await severalOf(message, numbers)
    const apart = await actions.split(found.map(({ number }) => number))
    const left = found.filter(({ number }) => !apart.includes(number))
    const done = `好的，${apart.map(number => `${number} 号`).join('、')}拆开了，单独来答。`
    if (left.length === 0) return done
    return `${done}${left.map(({ number }) => `${number} 号`).join('、')}没有动：${whatCanBeSplit}`
  }

  async function show(message: Message, number: string | undefined): Promise<string> {
    const ticket = await meant(message, number, '看 #')
    return sayTicket(ticket, tickets.mergedInto(ticket.number), clock.now())
  }

  async function addSource(message: Message, number: string, text: string): Promise<string> {
    const ticket = await meant(message, number, '')
    return drafts.addSource(ticket, text.trim(), await answererOf(message, ticket))
  }

  /** 「日报 8:30」; without a time it says when the summary comes. */
  async function setSummaryTime(message: Message, text: string): Promise<string> {
    const { senderId } = message
    if (text === '') return sayTime(await tickets.notifications.summaryTimeOf(senderId))
    const when = findWhen(text, clock.now())
    if (when?.kind !== 'when' || when.hasDay || when.rest !== '')
      throw new Refusal('没看懂几点，请写成「日报 8:30」这样。')
    const time = inShanghai(when.startsAt).toPlainTime().toString().slice(0, 5)
    await tickets.notifications.setSummaryTime(senderId, time)
    return sayTime(time)
  }

  function run(message: Message, word: AnswererWord): Promise<string> {
    switch (word.kind) {
      case 'answer':
        return answer(message, word)
      case 'pass':
        return pass(message, word.number)
      case 'show':
        return show(message, word.number)
      case 'send':
        return send(message, word.number, word.entry)
      case 'close':
        return close(message, word.numbers)
      case 'merge':
        return merge(message, word.numbers)
      case 'split':
        return split(message, word.numbers)
      case 'source':
        return addSource(message, word.number, word.text)
      case 'summary-time':
        return setSummaryTime(message, word.text)
    }
  }

  /**
   * 「答辩怎么准备」 and 「回复3天内能收到吗」 are questions: a space or colon must follow the word or the number,
   * or the ticket of that number must be this person's; without a number something must wait for this person.
   */
  async function isForUs(message: Message, word: AnswererWord): Promise<boolean> {
    if (word.kind !== 'answer' && word.kind !== 'pass') return isAnswerer(message)
    const isApart = !('isApart' in word) || word.isApart
    if (word.number === undefined) return isApart && (await waitingFor(message)).length > 0
    if (isApart) return true
    const ticket = await tickets.find(Number(word.number))
    return ticket !== undefined && isAskedOf(ticket, message.senderId)
  }

  async function answerWord(message: Message, word: AnswererWord): Promise<string | undefined> {
    if (await isForUs(message, word)) return run(message, word)
    if (word.kind === 'summary-time')
      throw new Refusal('只有指导员和组织者有日报。你问的问题，发「我的咨询」看进展。')
    return undefined
  }

  return {
    waitingFor,
    isAnswerer,
    /** Answers such a word; undefined for anything else. */
    listen(message: Message): Promise<string | undefined> | undefined {
      const word = answererWordIn(message.text)
      return word && answerWord(message, word)
    },
  }
}

const sayTime = (time: string) =>
  `每个工作日 ${time} 给你一份汇总：等你答的问题都在里面。要改时间，发「日报 9:00」这样。`
