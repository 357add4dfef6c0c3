import { setImmediate as afterInput } from 'node:timers/promises'
import { Temporal } from 'temporal-polyfill'
import { createMutex } from '../../../lib/queue.ts'
import { type Log, reasonOf } from '../../../log.ts'
import type { KeptQuestion } from '../../../ports/asked.ts'
import type { Message } from '../../../ports/chat.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { Asked, LastAsked, NoteAsked } from '../../../ports/desk.ts'
import type { Directory } from '../../../ports/directory.ts'
import type { Roster } from '../../../ports/roster.ts'
import type { Store } from '../../../ports/store.ts'
import { dayInShanghai } from '../../../text/dates/time.ts'
import { fold } from '../../../text/fold.ts'
import { createQuestionMask } from './question-mask.ts'
import { createRecent } from './recent.ts'
import { type Kept, openQuestionRecords, type QuestionRecord, questionKeyOf, shardOf } from './records.ts'
import { judgementIn } from './rules.ts'

/** How long 「有用」 means the answer just given. */
const judgedWithinMinutes = 5
/** How long 「转人工」 means the question just asked. */
const lastAskedMinutes = 30
/** Questions made into records in one go; then messages come in between. */
const recordedAtOnce = 100

export type LogParts = {
  store: Store
  clock: Clock
  directory: Pick<Directory, 'recognise'>
  roster: Pick<Roster, 'membersOf'>
  log: Log
}
export type QuestionLog = ReturnType<typeof createQuestionLog>

/** A question that is not written down yet. */
type Unwritten = { key: () => string; message: Message; asked: Asked; at: Temporal.Instant }

/** The asker, and how to remove names from their questions. */
type Asker = { memberId: string; unnamed(question: string): string }
type LookUpAsker = (message: Message) => Promise<Asker>

/**
 * Questions and their outcomes, without names. Askers do not wait for the write: it happens, batched,
 * some seconds later, and before anything is read here. A kill in between loses what was asked meanwhile from these
 * records, and nothing else: what waits for a person is a ticket, which is kept at once.
 */
export function createQuestionLog({ store, clock, directory, roster, log }: LogParts) {
  const records = openQuestionRecords(store)
  const recent = createRecent()
  const runExclusive = createMutex()
  let unwritten: Unwritten[] = []
  /** How many questions of that day have a key. */
  let today = { day: '', count: 0 }

  async function countToday(at: Temporal.Instant): Promise<void> {
    const day = dayInShanghai(at)
    if (today.day === day) return
    const { length } = await records.list(day)
    if (today.day !== day) today = { day, count: length }
  }

  function newKey(message: Message, at: Temporal.Instant, place: number): () => string {
    const shard = shardOf(today.day, today.count++)
    return () => questionKeyOf(message, { at, place, shard })
  }

  function note(message: Message, asked: Asked, place: number): void {
    const at = clock.now()
    const chosenFrom = asked.outcome === 'chosen' ? recent.within(message, judgedWithinMinutes) : undefined
    const key = chosenFrom?.key ?? newKey(message, at, place)
    recent.keep(message, { ...asked, question: chosenFrom?.question ?? asked.question, at, key })
    unwritten.push({ key, message, asked, at })
  }

  function settle(): Promise<void> {
    return runExclusive(async () => {
      const now = unwritten
      unwritten = []
      const askerOf = onceForEachAsker(lookUpAsker)
      // The store puts into one write what comes while it writes.
      const written: Promise<unknown>[] = []
      for (let from = 0; from < now.length; from += recordedAtOnce) {
        const some = now.slice(from, from + recordedAtOnce)
        const fresh = await Promise.all(some.map(one => orLog(one, () => recordOf(one, askerOf))))
        written.push(...some.map((one, place) => orLog(one, () => write(one, fresh[place]))))
        await afterInput()
      }
      await Promise.all(written)
    })
  }

  async function orLog<T>({ key, message }: Unwritten, work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work()
    } catch (cause) {
      recent.forget(key)
      log.error({ message: message.id, reason: reasonOf(cause) }, 'a question could not be written down')
    }
  }

  /** Writes a choice to the question for which it was offered. */
  function write(
    { key, asked: { outcome, entry, programme } }: Unwritten,
    fresh: QuestionRecord | undefined,
  ) {
    return records.update(key(), now => (now ? { ...now, outcome, entry, programme } : fresh))
  }

  async function lookUpAsker(message: Message): Promise<Asker> {
    const { groupId } = message
    const member = await directory.recognise(message)
    const people = groupId === undefined ? [] : await roster.membersOf(groupId)
    return { memberId: member.id, unnamed: createQuestionMask([...people, member]) }
  }

  async function recordOf({ message, asked, at }: Unwritten, askerOf: LookUpAsker): Promise<QuestionRecord> {
    const { memberId, unnamed } = await askerOf(message)
    const { outcome, entry, programme, score, ticket } = asked
    const question = unnamed(asked.question)
    const { groupId } = message
    return { at: at.toString(), memberId, groupId, question, outcome, entry, programme, score, ticket }
  }

  const noteAsked: NoteAsked = async (message, all) => {
    await countToday(clock.now())
    for (const [place, asked] of all.entries()) note(message, asked, place)
  }

  const lastAsked: LastAsked = message => recent.within(message, lastAskedMinutes)

  /** The answer that this person may judge now. */
  const judgeable = (message: Message) => {
    const found = recent.within(message, judgedWithinMinutes)
    return found?.outcome === 'answer' || found?.outcome === 'chosen' ? found : undefined
  }

  async function judge(message: Message, useful: boolean): Promise<string> {
    const judged = judgeable(message)
    if (!judged) return '谢谢！要评价哪个答案，请在我答完五分钟内说。'
    await settle()
    await records.update(judged.key(), now => now && { ...now, useful })
    return useful
      ? '好的，记下了，谢谢。'
      : '记下了，我们会改。要请指导员来答，发「转人工」；或者换个说法再问我。'
  }

  return {
    noteAsked,
    lastAsked,
    settle,
    awaits: (message: Message) =>
      judgementIn(fold(message.text)) !== undefined && judgeable(message) !== undefined,

    /** Counts 「有用」 and 「没用」; a second judgement replaces the first. */
    listen(message: Message): Promise<string> | undefined {
      const useful = judgementIn(fold(message.text))
      return useful === undefined ? undefined : judge(message, useful)
    },

    /** The questions of a stretch of time, for reports on what was asked about. */
    async between(from: Temporal.Instant, to: Temporal.Instant): Promise<KeptQuestion[]> {
      await settle()
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
      await settle()
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
      const firstKept = dayInShanghai(at)
      for (const { key } of await records.list(''))
        if (key < `${firstKept}/`) await records.update(key, () => undefined)
    },
  }
}

/** Looks each asker up once for questions asked in a row. */
function onceForEachAsker(lookUp: LookUpAsker): LookUpAsker {
  const known = new Map<string, Promise<Asker>>()
  return message => {
    const { groupId, groupName, senderId, senderName } = message
    const key = JSON.stringify([groupId, groupName, senderId, senderName])
    const found = known.get(key) ?? lookUp(message)
    known.set(key, found)
    return found
  }
}
