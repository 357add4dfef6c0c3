import type { Temporal } from 'temporal-polyfill'
import { FieldRefusal, OutdatedFormRefusal } from '../../../feature.ts'
import { sayLesson } from '../check-ins/words.ts'
import type { Lesson } from '../lessons/records/records.ts'
import { lessonVersion, readLessonForm, type TypedLesson } from './forms.ts'
import type { LessonPageParts } from './lesson-pages.ts'

/** Changes a lesson, or all that come, to what the form says, and tells the groups. */
export function editFrom(parts: Pick<LessonPageParts, 'actions' | 'directory' | 'clock'>) {
  const { actions, directory, clock } = parts

  /** @throws {@link FieldRefusal} or {@link OutdatedFormRefusal} with what is wrong; nothing is changed then */
  async function edit(before: Lesson, typed: TypedLesson, name: string): Promise<void> {
    if (typed.seen !== '' && typed.seen !== lessonVersion(before)) throw changedMeanwhile(before, clock.now())
    const { plan, times } = readLessonForm(typed)
    const at = clock.now()
    const isMoved = times.startsAt.toString() !== before.startsAt || times.endsAt.toString() !== before.endsAt
    const change = { plan, ...(isMoved ? { times } : {}) }
    const bound = await Promise.all(plan.groupIds.map(id => directory.group(id)))
    if (bound.length === 0 || bound.includes(undefined))
      throw new FieldRefusal('group', '请至少选一个已绑定的群。')
    await actions.edit(before, change, { name, at }, typed.scope === 'series' && before.series !== undefined)
  }

  return edit
}

/** The form holds every field: saved unseen, it would take back what another organizer has changed. */
function changedMeanwhile(lesson: Lesson, now: Temporal.Instant): OutdatedFormRefusal {
  const place = lesson.place === '' ? '' : `，地点：${lesson.place}`
  return new OutdatedFormRefusal(
    `这节课刚被别人改过，现在是${sayLesson(lesson, now)}${place}。下面是你填的，核对一下再保存，就按你填的改。`,
    lessonVersion(lesson),
  )
}
