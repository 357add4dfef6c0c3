import { createHash } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import { type Log, reasonOf } from '../../log.ts'
import type { KeptQuestion } from '../../ports/asked.ts'
import type { Message } from '../../ports/chat.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Asked, LastAsked, NoteAsked } from '../../ports/desk.ts'
import type { Directory } from '../../ports/directory.ts'
import type { Roster } from '../../ports/roster.ts'
import type { Store } from '../../ports/store.ts'
import { fold } from '../../text/fold.ts'
import { inShanghai } from '../../text/time.ts'
import { createRecent } from './recent.ts'
import { type Kept, openQuestionRecords, type QuestionRecord } from './records.ts'
import { judgementIn } from './rules.ts'
import { unnamed } from './unnamed.ts'

/** How long 「有用」 means the answer just given (issue: five minutes, as for 「2」). */
const judgedWithinMinutes = 5
/** How long 「转人工」 means the question just asked. */
const lastAskedMinutes = 30

export type LogParts = {
  store: Store
  clock: Clock
  directory: Pick<Directory, 'recognise'>
  roster: Pick<Roster, 'membersOf'>
  log: Log
}
export type QuestionLog = ReturnType<typeof createQuestionLog>

/** What was asked and how it was met, without names. */
export function createQuestionLog({ store, clock, directory, roster, log }: LogParts) {
  const records = openQuestionRecords(store)
  const recent = createRecent()

  async function write(message: Message, asked: Asked, place: number): Promise<void> {
    const at = clock.now()
    const chosenFrom = asked.outcome === 'chosen' ? recent.within(message, judgedWithinMinutes) : undefined
    const key = chosenFrom?.key ?? keyOf(message, at, place)
    const fresh = await recordOf(message, asked, at)
    // What was chosen belongs to the question for which it was offered.
    await records.update(key, now =>
      now ? { ...now, outcome: asked.outcome, entry: asked.entry, programme: asked.programme } : fresh,
    )
    recent.keep(message, { ...asked, question: chosenFrom?.question ?? asked.question, at, key })
  }

  async function recordOf(message: Message, asked: Asked, at: Temporal.Instant): Promise<QuestionRecord> {
    const { groupId } = message
    const member = await directory.recognise(message)
    const people = groupId === undefined ? [] : await roster.membersOf(groupId)
    const { outcome, entry, programme, score, ticket } = asked
    return {
      at: at.toString(),
      memberId: member.id,
      groupId,
      question: unnamed(asked.question, [...people, member]),
      outcome,
      entry,
      programme,
      score,
      ticket,
    }
  }

  const noteAsked: NoteAsked = async (message, all) => {
    try {
      for (const [place, asked] of all.entries()) await write(message, asked, place)
    } catch (cause) {
      log.error({ message: message.id, reason: reasonOf(cause) }, 'a question could not be written down')
    }
  }

  const lastAsked: LastAsked = message => recent.within(message, lastAskedMinutes)

  /** The answer that this person may judge now. */
  const judgeable = (message: Message) => {
    const found = recent.within(message, judgedWithinMinutes)
    return found?.outcome === 'answer' || found?.outcome === 'chosen' ? found : undefined
  }

  return {
    noteAsked,
    lastAsked,
    awaits: (message: Message) =>
      judgementIn(fold(message.text)) !== undefined && judgeable(message) !== undefined,

    /** Counts 「有用」 and 「没用」; a second word stands instead of the first. */
    async hear(message: Message): Promise<string | undefined> {
      const useful = judgementIn(fold(message.text))
      if (useful === undefined) return undefined
      const judged = judgeable(message)
      if (!judged) return '谢谢！要评价哪个答案，请在我答完五分钟内说。'
      await records.update(judged.key, now => now && { ...now, useful })
      return useful
        ? '好的，记下了，谢谢。'
        : '记下了，我们会改。要请指导员来答，发「转人工」；或者换个说法再问我。'
    },

    /** For those who only want to know what was asked about. */
    async between(from: Temporal.Instant, to: Temporal.Instant): Promise<KeptQuestion[]> {
      const all = (await records.list('')).map(({ value }) => ({
        ...value,
        at: Temporal.Instant.from(value.at),
      }))
      return all
        .filter(({ at }) => Temporal.Instant.compare(from, at) <= 0 && Temporal.Instant.compare(at, to) <= 0)
        .map(({ at, groupId, programme, question }) => ({ at, groupId, programmeId: programme, question }))
    },

    /** Everything that is kept since then, oldest first. */
    async since(at: Temporal.Instant): Promise<Kept[]> {
      const all = await records.list('')
      return all.filter(({ value }) => Temporal.Instant.compare(Temporal.Instant.from(value.at), at) >= 0)
    },

    /** Writes down what was done about these; what is handled already or gone stays so. */
    async handle(
      keys: readonly string[],
      as: 'draft' | 'wording' | 'dismissed',
      byName: string,
    ): Promise<void> {
      const handled = { as, at: clock.now().toString(), byName }
      for (const key of keys)
        await records.update(key, now => now && { ...now, handled: now.handled ?? handled })
    },

    /** Forgets the days before that of this instant. */
    async forgetBefore(at: Temporal.Instant): Promise<void> {
      const firstKept = dayOf(at)
      for (const { key } of await records.list(''))
        if (key < `${firstKept}/`) await records.update(key, () => undefined)
    },
  }
}

const dayOf = (at: Temporal.Instant) => inShanghai(at).toPlainDate().toString()

/** In the order of asking within a day; message ids hold all sorts of characters. */
function keyOf({ id }: Message, at: Temporal.Instant, place: number): string {
  const time = inShanghai(at).toPlainTime().toString({ smallestUnit: 'millisecond' }).replace(/\D/gu, '')
  return `${dayOf(at)}/${time}-${createHash('sha256').update(id).digest('hex').slice(0, 8)}-${place}`
}
