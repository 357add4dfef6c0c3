import type { Temporal } from 'temporal-polyfill'
import type { Roster, RosterMember } from '../../ports/roster.ts'
import type { CheckIn, Receipt } from './check-in-records.ts'
import { peopleOf } from './former.ts'
import {
  checkInKey,
  type Lesson,
  type LessonRecords,
  lessonKey,
  receiptKey,
  registerKey,
  signUpKey,
} from './records.ts'
import type { Registered } from './register.ts'
import type { Attendee, Held } from './rules.ts'
import type { SignUpList } from './sign-up-records.ts'
import { noSignUps } from './sign-up-rules.ts'

export type People = ReturnType<typeof createPeople>

/** The people of lessons in the store: what each did, and who was expected. Only the lesson's own shards are touched. */
export function createPeople(records: LessonRecords, roster: Pick<Roster, 'members' | 'membersOf' | 'find'>) {
  const { lessons, checkIns, receipts, signUps, registers } = records

  /** Lessons of version 1 held their people; may be interrupted anywhere, and then goes on. */
  async function moveFormer(lesson: Lesson): Promise<void> {
    if (!lesson.former) return
    const former = peopleOf(lesson.former)
    await Promise.all([
      ...former.checkIns.map(one => checkIns.update(checkInKey(lesson.id, one.memberId), now => now ?? one)),
      ...former.receipts.map(one => receipts.update(receiptKey(lesson.id, one.number), now => now ?? one)),
    ])
    await lessons.update(lessonKey(lesson.id), now => {
      if (!now) return now
      const { former: _moved, ...rest } = now
      return rest
    })
  }

  async function checkInsOf(lesson: Lesson): Promise<CheckIn[]> {
    await moveFormer(lesson)
    return (await checkIns.list(`${lesson.id}/`)).map(({ value }) => value)
  }

  /** Whose absence counts, as the roster is now. */
  async function expectedOf({ id, expected, groupIds }: Lesson): Promise<RosterMember[]> {
    if (expected.whom === 'nobody') return []
    if (expected.whom === 'signed-up') {
      const list = await signUps.get(signUpKey(id))
      const ids = (list?.entries ?? []).filter(({ state }) => state === 'in').map(({ memberId }) => memberId)
      return roster.find(ids)
    }
    if (expected.whom === 'groups') {
      const known = (await Promise.all(groupIds.map(group => roster.membersOf(group)))).flat()
      return known.filter(({ isOnRoster }) => isOnRoster)
    }
    const { branches, spaces } = expected
    return (await roster.members()).filter(
      ({ branch, space }) => branches.includes(branch) || spaces.includes(space),
    )
  }

  /** Everybody expected or with a check-in, as the roster has them now. */
  async function registeredNow(lesson: Lesson, came: readonly CheckIn[]): Promise<Registered[]> {
    const expected = new Map((await expectedOf(lesson)).map(member => [member.id, member]))
    const others = came.filter(({ memberId }) => !expected.has(memberId))
    return [
      ...[...expected.values()].map(member => registered(member, true)),
      ...(await registeredGuests(others)),
    ]
  }

  async function registeredGuests(came: readonly CheckIn[]): Promise<Registered[]> {
    const known = new Map((await roster.find(came.map(({ memberId }) => memberId))).map(one => [one.id, one]))
    return came.map(({ memberId, name }) => {
      const member = known.get(memberId)
      return member
        ? registered(member, false)
        : { memberId, name, branch: '', space: '', team: '', isOnRoster: false, isExpected: false }
    })
  }

  /** The register as it was taken, and whoever came to it since. */
  async function registeredThen(lesson: Lesson, came: readonly CheckIn[]): Promise<Registered[]> {
    const taken = await registers.get(registerKey(lesson.id))
    if (!taken) return registeredNow(lesson, came)
    const known = new Set(taken.people.map(({ memberId }) => memberId))
    return [...taken.people, ...(await registeredGuests(came.filter(({ memberId }) => !known.has(memberId))))]
  }

  /** The lesson with everybody who was expected or did something, in no order. */
  async function everybody(lesson: Lesson): Promise<Held> {
    const came = await checkInsOf(lesson)
    const byId = new Map(came.map(one => [one.memberId, one]))
    const people = (await registeredThen(lesson, came)).map((one): Attendee => {
      const checkIn = byId.get(one.memberId)
      return checkIn ? { ...one, checkIn } : one
    })
    return { lesson, people }
  }

  return {
    everybody,
    async checkIn(lesson: Lesson, memberId: string): Promise<CheckIn | undefined> {
      await moveFormer(lesson)
      return checkIns.get(checkInKey(lesson.id, memberId))
    },
    checkInsOf,
    /** One person's record, decided in one step and kept before this resolves. */
    async change(
      lesson: Lesson,
      memberId: string,
      decide: (now: CheckIn | undefined) => CheckIn | undefined,
    ): Promise<CheckIn | undefined> {
      await moveFormer(lesson)
      return checkIns.update(checkInKey(lesson.id, memberId), decide)
    },
    /**
     * What somebody said, decided over the lesson and their record. When the tally was begun meanwhile it is decided
     * once more, so that a sign-in which is not in it is told.
     */
    async take(
      lesson: Lesson,
      memberId: string,
      decide: (lesson: Lesson, now: CheckIn | undefined) => CheckIn,
    ): Promise<CheckIn | undefined> {
      await moveFormer(lesson)
      const key = checkInKey(lesson.id, memberId)
      const kept = await checkIns.update(key, now => decide(lesson, now))
      const later = await lessons.get(lessonKey(lesson.id))
      if (!later || later.talliedAt === lesson.talliedAt) return kept
      return checkIns.update(key, now => decide(later, now))
    },
    async signUps(lesson: Lesson): Promise<SignUpList> {
      return (await signUps.get(signUpKey(lesson.id))) ?? noSignUps
    },
    changeSignUps: (lesson: Lesson, decide: (now: SignUpList) => SignUpList) =>
      signUps.update(signUpKey(lesson.id), now => decide(now ?? noSignUps)),
    /** In the order of their numbers. */
    async receiptsOf(lesson: Lesson): Promise<Receipt[]> {
      await moveFormer(lesson)
      return (await receipts.list(`${lesson.id}/`)).map(({ value }) => value)
    },
    keepReceipt: (lesson: Lesson, receipt: Receipt) =>
      receipts.update(receiptKey(lesson.id, receipt.number), () => receipt),
    /** The same by name: comparing Chinese names takes a while, which is for those who show them. */
    async held(lesson: Lesson): Promise<Held> {
      const { people } = await everybody(lesson)
      return { lesson, people: [...people].sort(byName) }
    },
    /** From then on a roster that changes does not change this lesson's tally. The first one stays. */
    async takeRegister(lesson: Lesson, at: Temporal.Instant): Promise<void> {
      const people = await registeredNow(lesson, await checkInsOf(lesson))
      await registers.update(registerKey(lesson.id), now => now ?? { takenAt: at.toString(), people })
    },
  }
}

const registered = (member: RosterMember, isExpected: boolean): Registered => {
  const { id: memberId, name, branch, space, team, isOnRoster } = member
  return { memberId, name, branch, space, team, isOnRoster, isExpected }
}

const byName = (a: Registered, b: Registered) =>
  a.name.localeCompare(b.name, 'zh-Hans-CN') || a.memberId.localeCompare(b.memberId)
