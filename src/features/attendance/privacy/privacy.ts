import { randomUUID } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import { doerNamesOf, erasedName, forgetDoers } from '../../../lib/doer-names.ts'
import { sha256 } from '../../../lib/hash.ts'
import { contentMark, type PersonalData } from '../../../ports/personal-data.ts'
import { sayFullTime } from '../../../text/dates/time.ts'
import type { People } from '../check-ins/people.ts'
import type { CheckIn, LessonNotice } from '../lessons/records/check-in-records.ts'
import { type PastedList, pastedKey } from '../lessons/records/pasted-list-records.ts'
import {
  checkInKey,
  type Lesson,
  type LessonRecords,
  lessonKey,
  pendingUpdateKey,
  receiptKey,
  registerKey,
  signUpKey,
} from '../lessons/records/records.ts'
import { sayLists } from './lists.ts'
import {
  type MergeRules,
  mergeCheckIns,
  movedTo,
  oncePerPerson,
  ownFirst,
  pseudonymRules,
  renamedBefore,
  sameNameRules,
  withoutWords,
} from './pseudonyms.ts'

type Parts = { records: LessonRecords; people: People }

export type LessonPrivacy = PersonalData & {
  /** Removes names and reasons from lessons that ended before; the numbers stay. */
  forgetNamesBefore(at: Temporal.Instant): Promise<void>
  /** Pasted lists that were never confirmed. */
  forgetListsBefore(at: Temporal.Instant): Promise<void>
  /** Removes reasons and sentences from lessons that ended before. */
  forgetReasonsBefore(at: Temporal.Instant): Promise<void>
}

/** Personal data in lessons: shown to them, made nameless, and moved when two turn out to be one. */
export function lessonPrivacy({ records, people }: Parts): LessonPrivacy {
  const { lessons, checkIns, receipts, signUps, registers, pasted, touched } = records

  const all = async () => (await lessons.list('')).map(({ value }) => value)

  /** Puts what one member did at one lesson under another id, made by `become`; again, it finds nothing. */
  async function rename(lesson: Lesson, ids: ReadonlyMap<string, string>, become: MergeRules): Promise<void> {
    for (const checkIn of await people.checkInsOf(lesson)) {
      const id = ids.get(checkIn.memberId)
      if (id === undefined) continue
      const mine = become.checkIn({ ...checkIn, memberId: id })
      await checkIns.update(checkInKey(lesson.id, id), now => mergeCheckIns(now, mine))
      await checkIns.update(checkInKey(lesson.id, checkIn.memberId), () => undefined)
    }
    await renameLists(lesson, ids, become)
    const pending = pendingUpdateKey(lesson.id)
    if (await touched.get(pending))
      await touched.update(
        pending,
        now => now && { ...now, before: renamedBefore(now.before, ids, become.checkIn) },
      )
  }

  async function renameLists({ id: lessonId }: Lesson, ids: ReadonlyMap<string, string>, become: MergeRules) {
    const told = (notices: readonly LessonNotice[]) => notices.map(one => movedTo(one, ids))
    if (await registers.get(registerKey(lessonId)))
      await registers.update(
        registerKey(lessonId),
        now =>
          now && {
            ...now,
            people: oncePerPerson(ownFirst(now.people, ids).map(one => become.person(one, ids))),
          },
      )
    if (await signUps.get(signUpKey(lessonId)))
      await signUps.update(
        signUpKey(lessonId),
        now =>
          now && {
            entries: oncePerPerson(now.entries.map(one => become.person(one, ids))),
            notices: told(now.notices),
          },
      )
    for (const { value } of await receipts.list(`${lessonId}/`)) {
      if (!value.notices.some(({ memberId }) => ids.has(memberId))) continue
      await receipts.update(
        receiptKey(lessonId, value.number),
        now => now && { ...now, notices: told(now.notices) },
      )
    }
  }

  /** A list that waits to be confirmed is pasted again in a moment. */
  async function dropLists(isToGo: (list: PastedList, key: string) => boolean): Promise<void> {
    for (const { key, value } of await pasted.list('pasted/'))
      if (isToGo(value, key)) await pasted.update(key, () => undefined)
  }

  async function forgetBefore(
    at: Temporal.Instant,
    what: NonNullable<Lesson['forgotten']>,
    forget: (lesson: Lesson) => Promise<void>,
  ): Promise<void> {
    for (const lesson of await all()) {
      if (lesson.forgotten === 'names' || lesson.forgotten === what) continue
      if (Temporal.Instant.compare(lesson.endsAt, at) >= 0) continue
      await forget(lesson)
      await lessons.update(lessonKey(lesson.id), now => now && { ...now, alias: undefined, forgotten: what })
    }
  }

  return {
    async kept({ memberId }) {
      const mine = await Promise.all(
        (await all()).map(async lesson => ({ lesson, checkIn: await people.checkIn(lesson, memberId) })),
      )
      const found = mine.filter(({ checkIn }) => checkIn !== undefined)
      const lists = await sayLists(
        records,
        mine.map(({ lesson, checkIn }) => ({ lesson, hasCheckIn: checkIn !== undefined })),
        memberId,
      )
      if (found.length === 0) return lists
      const latest = found
        .map(({ lesson }) => lesson.startsAt)
        .sort()
        .at(-1)
      const leaves = found.filter(({ checkIn }) => checkIn?.leave).length
      return [
        `签到记录：${found.length} 节课${latest ? `，最近一节 ${sayFullTime(Temporal.Instant.from(latest))}` : ''}`,
        ...(leaves > 0 ? [`请假：${leaves} 次，连同当时写的原因`] : []),
        ...found.flatMap(({ lesson, checkIn }) => (checkIn ? [sayCheckIn(lesson, checkIn)] : [])),
        ...lists,
      ]
    },

    async forget({ memberId, chatIds, ...called }, alias) {
      const names = doerNamesOf(called)
      const own = new Set(chatIds.map(pastedKey))
      await dropLists((list, key) => own.has(key) || list.members.some(({ id }) => id === memberId))
      for (const lesson of await all()) {
        await rename(lesson, new Map([[memberId, namelessId(alias, lesson.id)]]), pseudonymRules)
        await forgetDoers(checkIns, names, checkInKey(lesson.id, ''))
      }
      await forgetDoers(lessons, names)
      await forgetDoers(records.series, names)
      await forgetDoers(touched, names)
    },

    async merge(moves) {
      await dropLists(list => list.members.some(({ id }) => moves.has(id)))
      for (const lesson of await all()) await rename(lesson, moves, sameNameRules)
    },

    forgetNamesBefore: at =>
      forgetBefore(at, 'names', async lesson => {
        const register = (await registers.get(registerKey(lesson.id)))?.people ?? []
        const list = (await signUps.get(signUpKey(lesson.id)))?.entries ?? []
        const known = [...(await people.checkInsOf(lesson)), ...register, ...list]
        const open = known.filter(({ name }) => name !== erasedName)
        // Kept until all are nameless, so that a crash in between does not split a person in two.
        const begun = await lessons.update(
          lessonKey(lesson.id),
          now => now && { alias: randomUUID(), ...now },
        )
        const secret = begun?.alias ?? ''
        const ids = new Map(
          open.map(({ memberId }) => [memberId, namelessId(`${secret}${memberId}`, lesson.id)]),
        )
        await rename(lesson, ids, pseudonymRules)
      }),

    forgetListsBefore: at => dropLists(list => Temporal.Instant.compare(list.pastedAt, at) < 0),

    forgetReasonsBefore: at =>
      forgetBefore(at, 'reasons', async lesson => {
        for (const { memberId } of await people.checkInsOf(lesson))
          await checkIns.update(checkInKey(lesson.id, memberId), now => now && withoutWords(now))
      }),
  }
}

/** One member's record of one lesson, for themselves. */
function sayCheckIn(
  { title, startsAt }: Lesson,
  { tries, leftAt, leave, makeUp, corrections }: CheckIn,
): string {
  const told = [
    ...tries.map(({ at }) => `签到 ${sayFullTime(Temporal.Instant.from(at))}`),
    ...(leftAt ? [`签退 ${sayFullTime(Temporal.Instant.from(leftAt))}`] : []),
    ...(leave ? [`请假：${leave.reason || '没写原因'}`] : []),
    ...(makeUp ? [`补学：${makeUp.words}`] : []),
    ...corrections.map(({ byName, why }) => `${byName}更正过${why ? `：${why}` : ''}`),
  ]
  return `${contentMark}${title}，${sayFullTime(Temporal.Instant.from(startsAt))}：${told.join('；') || '在名单上'}`
}

/** Id within one lesson only, so that a nameless person cannot be followed from lesson to lesson. */
const namelessId = (secret: string, lessonId: string) =>
  `nobody-${sha256(`${secret}/${lessonId}`).slice(0, 12)}`
