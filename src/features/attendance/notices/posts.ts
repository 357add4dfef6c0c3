import type { Temporal } from 'temporal-polyfill'
import type { Outbox, Posting } from '../../../outbox/index.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { Directory } from '../../../ports/directory.ts'
import { withDistinctNames } from '../../../ports/line-ids.ts'
import type { Lesson } from '../lessons/records/records.ts'

const groupNoticeHours = 2
const privateHours = 72

export type Posts = ReturnType<typeof createPosts>
type Parts = { directory: Directory; outbox: Pick<Outbox, 'post'>; clock: Clock }

/** Automatic postings about lessons. A key is unique for ever, so nothing is told twice. */
export function createPosts({ directory, outbox, clock }: Parts) {
  const hoursFromNow = (hours: number) => clock.now().add({ hours })

  /** Only to groups that are bound: an unbound group gets nothing. */
  async function toGroup(groupId: string, posting: Omit<Posting, 'target' | 'kind'>): Promise<void> {
    if (await directory.group(groupId)) {
      await outbox.post([{ ...posting, kind: 'prompt', target: { groupId } }])
    }
  }

  async function toPeople(personIds: readonly string[], key: string, reply: Posting['reply']): Promise<void> {
    await outbox.post(
      personIds.map(personId => ({
        key: `${key}/${personId}`,
        target: { personId },
        kind: 'prompt' as const,
        reply,
        notAfter: hoursFromNow(privateHours),
      })),
    )
  }

  return {
    toGroup,
    toPeople,
    toOrganizers: async (key: string, reply: Posting['reply']) =>
      toPeople(await directory.holders('organizer'), key, reply),
    /**
     * Something about a lesson that all its groups hear, once.
     * @param about tells it from all else that is told of the lesson
     * @param notAfter when it is of no use any more; two hours from now where nothing is said
     */
    async tellGroups(
      lesson: Lesson,
      { about, text, notAfter }: { about: string; text: string; notAfter?: Temporal.Instant },
    ): Promise<void> {
      for (const groupId of lesson.groupIds) {
        const key = `lesson-${lesson.id}-${about}/${groupId}`
        await toGroup(groupId, { key, reply: { text }, notAfter: notAfter ?? hoursFromNow(groupNoticeHours) })
      }
    },
    async groupNamesOf(lesson: Lesson): Promise<string[]> {
      const groups = await Promise.all(
        lesson.groupIds.map(async id => ({ id, name: (await directory.group(id))?.name ?? '已解绑的群' })),
      )
      return withDistinctNames(groups).map(({ name }) => name)
    },
  }
}
