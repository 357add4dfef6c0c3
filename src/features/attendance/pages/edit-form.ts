import { Refusal } from '../../../feature.ts'
import { sayChanged } from '../plan-words.ts'
import type { Lesson } from '../records.ts'
import { moveUp } from '../sign-up-rules.ts'
import { readForm, type TypedLesson } from './forms.ts'
import type { PageParts } from './page.ts'

/** Changes a lesson, or all that come, to what the form says, and tells the groups. */
export function editFrom(
  parts: Pick<PageParts, 'lessons' | 'people' | 'posts' | 'directory' | 'series' | 'clock'>,
) {
  const { lessons, people, posts, directory, series, clock } = parts

  /** @throws {@link Refusal} with what is wrong; nothing is changed then */
  async function edit(before: Lesson, typed: TypedLesson, isForSeries: boolean): Promise<void> {
    const { plan, times } = readForm(typed)
    const at = clock.now()
    const isMoved = times.startsAt.toString() !== before.startsAt || times.endsAt.toString() !== before.endsAt
    const change = { plan, ...(isMoved ? { times } : {}) }
    const bound = await Promise.all(plan.groupIds.map(id => directory.group(id)))
    if (bound.length === 0 || bound.includes(undefined)) throw new Refusal('请至少选一个已绑定的群。')
    const changed =
      isForSeries && before.series
        ? (await series.edit(before.series.id, change, at)).lessons
        : [await lessons.edit(before.id, change, at)]
    for (const one of changed) await giveFreePlaces(one)
    const after = changed.find(({ id }) => id === before.id) ?? changed[0]
    if (!after) return
    const text = `${isForSeries ? '以后每次都这样：\n' : ''}${sayChanged(before, after, at)}`
    await posts.tellGroups(after, { about: `changed-${at.epochMilliseconds}`, text })
  }

  async function giveFreePlaces(lesson: Lesson): Promise<void> {
    const { signUp } = lesson
    const at = clock.now().toString()
    if (signUp) await people.changeSignUps(lesson, now => moveUp(now, { capacity: signUp.capacity, at }))
  }

  return edit
}
