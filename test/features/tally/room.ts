import { Temporal } from 'temporal-polyfill'
import { createPictures } from '../../../src/adapters/pictures.ts'
import { tally } from '../../../src/features/tally/index.ts'
import type { ExportedData } from '../../../src/ports/export-log.ts'
import type { RosterMember } from '../../../src/ports/roster.ts'
import { createFixedDirectory, createWorld, play } from '../../conversation.ts'
import { bookOf, type SampleLesson, sampleLessons, sampleRoster } from '../../ledger/sample.ts'

/** A bot that counts, after a quarter of Saturdays; 陈静 is an organizer, 林伟 a maker. */
export function openTally({
  members = sampleRoster(40),
  lessons = sampleLessons(13, members),
  startAt = '2026-10-02T09:30:00+08:00',
}: {
  members?: RosterMember[]
  lessons?: SampleLesson[]
  startAt?: string
} = {}) {
  const world = createWorld(startAt)
  const directory = {
    ...createFixedDirectory(['优空间创客群'], { chen: ['organizer'], shen: ['reviewer'] }),
    recognise: async ({ senderId, senderName }: { senderId: string; senderName: string }) => ({
      id: senderId,
      name: senderName,
    }),
  }
  const taken: ExportedData[] = []
  const { attendees } = bookOf(lessons)
  const feature = tally({
    history: {
      async held(from, to) {
        return lessons.filter(
          ({ startsAt }) =>
            Temporal.Instant.compare(startsAt, from) >= 0 &&
            Temporal.Instant.compare(startsAt, to) < 0 &&
            Temporal.Instant.compare(startsAt, world.clock.now()) < 0,
        )
      },
      attendees,
      attendee: async (lessonId, memberId) =>
        (await attendees(lessonId)).find(one => one.memberId === memberId),
    },
    roster: {
      members: async () => members,
      find: async ids => members.filter(({ id }) => ids.includes(id)),
    },
    directory,
    exports: { note: async one => void taken.push(one) },
    pictures: createPictures(),
    clock: world.clock,
  })
  const played = play(world, directory, [feature])
  return {
    world,
    feature,
    taken,
    ...played,
    chen: played.person('chen', '陈静'),
    lin: played.person('m1', '林伟'),
  }
}
