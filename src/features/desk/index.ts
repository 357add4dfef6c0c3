import { type Feature, inTopic } from '../../feature.ts'
import type { Alarms } from '../../ports/alarms.ts'
import type { HandOver, LastAsked, OpenQuestion, TellDesk } from '../../ports/desk.ts'
import type { KnowledgeEdits } from '../../ports/knowledge-edits.ts'
import type { Roster } from '../../ports/roster.ts'
import { asideOf } from '../../text/asides/asides.ts'
import { fold } from '../../text/fold.ts'
import { intentsOf } from '../../text/intents.ts'
import { unitsOf } from '../../text/tokens.ts'
import { createTicketActions } from './actions.ts'
import { createMakers, deskCommands } from './chat/makers.ts'
import { deskPage } from './console/page.ts'
import { chatIdsToNotify, ownerNameOf } from './desks.ts'
import { createEntryDrafts } from './entry-drafts.ts'
import { deskPrivacy } from './privacy.ts'
import { ticketReportOf } from './report.ts'
import { isLeftLying, isLeftToOrganizers, TooMany } from './tickets/rules.ts'
import { loadTickets, type TicketParts, type Tickets } from './tickets/tickets.ts'
import { sayState, shortQuestion } from './words.ts'

export { readDesks } from './desks.ts'
export { defaultSummaryTime } from './notifications/rules.ts'

type Parts = TicketParts & {
  alarms: Alarms
  roster: Roster
  /** The person's last question to the knowledge base, for 「转人工」 without words. */
  lastAsked: LastAsked
  edits: KnowledgeEdits
  /** A live entry as it is told in chat; undefined for any other id. */
  tellEntry(id: string): string | undefined
  /** The entries that come near to a question, the nearest first. */
  nearTo(question: string): Promise<OpenQuestion['near']>
  /** How long closed tickets are kept, in days; open ones on which nothing is said, twice as long. */
  keepDays: number
}
export type DeskFeature = {
  feature: Feature
  handOver: HandOver
  tellDesk: TellDesk
  /**
   * The groups whose space an instructor looks after; empty means every space,
   * undefined that this is no instructor.
   */
  groupsOfInstructor(chatId: string): Promise<readonly string[] | undefined>
}

/**
 * A greeting or a word in passing is no question for a person: a question asks something, in
 * at least this many characters.
 */
const shortestQuestion = 4

/**
 * Questions for people: tickets from makers to the instructors of a desk and space, and the answers back. A ticket
 * has an owner until it is closed; who does not answer in two working days is replaced, in the end by the organizers.
 */
export async function openDesk(parts: Parts): Promise<DeskFeature> {
  const { alarms, keepDays, directory } = parts
  const tickets = await loadTickets(parts)
  const drafts = createEntryDrafts(parts)
  const actions = createTicketActions({ tickets, drafts })
  const makers = createMakers({ ...parts, tickets, drafts, actions })

  const tellDesk: TellDesk = async (desk, { key, text }) => {
    const known = chatIdsToNotify(await tickets.instructors.all(), desk)
    const people = known.length > 0 ? known : await directory.holders('organizer')
    await tickets.notifications.add(people, { key, kind: 'note', text, isUrgent: false })
  }

  function raiseAlarm() {
    const lying = tickets.unclosed().filter(isLeftLying)
    if (lying.length === 0) return alarms.clear('desk-left-lying')
    const numbers = lying.map(({ number }) => `${number} 号`).join('、')
    alarms.raise(
      'desk-left-lying',
      `有 ${lying.length} 个创客的问题一直没人答：${numbers}。请在「咨询」里答复或转给指导员。`,
    )
  }

  return {
    handOver: handOverTo(tickets),
    tellDesk,
    async groupsOfInstructor(chatId) {
      return (await tickets.instructors.all()).find(one => one.chatId === chatId)?.spaces
    },
    feature: {
      name: 'desk',
      commands: inTopic('提问', deskCommands(makers)),
      help: makers.help,
      listen: makers.listen,
      awaits: makers.awaits,
      sweeps: [
        {
          name: 'desk-tickets',
          everySeconds: 60,
          async run(at) {
            // The store has raised its alarm; the others are looked at all the same.
            await tickets.complete().catch(() => {})
            for (const ticket of tickets.kept()) await tickets.lookAt(ticket, at)
            await tickets.notifications.deliverDue()
            raiseAlarm()
          },
        },
        {
          name: 'desk-retention',
          deletes: true,
          everySeconds: 86_400,
          run(at) {
            const daysAgo = (days: number) => at.subtract({ hours: 24 * days })
            return tickets.forgetBefore(daysAgo(keepDays), daysAgo(2 * keepDays))
          },
        },
      ],
      personal: deskPrivacy(tickets, drafts),
      pages: [deskPage({ ...parts, tickets, actions })],
      async chores() {
        const ours = tickets.unclosed().filter(isLeftToOrganizers).length
        return ours > 0 ? [{ text: `${ours} 个问题转给了组织者，等答复`, path: '/desk' }] : []
      },
      async search(isFound) {
        const found = (await tickets.all()).filter(({ number, question }) => isFound(`${number}号`, question))
        return found.map(({ number, question }) => ({
          kind: '咨询',
          title: `${number} 号：${shortQuestion(question)}`,
          path: `/desk/${number}`,
        }))
      },
      report: async (from, to) => ticketReportOf(await tickets.all(), { from, to }),
      async aboutMember(memberId) {
        const asked = (await tickets.all()).filter(({ asker }) => asker.memberId === memberId)
        if (asked.length === 0) return undefined
        const lines = asked.toReversed().map(ticket => ({
          text: `${ticket.number} 号，${sayState(ticket)}：${shortQuestion(ticket.question)}`,
          path: `/desk/${ticket.number}`,
        }))
        return { title: '转给人答的问题', lines }
      },
    },
  }
}

/** Opens a ticket for a question; a greeting or a word in passing opens none. */
const handOverTo =
  (tickets: Tickets): HandOver =>
  async open => {
    if (!isQuestion(open.question) || asideOf(open.question)) return { kind: 'no-question' }
    try {
      const found = await tickets.open(open)
      if (!found) return { kind: 'nobody' }
      const { number, owner } = found.ticket
      return { kind: found.isNew ? 'opened' : 'already', number, to: ownerNameOf(owner) }
    } catch (cause) {
      if (cause instanceof TooMany) return { kind: 'too-many' }
      throw cause
    }
  }

/** Words that ask on any subject, also without a question mark: 「被起诉了该找哪个法院」. */
const questionWords =
  /哪|谁|什么|啥|怎|咋|如何|为何|几[个天年月次家人]|多少|多久|多[大长高]|吗|么$|呢$|(?<word>能|可以?|是|有|要|行|会|算|该)(?:不|没)\k<word>|可不可以|求助|请教|请问|想问|帮忙看/u

function isQuestion(text: string): boolean {
  const folded = fold(text)
  const asks = intentsOf(folded) !== 0 || /[?？]/u.test(text) || questionWords.test(folded)
  return asks && unitsOf(folded).length >= shortestQuestion
}
