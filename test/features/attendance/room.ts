import { Temporal } from 'temporal-polyfill'
import type { Feature } from '../../../src/feature.ts'
import type { Attendance } from '../../../src/features/attendance/index.ts'
import { createLessons } from '../../../src/features/attendance/lessons/lessons.ts'
import { openAttendanceRecords } from '../../../src/features/attendance/lessons/records/records.ts'
import { unlimitedInbound } from '../../../src/inbound/settings.ts'
import type { Outbox } from '../../../src/outbox/index.ts'
import type { Outage, Outages } from '../../../src/ports/outages.ts'
import type { Store } from '../../../src/ports/store.ts'
import { createWorld, openCommunity, play, type World } from '../../conversation.ts'
import { openAttendance } from './opened.ts'
import { createRecordingOutbox } from './recording-outbox.ts'

export const group = '优空间创客群'
export const otherGroup = '恒丰创客群'

/** For features that stand behind the lessons. */
type Beside = { world: World; nearWords: Attendance['nearWords'] }

/** A bot with community and lessons, two bound groups, an organizer 陈姐 and two makers, on a Saturday at 13:00. */
export async function openRoom(
  startAt?: string,
  prepare?: (store: Store) => Promise<void>,
  {
    mergeSeconds = unlimitedInbound.mergeSeconds,
    openBeside = () => [],
  }: { mergeSeconds?: number; openBeside?: (parts: Beside) => Feature[] } = {},
) {
  const world = createWorld(startAt)
  await prepare?.(world.store)
  const { store, clock } = world
  const outbox = createRecordingOutbox(clock)
  const built = openCommunity({ store, clock, outbox })
  const { directory, roster } = built
  const outages: Outage[] = []
  const outageLog: Outages = {
    between: async (from, to) => outages.filter(outage => isWithin(outage, from, to)),
  }
  const openThis = (more: { outbox?: Outbox } = {}) =>
    openAttendance({
      ...{ store, clock, outbox, directory, roster, outages: outageLog, exports: built.exports },
      scheduler: world.scheduler,
      ...more,
    })
  const { feature, near, history, open, nearWords } = openThis()
  const lessons = createLessons(openAttendanceRecords(store))
  const features = [built.feature, feature, near, ...openBeside({ world, nearWords })]
  const played = play(world, directory, features, { ...unlimitedInbound, mergeSeconds })
  const { person } = played
  const boss = person('chen', '陈姐')
  await boss.says('认领 482913', '第一位组织者')
  for (const id of [group, otherGroup]) await person('chen', '陈姐', id).says('绑定本群', '绑定好了')
  return {
    world,
    outbox,
    directory,
    roster,
    feature,
    open,
    /** The lessons as after a restart: over the same store, with nothing in memory. */
    openAgain: openThis,
    /** Outages of the line, to be added to. */
    outages,
    history,
    ...played,
    boss,
    chen: person('chen', '陈姐', group),
    mei: person('mei', '优空间-小美', group),
    zhang: person('zhang', '优空间-张三', group),
    /** Every lesson that stands in the store and touches these days. */
    lessonsBetween: (from: string, to: string) => lessons.between({ from: dayStart(from), to: dayStart(to) }),
    /** Shanghai's wall clock on that Saturday. */
    at: (time: string) => Temporal.Instant.from(`2026-11-28T${time}:00+08:00`),
  }
}
const dayStart = (day: string) => Temporal.Instant.from(`${day}T00:00:00+08:00`)

const isWithin = (outage: Outage, from: Temporal.Instant, to: Temporal.Instant) =>
  Temporal.Instant.compare(outage.from, to) <= 0 &&
  (outage.to === undefined || Temporal.Instant.compare(outage.to, from) >= 0)

export type Room = Awaited<ReturnType<typeof openRoom>>
