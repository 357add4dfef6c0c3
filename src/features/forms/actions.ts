import { Temporal } from 'temporal-polyfill'
import { FieldRefusal, Refusal } from '../../feature.ts'
import { type ChainComparison, type ChainPerson, compareChain } from '../../forms/chain.ts'
import { type FormAnswer, FormRecord } from '../../forms/form.ts'
import type { FormPlan } from '../../forms/form-line.ts'
import {
  accept,
  answerOf,
  isFormOpen,
  type SignUpRequest,
  settle,
  signOffForm,
  signUpFor,
} from '../../forms/rules.ts'
import { knownFieldsOf, sayFromRoster } from '../../forms/words.ts'
import type { Actor } from '../../ports/actor.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Roster, RosterMember } from '../../ports/roster.ts'
import { sayKeptDay } from '../../text/dates/kept-day.ts'
import { dayInShanghai, inShanghai, instantOf } from '../../text/dates/time.ts'
import type { FormRecords } from './records.ts'

/** Days for which answers are kept after the end of a form, or after its opening where it has no end. */
const keptDays = 30
const keptDaysWithoutEnd = 90

type Parts = { records: FormRecords; roster: Roster; clock: Clock }
export type FormActions = ReturnType<typeof createFormActions>

/** Actions on forms, for chat and console alike. */
export function createFormActions({ records, roster, clock }: Parts) {
  async function require(number: number): Promise<FormRecord> {
    const record = await records.get(number)
    if (!record) throw new Refusal(`没有 ${number} 号报名表。`)
    return record
  }

  /** Everyone whom a name in this form's groups may mean, each once. */
  async function peopleOf({ form }: FormRecord): Promise<RosterMember[]> {
    const groups = await Promise.all(form.groupIds.map(id => roster.membersOf(id)))
    const all = [...(await roster.members()), ...groups.flat()]
    return [...new Map(all.map(one => [one.id, one])).values()]
  }

  async function signUp(number: number, asked: SignUpRequest): Promise<FormRecord> {
    return records.change(number, now => signUpFor(now, asked, clock.now()))
  }

  return {
    require,
    /** The member's own entry of the roster; empty where they are not on it. */
    sayFromRoster: async (memberId: string) => sayFromRoster((await roster.find([memberId]))[0]),
    /** Fields that the roster has, which are not asked. */
    knownFields: async () => knownFieldsOf(await roster.members()),
    peopleOf,
    /** The same with members called as they stand on the roster now. */
    async withRosterNames(record: FormRecord): Promise<FormRecord> {
      const found = await roster.find(record.answers.map(({ memberId }) => memberId))
      const nameOf = new Map(found.map(({ id, name }) => [id, name]))
      const answers = record.answers.map(one => ({ ...one, name: nameOf.get(one.memberId) ?? one.name }))
      return { ...record, answers }
    },
    signUp,
    /** Open forms, latest first. */
    async open(): Promise<FormRecord[]> {
      return (await records.all()).filter(({ form }) => isFormOpen(form, clock.now()))
    },
    /** Those open among the forms at the last look. */
    seenOpen: () => records.seen().flatMap(({ form }) => (isFormOpen(form, clock.now()) ? [form] : [])),
    create(
      plan: FormPlan,
      { groupIds, by }: { groupIds: readonly string[]; by: Actor },
    ): Promise<FormRecord> {
      if (groupIds.length === 0) throw new Refusal('请选至少一个群。')
      const { closesAt, ...rest } = plan
      const at = clock.now()
      const last = (closesAt ?? at).add({ hours: 24 * (closesAt ? keptDays : keptDaysWithoutEnd) })
      const keptUntil = dayInShanghai(last)
      const tooLong = plan.sensitiveFields?.find(one => one.keptUntil > keptUntil)
      if (tooLong)
        throw new FieldRefusal(
          `${tooLong.id}-keptUntil`,
          `报名的回答留到${sayKeptDay(keptUntil)}，敏感信息不能留得更久，请选早一点。`,
        )
      return records.add(number =>
        FormRecord.parse({
          form: {
            ...rest,
            number,
            groupIds: [...groupIds],
            opensAt: at.toString(),
            keptUntil,
            byName: by.name,
            ...(closesAt ? { closesAt: closesAt.toString() } : {}),
          },
        }),
      )
    },
    leave: (number: number, asked: Pick<SignUpRequest, 'memberId' | 'sentAt'>): Promise<FormRecord> =>
      records.change(number, now => signOffForm(now, asked, clock.now())),
    /** @returns the answer that holds a place now; undefined where none was held for this member */
    async accept(memberId: string): Promise<{ record: FormRecord; answer: FormAnswer } | undefined> {
      for (const { form, answers } of await records.all()) {
        if (!answers.some(one => one.memberId === memberId && one.heldUntil !== undefined)) continue
        const record = await records.change(form.number, now => accept(now, memberId, clock.now()))
        const answer = answerOf(record, memberId)
        if (answer) return { record, answer }
      }
      return undefined
    },
    /** The latest closed form on which this member still has a place. */
    async closedOf(memberId: string): Promise<FormRecord | undefined> {
      return (await records.all()).find(record => {
        const state = answerOf(record, memberId)?.state ?? 'out'
        return !isFormOpen(record.form, clock.now()) && state !== 'out'
      })
    },
    close: (number: number): Promise<FormRecord> =>
      records.change(number, now => ({ ...now, form: { ...now.form, isClosed: true } })),
    settle: (number: number): Promise<FormRecord> => records.change(number, now => settle(now, clock.now())),
    async compare(number: number, text: string): Promise<ChainComparison> {
      const record = await require(number)
      return compareChain(text, record, await peopleOf(record))
    },
    /** Saves people of a 接龙, one after the other. @returns the names for which there was no way, with why */
    async saveChain(number: number, people: readonly ChainPerson[], at: string): Promise<string[]> {
      const refused: string[] = []
      for (const person of people) {
        try {
          await signUp(number, { ...person, sentAt: instantOf(at) })
        } catch (cause) {
          if (!(cause instanceof Refusal)) throw cause
          refused.push(`${person.name}（${cause.message}）`)
        }
      }
      return refused
    },
    /**
     * Members of the groups and the roster without an answer, for the organizer alone.
     * @throws {@link Refusal} where no member of the groups is known from the roster
     */
    async unanswered(number: number): Promise<RosterMember[]> {
      const record = await require(number)
      const groups = await Promise.all(record.form.groupIds.map(id => roster.membersOf(id)))
      const members = new Map(groups.flat().map(one => [one.id, one]))
      const known = [...members.values()].filter(({ isOnRoster }) => isOnRoster)
      if (known.length === 0)
        throw new Refusal(
          '群里还没有人和名单对上，看不出谁没回复。请先在控制台「名单」页导入名单，再请大家发「我是 姓名」。',
        )
      return known.filter(({ id }) => !answerOf(record, id))
    },
    /** Deletes the answers of forms whose time of keeping is over. */
    async removeOld(): Promise<void> {
      const today = inShanghai(clock.now()).toPlainDate()
      for (const { form, answers, notices } of await records.all()) {
        if (answers.length + notices.length === 0) continue
        if (Temporal.PlainDate.compare(form.keptUntil, today) < 0)
          await records.change(form.number, now => ({ ...now, answers: [], notices: [] }))
      }
    },
  }
}
