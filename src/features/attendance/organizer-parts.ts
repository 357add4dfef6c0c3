import type { Outbox } from '../../outbox/index.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Directory } from '../../ports/directory.ts'
import type { Roster } from '../../ports/roster.ts'
import type { LessonActions } from './actions.ts'
import type { People } from './check-ins/people.ts'
import type { Lessons } from './lessons/lessons.ts'
import type { LessonEnd } from './notices/lesson-end.ts'
import type { Posts } from './notices/posts.ts'

/** The parts of organizers' commands and pages. */
export type OrganizerParts = {
  lessons: Lessons
  people: People
  closing: LessonEnd
  actions: LessonActions
  posts: Posts
  directory: Directory
  roster: Roster
  outbox: Outbox
  clock: Clock
}
