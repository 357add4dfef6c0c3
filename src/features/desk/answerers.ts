import { Refusal } from '../../feature.ts'
import type { Message } from '../../ports/chat.ts'
import type { Directory } from '../../ports/directory.ts'
import { cleanName } from '../../text/names.ts'
import { isAskedOf, nameOf } from './desks.ts'
import type { Ticket } from './records.ts'
import type { Tickets } from './tickets.ts'
import { sayLine } from './words.ts'

/** The longest answer that a group is given by a person; longer ones are a document. */
const longestAnswer = 1000

const answerWords =
  /^(?:答复?|回复?)(?:[\s:：]*(?<number>\d{1,6})(?:\s*号)?)?(?<gap>[\s:：,，、]*)(?<text>[\s\S]*)$/u
const passWords = /^(?:转|轉)(?:下一位|给下一位)?\s*(?<number>\d{1,6})?\s*号?(?:下一位)?$/u

type Parts = { tickets: Tickets; directory: Pick<Directory, 'rolesOf'> }

/** What instructors and organizers say on tickets: 「答 17 ……」, 「转 17」. */
export function createAnswerers({ tickets, directory }: Parts) {
  const isOrganizer = async ({ senderId }: Message) =>
    (await directory.rolesOf(senderId)).includes('organizer')

  /** What this person is asked to answer, oldest first. */
  async function waitingFor(message: Message): Promise<Ticket[]> {
    const asOrganizer = await isOrganizer(message)
    return tickets
      .unclosed()
      .filter(({ state }) => state !== 'answered')
      .filter(({ owner }) => (owner.kind === 'instructor' ? owner.chatId === message.senderId : asOrganizer))
      .sort((a, b) => a.number - b.number)
  }

  /** The ticket that is meant: by its number, or the only one that waits for this person. */
  async function meant(message: Message, number: string | undefined): Promise<Ticket> {
    if (number === undefined) {
      const waiting = await waitingFor(message)
      const [only, ...more] = waiting
      if (!only) throw new Refusal('现在没有等你答的问题。')
      if (more.length > 0)
        throw new Refusal(
          `有几个问题在等，请带上号码，例如「答 ${only.number} ……」：\n${waiting.map(sayLine).join('\n')}`,
        )
      return only
    }
    const ticket = await tickets.find(Number(number))
    if (!ticket) throw new Refusal(`没有 ${number} 号问题，请看看号码对不对。`)
    if (!isAskedOf(ticket, message.senderId) && !(await isOrganizer(message)))
      throw new Refusal(`${number} 号问题没有转给你，不能由你来答。`)
    return ticket
  }

  async function answer(
    message: Message,
    said: { number: string | undefined; text: string },
  ): Promise<string> {
    const ticket = await meant(message, said.number)
    const text = said.text.trim()
    if (text === '')
      throw new Refusal(`请把答复写在号码后面，例如「答 ${ticket.number} 可以报，5 月前交材料」。`)
    if ([...text].length > longestAnswer)
      throw new Refusal(`答复太长了，请控制在 ${longestAnswer} 个字以内；材料多的话，请在群里直接发文件。`)
    if (ticket.state === 'closed')
      throw new Refusal(`${ticket.number} 号已经结束了。要补充的话，请直接联系${ticket.asker.name}。`)
    const instructor = (await tickets.instructors.all()).find(({ chatId }) => chatId === message.senderId)
    const asOwner =
      ticket.owner.kind === 'instructor' && ticket.owner.chatId === message.senderId
        ? ticket.owner
        : undefined
    const byTitle = instructor?.title ?? asOwner?.title ?? '组织者'
    const byName = instructor?.name ?? cleanName(message.senderName)
    await tickets.happen(ticket.number, { kind: 'answer', text, byName, byTitle })
    return `好的，这就${ticket.group ? `在「${ticket.group.name}」@ ` : '私聊告诉'}${ticket.asker.name}（${ticket.number} 号）。`
  }

  async function pass(message: Message, number: string | undefined): Promise<string> {
    const ticket = await meant(message, number)
    if (ticket.owner.kind === 'organizers')
      throw new Refusal('后面没有别人了：请组织者来答，或者在控制台「咨询」里办。')
    if (ticket.state === 'answered' || ticket.state === 'closed')
      throw new Refusal(`${ticket.number} 号已经答过了，不用再转。`)
    const to = await tickets.ownerAfter(ticket)
    await tickets.happen(ticket.number, { kind: 'hand-on', to })
    return `好的，${ticket.number} 号转给${nameOf(to)}了。`
  }

  /** Words of those who are asked, to us alone: 「答 17 ……」, 「转 17」. */
  async function hear(message: Message): Promise<string | undefined> {
    const text = message.text.trim()
    const passed = passWords.exec(text)?.groups
    const answered = answerWords.exec(text)?.groups
    const said = passed ?? answered
    if (!said || !(await isForUs(message, said))) return undefined
    return passed
      ? pass(message, passed.number)
      : answer(message, { number: answered?.number, text: answered?.text ?? '' })
  }

  /**
   * 「答辩怎么准备」 and 「回复3天内能收到吗」 are questions: a space or colon must follow the word or the number,
   * or the ticket of that number must be this person's; without a number something must wait for this person.
   */
  async function isForUs(message: Message, said: Record<string, string | undefined>): Promise<boolean> {
    const isApart = /^[\s:：,，、]/u.test(said.gap ?? '') || !said.text
    if (said.number === undefined) return isApart && (await waitingFor(message)).length > 0
    if (isApart) return true
    const ticket = await tickets.find(Number(said.number))
    return ticket !== undefined && isAskedOf(ticket, message.senderId)
  }

  return { hear, waitingFor }
}
