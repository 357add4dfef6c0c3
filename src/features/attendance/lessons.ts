import { Temporal } from 'temporal-polyfill'
import { Refusal } from '../../feature.ts'
import { askForCode } from './codes.ts'
import { Plan } from './plan.ts'
import {
  cancelledSlotKey,
  type Lesson,
  type LessonRecords,
  lessonKey,
  monthsBetween,
  newLessonId,
  type Slot,
  slotKey,
} from './records.ts'
import { cancel, checkDraft, lateAfterMinutes, opensBeforeMinutes } from './window.ts'

/** A lesson lasts at most this long, so that one which began before a span may still reach into it. */
const longestHours = 12

export type Lessons = ReturnType<typeof createLessons>
type Span = { from: Temporal.Instant; to: Temporal.Instant }
type By = { name: string; at: Temporal.Instant }
/** What opens a lesson; `plan` as far as somebody said anything. */
export type Opening = {
  plan: Pick<Plan, 'title' | 'groupIds'> & Partial<Plan>
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
  hasCode?: boolean
}

/** The lessons in the store: opening, finding and changing them, for chat, console and jobs alike. */
export function createLessons({ lessons, slots }: LessonRecords) {
  async function change(id: string, decide: (lesson: Lesson) => Lesson): Promise<Lesson> {
    const changed = await lessons.update(lessonKey(id), now => now && decide(now))
    if (!changed) throw new Refusal('找不到这节课，可能链接旧了。')
    return changed
  }

  /** Takes the window in every group, or in none. @throws {@link Refusal} when one has such a lesson already */
  async function claimWindow(lesson: Lesson): Promise<void> {
    const claimed: string[] = []
    for (const groupId of lesson.groupIds) {
      const { startsAt, endsAt, id: lessonId } = lesson
      const key = slotKey({ groupId, startsAt, endsAt })
      const slot = await slots.update(key, now => now ?? { lessonId, groupId, startsAt, endsAt })
      if (slot?.lessonId === lessonId) {
        claimed.push(key)
        continue
      }
      for (const taken of claimed) await slots.update(taken, () => undefined)
      const other = await lessons.get(lessonKey(slot?.lessonId ?? ''))
      throw new Refusal(`这个群在这个时间已经有「${other?.title}」了，不用再开。`)
    }
  }

  async function slotsBetween({ from, to }: Span): Promise<Slot[]> {
    const starts = from.subtract({ hours: longestHours })
    const months = await Promise.all(monthsBetween(starts, to).map(month => slots.list(`${month}/`)))
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
    async open({ plan, startsAt, endsAt, hasCode }: Opening, by: By): Promise<Lesson> {
      checkDraft({ title: plan.title, startsAt, endsAt }, by.at)
      const blank: Lesson = {
        ...Plan.parse({ opensBeforeMinutes, lateAfterMinutes, ...plan }),
        id: newLessonId(startsAt),
        startsAt: startsAt.toString(),
        endsAt: endsAt.toString(),
        openedByName: by.name,
        openedAt: by.at.toString(),
        isTallyPosted: false,
        deafSpans: [],
      }
      const lesson = hasCode ? askForCode(blank, by.at) : blank
      // The lesson before its window: a window that leads nowhere would be taken for good.
      await lessons.update(lessonKey(lesson.id), () => lesson)
      try {
        await claimWindow(lesson)
      } catch (cause) {
        await lessons.update(lessonKey(lesson.id), () => undefined)
        throw cause
      }
      return lesson
    },

    /** @throws {@link Refusal} when it is over */
    async cancel(id: string, at: Temporal.Instant): Promise<Lesson> {
      const lesson = await change(id, now => cancel(now, at))
      for (const groupId of lesson.groupIds) {
        const slot = { lessonId: id, groupId, startsAt: lesson.startsAt, endsAt: lesson.endsAt }
        await slots.update(cancelledSlotKey(slot), () => slot)
        await slots.update(slotKey(slot), now => (now?.lessonId === id ? undefined : now))
      }
      return lesson
    },

    /** Lessons that touch the span, in this group or in all, cancelled ones too, by start and then as they were opened. */
    async between(span: Span, groupId?: string): Promise<Lesson[]> {
      const found = (await slotsBetween(span)).filter(slot => !groupId || slot.groupId === groupId)
      const ids = [...new Set(found.map(slot => slot.lessonId))]
      const loaded = await Promise.all(ids.map(id => lessons.get(lessonKey(id))))
      return loaded
        .filter(lesson => lesson !== undefined)
        .sort((a, b) => orderOf(a).localeCompare(orderOf(b)))
    },
  }
}

/** Stays the same for good: people choose by its numbers. */
const orderOf = ({ startsAt, openedAt, id }: Lesson) => `${startsAt} ${openedAt} ${id}`
