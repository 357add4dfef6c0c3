import { FieldRefusal } from '../../../feature.ts'
import type { Lesson } from '../lessons/records/records.ts'
import { readForm, type TypedLesson } from './forms.ts'
import type { LessonPageParts } from './lesson-pages.ts'

/** Changes a lesson, or all that come, to what the form says, and tells the groups. */
export function editFrom(parts: Pick<LessonPageParts, 'actions' | 'directory' | 'clock'>) {
  const { actions, directory, clock } = parts

  /** @throws {@link Refusal} with what is wrong; nothing is changed then */
  async function edit(before: Lesson, typed: TypedLesson, name: string): Promise<void> {
    const { plan, times } = readForm(typed)
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
