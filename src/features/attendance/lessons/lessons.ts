import { Temporal } from 'temporal-polyfill'
import { Refusal } from '../../../feature.ts'
import { createMutex } from '../../../lib/queue.ts'
import { askForCode } from './codes.ts'
import { LessonPlan } from './records/plan.ts'
import {
  cancelledSlotKey,
  type Lesson,
  type LessonRecords,
  type LessonSlot,
  lessonKey,
  lessonMonthsBetween,
  newLessonId,
  slotKey,
} from './records/records.ts'
import { cancelLesson, checkDraft, lateAfterMinutes, opensBeforeMinutes, phaseOf } from './window.ts'

/** A lesson lasts at most this long, so that one which began before a span may still reach into it. */
const longestHours = 12

export type Lessons = ReturnType<typeof createLessons>
type Span = { from: Temporal.Instant; to: Temporal.Instant }
export type By = { name: string; at: Temporal.Instant }
/** The parts of a plan that were given. */
export type PlanDefaults = Pick<LessonPlan, 'title' | 'groupIds'> & Partial<LessonPlan>
export type Times = { startsAt: Temporal.Instant; endsAt: Temporal.Instant }
/** The input for a new lesson. With an id of its own, opening it again changes nothing. */
export type Opening = Times & {
  plan: PlanDefaults
  hasCode?: boolean
  id?: string
  series?: NonNullable<Lesson['series']>
}

/** A whole plan, with defaults for what was not given. */
export const planOf = (plan: PlanDefaults): LessonPlan =>
  LessonPlan.parse({ opensBeforeMinutes, lateAfterMinutes, ...plan })

/**
 * The lessons in the store: opening, finding and changing them, for chat, console and jobs alike. A lesson and its
 * windows are several records, so two changes at once could give away the window that one of them had just taken.
 */
export function createLessons(records: LessonRecords) {
  const lessons = createLessonChanges(records)
  const runExclusive = createMutex()
  return {
    ...lessons,
    open: (...given: Parameters<typeof lessons.open>) => runExclusive(() => lessons.open(...given)),
    edit: (...given: Parameters<typeof lessons.edit>) => runExclusive(() => lessons.edit(...given)),
    cancel: (...given: Parameters<typeof lessons.cancel>) => runExclusive(() => lessons.cancel(...given)),
    restore: (...given: Parameters<typeof lessons.restore>) => runExclusive(() => lessons.restore(...given)),
  }
}

function createLessonChanges({ lessons, slots }: LessonRecords) {
  async function change(id: string, decide: (lesson: Lesson) => Lesson): Promise<Lesson> {
    const changed = await lessons.update(lessonKey(id), now => now && decide(now))
    if (!changed) throw new Refusal('找不到这节课，可能链接旧了。')
    return changed
  }

  /**
   * Takes the window in every group, or in none: slots that the lesson had before stay its own.
   * @throws {@link Refusal} when a group has another lesson then
   */
  async function claimWindow(lesson: Lesson): Promise<void> {
    const claimed: string[] = []
    for (const groupId of lesson.groupIds) {
      const { startsAt, endsAt, id: lessonId } = lesson
      const key = slotKey({ groupId, startsAt, endsAt })
      const { other, isNew } = await claim(key, { lessonId, groupId, startsAt, endsAt })
      if (!other) {
        if (isNew) claimed.push(key)
        continue
      }
      for (const taken of claimed) await slots.update(taken, () => undefined)
      throw new Refusal(`这个群在这个时间已经有「${other.title}」了，不用再开。要另开一节，请换个时间。`)
    }
  }

  /**
   * A slot that a crash left behind, of a lesson that is not there or not then, is free.
   * @returns `other`: the lesson that has it; `isNew`: whether this call took it
   */
  async function claim(
    key: string,
    mine: LessonSlot,
  ): Promise<{ other: Lesson | undefined; isNew: boolean }> {
    let isNew = false
    const slot = await slots.update(key, now => {
      isNew = now === undefined
      return now ?? mine
    })
    if (!slot || slot.lessonId === mine.lessonId) return { other: undefined, isNew }
    const other = await lessons.get(lessonKey(slot.lessonId))
    if (other && other.cancelledAt === undefined && other.startsAt === slot.startsAt)
      return { other, isNew: false }
    const again = await slots.update(key, now => (now?.lessonId === slot.lessonId ? mine : now))
    const isOurs = again?.lessonId === mine.lessonId
    return { other: isOurs ? undefined : other, isNew: isOurs }
  }

  async function dropWindow({ id, groupIds, startsAt, endsAt }: Lesson): Promise<void> {
    for (const groupId of groupIds) {
      const key = slotKey({ groupId, startsAt, endsAt })
      await slots.update(key, now => (now?.lessonId === id ? undefined : now))
    }
  }

  async function slotsBetween({ from, to }: Span): Promise<LessonSlot[]> {
    const starts = from.subtract({ hours: longestHours })
    const months = await Promise.all(lessonMonthsBetween(starts, to).map(month => slots.list(`${month}/`)))
    return months
      .flat()
      .map(({ value }) => value)
      .filter(
        slot =>
          Temporal.Instant.compare(slot.startsAt, to) <= 0 &&
          Temporal.Instant.compare(slot.endsAt, from) >= 0,
      )
  }

  return {
    get: (id: string) => lessons.get(lessonKey(id)),
    change,

    /** @throws {@link Refusal} when the draft cannot be a lesson or the window is taken */
    async open({ plan, startsAt, endsAt, hasCode, id, series }: Opening, by: By): Promise<Lesson> {
      checkDraft({ title: plan.title, startsAt, endsAt }, by.at)
      const blank: Lesson = {
        ...planOf(plan),
        id: id ?? newLessonId(startsAt),
        startsAt: startsAt.toString(),
        endsAt: endsAt.toString(),
        openedByName: by.name,
        openedAt: by.at.toString(),
        ...(series ? { series } : {}),
        isTallyPosted: false,
        outages: [],
      }
      const mine = hasCode ? askForCode(blank, by.at) : blank
      // The lesson before its window: a window that leads nowhere would be taken for good.
      let isNew = false
      const kept = await lessons.update(lessonKey(mine.id), now => {
        isNew = now === undefined
        return now ?? mine
      })
      const lesson = kept ?? mine
      if (lesson.cancelledAt !== undefined) return lesson
      try {
        await claimWindow(lesson)
      } catch (cause) {
        if (isNew) await lessons.update(lessonKey(lesson.id), () => undefined)
        throw cause
      }
      return lesson
    },

    /**
     * Changes what a lesson is about, and when it is.
     * @throws {@link Refusal} when it is over, has begun and would be moved, or the new window is taken
     */
    async edit(
      id: string,
      { plan, times }: { plan: Partial<LessonPlan>; times?: Times },
      at: Temporal.Instant,
    ): Promise<Lesson> {
      const before = await lessons.get(lessonKey(id))
      if (!before) throw new Refusal('找不到这节课，可能链接旧了。')
      const phase = phaseOf(before, at)
      if (phase === 'over' || phase === 'cancelled')
        throw new Refusal(`「${before.title}」已经结束了，不能再改。`)
      if (times && phase === 'open') throw new Refusal(`「${before.title}」已经在签到了，时间不能再改。`)
      const { startsAt = before.startsAt, endsAt = before.endsAt } = times ?? {}
      const groupIds = plan.groupIds ?? before.groupIds
      const changes = { ...plan, groupIds, startsAt: startsAt.toString(), endsAt: endsAt.toString() }
      checkDraft(
        {
          title: plan.title ?? before.title,
          startsAt: Temporal.Instant.from(changes.startsAt),
          endsAt: Temporal.Instant.from(changes.endsAt),
        },
        at,
      )
      await claimWindow({ ...before, ...changes })
      const after = await change(id, now => ({ ...now, ...changes }))
      const isMoved = after.startsAt !== before.startsAt || after.endsAt !== before.endsAt
      const left = before.groupIds.filter(groupId => isMoved || !groupIds.includes(groupId))
      await dropWindow({ ...before, groupIds: left })
      return after
    },

    /** @throws {@link Refusal} when it is over */
    async cancel(id: string, at: Temporal.Instant): Promise<Lesson> {
      const lesson = await change(id, now => cancelLesson(now, at))
      for (const groupId of lesson.groupIds) {
        const slot = { lessonId: id, groupId, startsAt: lesson.startsAt, endsAt: lesson.endsAt }
        await slots.update(cancelledSlotKey(slot), () => slot)
      }
      await dropWindow(lesson)
      return lesson
    },

    /** @throws {@link Refusal} when it is not cancelled, already past, or another lesson has its window */
    async restore(id: string, at: Temporal.Instant): Promise<Lesson> {
      const before = await lessons.get(lessonKey(id))
      if (!before) throw new Refusal('找不到这节课，可能链接旧了。')
      if (before.cancelledAt === undefined) throw new Refusal(`「${before.title}」没有取消，照常上。`)
      if (Temporal.Instant.compare(before.endsAt, at) <= 0)
        throw new Refusal(`「${before.title}」的时间已经过了，请重新开课。`)
      const { cancelledAt: _, ...restored } = before
      await claimWindow(restored)
      const lesson = await change(id, ({ cancelledAt: __, ...now }) => now)
      for (const groupId of lesson.groupIds) {
        const slot = { lessonId: id, groupId, startsAt: lesson.startsAt, endsAt: lesson.endsAt }
        await slots.update(cancelledSlotKey(slot), () => undefined)
      }
      return lesson
    },

    /**
     * Lessons that touch the span, in this group or in all, cancelled ones too, by
     * start and then as they were opened.
     */
    async between(span: Span, groupId?: string): Promise<Lesson[]> {
      const found = (await slotsBetween(span)).filter(slot => !groupId || slot.groupId === groupId)
      const ids = [...new Set(found.map(slot => slot.lessonId))]
      const loaded = await Promise.all(ids.map(id => lessons.get(lessonKey(id))))
      return loaded
        .filter(lesson => lesson !== undefined)
        .filter(lesson =>
          found.some(slot => slot.lessonId === lesson.id && slot.startsAt === lesson.startsAt),
        )
        .sort((a, b) => orderOf(a).localeCompare(orderOf(b)))
    },
  }
}

/** Stays the same for good: people choose by its numbers. */
const orderOf = ({ startsAt, openedAt, id }: Lesson) => `${startsAt} ${openedAt} ${id}`
