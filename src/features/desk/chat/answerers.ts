import { Refusal } from '../../../feature.ts'
import type { Message } from '../../../ports/chat.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { Directory } from '../../../ports/directory.ts'
import { inShanghai } from '../../../text/dates/time.ts'
import { findWhen } from '../../../text/dates/when.ts'
import { cleanName } from '../../../text/names.ts'
import { isAskedOf, nameOf } from '../desks.ts'
import type { EntryDrafts } from '../entry-drafts.ts'
import type { Ticket } from '../records.ts'
import type { Tickets } from '../tickets.ts'
import { sayLine, sayTicket } from '../words.ts'
import { type AnswererWord, answererWordIn } from './answerer-words.ts'

/** The longest answer that a group is given by a person; longer ones are a document. */
const longestAnswer = 1000
/** Tickets that one message may close or merge. */
const mostAtOnce = 20

export type AnswererParts = {
  tickets: Tickets
  directory: Pick<Directory, 'rolesOf'>
  clock: Clock
  /** A live entry as it is told in chat; undefined where it is not live any more. */
  tellEntry(id: string): string | undefined
  drafts: EntryDrafts
}

/** The commands of instructors and organizers on tickets: 「答 17 ……」, 「转 17」, 「发 17 1」, 「看 17」. */
export function createAnswerers({ tickets, directory, clock, tellEntry, drafts }: AnswererParts) {
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
          `有几个问题在等，请带上号码，例如「${example.replace('#', String(only.number))}」：\n${waiting.map(sayLine).join('\n')}`,
        )
      return only
    }
    const ticket = await tickets.find(Number(number))
    if (!ticket) throw new Refusal(`没有 ${number} 号问题，请看看号码对不对。`)
    if (!isAskedOf(ticket, message.senderId) && !(await isOrganizer(message)))
      throw new Refusal(`${number} 号问题没有转给你，不能由你来答。`)
    return ticket
  }

  /** The name and title under which this person answers. */
  async function signatureOf(
    message: Message,
    { owner }: Ticket,
  ): Promise<{ byName: string; byTitle: string }> {
    const instructor = await instructorOf(message)
    const asOwner = owner.kind === 'instructor' && owner.chatId === message.senderId ? owner : undefined
    return {
      byTitle: instructor?.title ?? asOwner?.title ?? '组织者',
      byName: instructor?.name ?? cleanName(message.senderName),
    }
  }

  async function tell(message: Message, ticket: Ticket, text: string): Promise<string> {
    if (ticket.state === 'closed')
      throw new Refusal(`${ticket.number} 号已经结束了。要补充的话，请直接联系${ticket.asker.name}。`)
    const signature = await signatureOf(message, ticket)
    await tickets.happen(ticket.number, { kind: 'answer', text, ...signature })
    const others = tickets.mergedInto(ticket.number).map(({ number }) => `${number} 号`)
    const also = others.length > 0 ? `，合并进来的 ${others.join('、')} 也一起答复` : ''
    return `好的，这就${ticket.group ? `在「${ticket.group.name}」@ ` : '私聊告诉'}${ticket.asker.name}（${ticket.number} 号）${also}。`
  }

  async function answer(
    message: Message,
    said: { number: string | undefined; text: string },
  ): Promise<string> {
    const ticket = await meant(message, said.number, '答 # ……')
    const text = said.text.trim()
    if (text === '')
      throw new Refusal(`请把答复写在号码后面，例如「答 ${ticket.number} 可以报，5 月前交材料」。`)
    if ([...text].length > longestAnswer)
      throw new Refusal(`答复太长了，请控制在 ${longestAnswer} 个字以内；材料多的话，请在群里直接发文件。`)
    const told = await tell(message, ticket, text)
    const kept = await drafts.keep(ticket, text, await editorOf(message, ticket))
    return kept ? `${told}\n${kept}` : told
  }

  const editorOf = async (message: Message, ticket: Ticket) => ({
    id: message.senderId,
    name: (await signatureOf(message, ticket)).byName,
  })

  /** Sends one of the entries that came near as the answer. */
  async function send(message: Message, number: string | undefined, entry: number): Promise<string> {
    const ticket = await meant(message, number, `发 # ${entry}`)
    const near = ticket.nearEntries[entry - 1]
    const text = near && tellEntry(near.id)
    if (!near || text === undefined)
      throw new Refusal(
        `${ticket.number} 号没有第 ${entry} 条可发的条目。回「看 ${ticket.number}」看有哪些，或者回「答 ${ticket.number} 你的话」。`,
      )
    return tell(message, ticket, `「${near.question}」\n${text}`)
  }

  async function pass(message: Message, number: string | undefined): Promise<string> {
    const ticket = await meant(message, number, '转 #')
    if (ticket.owner.kind === 'organizers')
      throw new Refusal('后面没有别人了：请组织者来答，或者在控制台「咨询」里办。')
    if (ticket.state === 'answered' || ticket.state === 'closed')
      throw new Refusal(`${ticket.number} 号已经答过了，不用再转。`)
    const to = await tickets.ownerAfter(ticket)
    await tickets.happen(ticket.number, { kind: 'hand-on', to })
    return `好的，${ticket.number} 号转给${nameOf(to)}了。`
  }

  async function severalOf(message: Message, numbers: readonly number[]): Promise<Ticket[]> {
    if (numbers.length > mostAtOnce) throw new Refusal(`一次最多办 ${mostAtOnce} 个，请分几次发。`)
    const found: Ticket[] = []
    for (const number of numbers) found.push(await meant(message, number, ''))
    return found
  }

  async function close(message: Message, numbers: readonly number[]): Promise<string> {
    const found = await severalOf(message, numbers)
    const byName = cleanName(message.senderName)
    for (const { number } of found) await tickets.happen(number, { kind: 'close', by: 'organizer', byName })
    return `好的，${found.map(({ number }) => `${number} 号`).join('、')}结束了，不再等答复。`
  }

  /** The later tickets go into the first: one answer is told to everybody who asked. */
  async function merge(message: Message, numbers: readonly number[]): Promise<string> {
    const [first, ...rest] = await severalOf(message, numbers)
    if (!first || rest.length === 0)
      throw new Refusal('请写上要合并的号码，例如「合并 17 18」：答了 17 号，18 号也一起答复。')
    await tickets.merge(
      first.number,
      rest.map(({ number }) => number),
    )
    return `好的，${rest.map(({ number }) => `${number} 号`).join('、')}并到 ${first.number} 号：答一次，问的人都会收到。`
  }

  async function show(message: Message, number: string | undefined): Promise<string> {
    return sayTicket(await meant(message, number, '看 #'), clock.now())
  }

  async function addSource(message: Message, number: string, text: string): Promise<string> {
    const ticket = await meant(message, number, '')
    return drafts.addSource(ticket, text.trim(), await editorOf(message, ticket))
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

  return {
    waitingFor,
    isAnswerer,
    /** Answers such a word; undefined for anything else. */
    async hear(message: Message): Promise<string | undefined> {
      const word = answererWordIn(message.text)
      if (!word) return undefined
      if (await isForUs(message, word)) return run(message, word)
      if (word.kind === 'summary-time')
        throw new Refusal('只有指导员和组织者有日报。你问的问题，发「我的咨询」看进展。')
      return undefined
    },
  }
}

const sayTime = (time: string) =>
  `每个工作日 ${time} 给你一份汇总：等你答的问题都在里面。要改时间，发「日报 9:00」这样。`
