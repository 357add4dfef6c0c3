import { Temporal } from 'temporal-polyfill'
import type { Sweep } from '../../../feature.ts'
import { forEachItem } from '../../../lib/queue.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { People } from '../check-ins/people.ts'
import {
  type LessonPerson,
  type LessonWithPeople,
  lastCorrection,
  statusOf,
  tallyOf,
} from '../check-ins/rules.ts'
import { sayLesson, sayTotals, stateWords } from '../check-ins/words.ts'
import type { Lessons } from '../lessons/lessons.ts'
import type { PendingUpdate } from '../lessons/records/pending-updates.ts'
import { type LessonRecords, pendingUpdateKey, pendingUpdatePrefix } from '../lessons/records/records.ts'
import type { Posts } from './posts.ts'

/** A person who corrects ten people is told of once, when no more has come for a minute … */
const settleSeconds = 60
/** … or after ten, whatever still comes. */
const longestMinutes = 10

type Parts = { records: LessonRecords; lessons: Lessons; people: People; posts: Posts; clock: Clock }

/**
 * Tells the organizers what changed after they had their tally: late sign-ins, corrections, make-ups, a decision about
 * who was unverified. May be interrupted anywhere: what is to be told is kept, and its key tells it once.
 */
export function updateSweep({ records, lessons, people, posts, clock }: Parts): Sweep {
  async function tell(lessonId: string, touched: PendingUpdate): Promise<void> {
    const lesson = await lessons.get(lessonId)
    if (lesson && lesson.cancelledAt === undefined) {
      const held = await people.held(lesson)
      const text = sayUpdate(held, touched, clock.now())
      if (text) await posts.toOrganizers(`lesson-${lessonId}-update-${touched.lastAt}`, { text })
    }
    // Changes made meanwhile are told next time, together with these.
    await records.touched.update(pendingUpdateKey(lessonId), now =>
      now?.lastAt === touched.lastAt ? undefined : now,
    )
  }

  return {
    name: 'lesson-updates',
    everySeconds: 20,
    async run(at) {
      const settled = (await records.touched.list(pendingUpdatePrefix)).filter(({ value }) =>
        isSettled(value, at),
      )
      await forEachItem(
        settled,
        ({ key, value }) => tell(key.slice(pendingUpdatePrefix.length), value),
        'updates of lessons',
      )
    },
  }
}

function isSettled({ since, lastAt }: PendingUpdate, at: Temporal.Instant): boolean {
  return (
    // A clock that was put back delays nothing.
    Math.abs(Temporal.Instant.from(lastAt).until(at).total('seconds')) >= settleSeconds ||
    Temporal.Instant.from(since).until(at).total('minutes') >= longestMinutes
  )
}

/** Changes, a line each; undefined where nothing changed in the end. */
function sayUpdate(held: LessonWithPeople, touched: PendingUpdate, at: Temporal.Instant): string | undefined {
  const { lesson } = held
  const lines = held.people.flatMap(one => {
    const before = touched.before[one.memberId]
    return before === undefined ? [] : sayChange(held, one, { before, at })
  })
  const verified = touched.verifiedByName ? [`${touched.verifiedByName} 核对完毕，没有核对上的记为缺勤`] : []
  if (lines.length + verified.length === 0) return undefined
  return [
    `统计发出以后有更正：${sayLesson(lesson, at)}`,
    ...verified,
    ...lines,
    `现在${sayTotals(tallyOf(held, at))}。\n发「签到表」可以再取一份。`,
  ].join('\n')
}

type Change = { before: PendingUpdate['before'][string]; at: Temporal.Instant }

function sayChange({ lesson }: LessonWithPeople, one: LessonPerson, { before, at }: Change): string[] {
  const was = { isExpected: one.isExpected, ...(before.checkIn ? { checkIn: before.checkIn } : {}) }
  const [from, to] = [statusOf(lesson, was, at)?.state, statusOf(lesson, one, at)?.state]
  if (from === to || to === undefined) return []
  const last = one.checkIn && lastCorrection(one.checkIn)
  const isCorrected =
    last !== undefined && (one.checkIn?.corrections.length ?? 0) > (before.checkIn?.corrections.length ?? 0)
  const by = isCorrected ? `（${last.byName}${last.why ? `：${last.why}` : ''}）` : ''
  return [`${one.name}：${from ? stateWords[from] : '没有记录'} → ${stateWords[to]}${by}`]
}
