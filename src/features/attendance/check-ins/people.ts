import type { Temporal } from 'temporal-polyfill'
import type { Clock } from '../../../ports/clock.ts'
import type { Roster, RosterMember } from '../../../ports/roster.ts'
import { nameParts } from '../../../text/names/names.ts'
import type { CheckIn, Receipt } from '../lessons/records/check-in-records.ts'
import { noteChange } from '../lessons/records/pending-updates.ts'
import type { Expected } from '../lessons/records/plan.ts'
import {
  checkInKey,
  type Lesson,
  type LessonRecords,
  lessonKey,
  pendingUpdateKey,
  receiptKey,
  registerKey,
  signUpKey,
} from '../lessons/records/records.ts'
import type { Registered } from '../lessons/records/register.ts'
import type { SignUpList } from '../lessons/records/sign-up-records.ts'
import type { LeftOut, LessonPerson, LessonWithPeople } from './rules.ts'
import { noSignUps } from './sign-up-rules.ts'

export type People = ReturnType<typeof createPeople>

type PeopleParts = {
  roster: Pick<Roster, 'members' | 'membersOf' | 'find' | 'staff'>
  clock: Clock
}

/**
 * The people of lessons in the store: what each did, and who was expected. Only the
 * lesson's own shards are touched.
 */
export function createPeople(records: LessonRecords, { roster, clock }: PeopleParts) {
  const { lessons, checkIns, receipts, signUps, registers, touched } = records

  async function checkInsOf(lesson: Lesson): Promise<CheckIn[]> {
    return (await checkIns.list(`${lesson.id}/`)).map(({ value }) => value)
  }

  /** People whose absence counts, by the present roster. */
  async function expectedOf({ id, expected, groupIds, speaker }: Lesson): Promise<RosterMember[]> {
    if (expected.whom === 'nobody') return []
    if (expected.whom === 'signed-up') {
      const list = await signUps.get(signUpKey(id))
      const ids = (list?.entries ?? []).filter(({ state }) => state === 'in').map(({ memberId }) => memberId)
      return roster.find(ids)
    }
    const chosen = await chosenOf({ expected, groupIds })
    if (expected.includesStaff) return chosen
    const staff = await roster.staff()
    return chosen.filter(member => !staff.has(member.id) && !isSpeaker(member, speaker))
  }

  const chosenOf = ({ expected, groupIds }: Pick<Lesson, 'expected' | 'groupIds'>) =>
    expected.whom === 'groups' ? inGroups(groupIds) : inUnits(expected)

  /** A name says that they run the lessons, and anyone may call themselves so: an organizer must see it. */
  async function leftOutOf(lesson: Lesson, people: readonly LessonPerson[]): Promise<LeftOut[]> {
    const { expected } = lesson
    if (expected.whom === 'nobody' || expected.whom === 'signed-up' || expected.includesStaff) return []
    const staff = await roster.staff()
    const counted = new Set(people.filter(({ isExpected }) => isExpected).map(({ memberId }) => memberId))
    const all = await chosenOf(lesson)
    return all
      .map(({ id, name }) => ({ id, name, alias: staff.get(id) ?? '' }))
      .filter(({ id, alias }) => alias !== '' && !counted.has(id))
  }

  async function inGroups(groupIds: readonly string[]): Promise<RosterMember[]> {
    const known = (await Promise.all(groupIds.map(group => roster.membersOf(group)))).flat()
    return known.filter(({ isOnRoster }) => isOnRoster)
  }

  async function inUnits({ branches, spaces }: Expected): Promise<RosterMember[]> {
    const members = await roster.members()
    return members.filter(({ branch, space }) => branches.includes(branch) || spaces.includes(space))
  }

  /** All people who are expected or have a check-in, as the roster has them now. */
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

  /** The register as it was taken, and the people who came to it since. */
  async function registeredThen(lesson: Lesson, came: readonly CheckIn[]): Promise<Registered[]> {
    const taken = await registers.get(registerKey(lesson.id))
    if (!taken) return registeredNow(lesson, came)
    const known = new Set(taken.people.map(({ memberId }) => memberId))
    return [...taken.people, ...(await registeredGuests(came.filter(({ memberId }) => !known.has(memberId))))]
  }

  /** The lesson with all people who were expected or did something, in no order; or with one of them. */
  async function withPeople(lesson: Lesson, only?: string): Promise<LessonWithPeople> {
    const came = (await checkInsOf(lesson)).filter(one => only === undefined || one.memberId === only)
    const byId = new Map(came.map(one => [one.memberId, one]))
    const registered = await registeredThen(lesson, came)
    const people = registered.flatMap((one): LessonPerson[] => {
      if (only !== undefined && one.memberId !== only) return []
      const checkIn = byId.get(one.memberId)
      return [checkIn ? { ...one, checkIn } : one]
    })
    return { lesson, people }
  }

  /** One record; where the organizers have their tally already, with a note of what was there before. */
  async function changed(
    lesson: Lesson,
    memberId: string,
    decide: (now: CheckIn | undefined) => CheckIn | undefined,
  ): Promise<CheckIn | undefined> {
    const key = checkInKey(lesson.id, memberId)
    if (lesson.talliedAt === undefined) return checkIns.update(key, decide)
    // Noted before it is changed: a crash in between tells of nothing, the other way round nothing would be told.
    const before = await checkIns.get(key)
    await note(lesson, { memberId, checkIn: before })
    return checkIns.update(key, decide)
  }

  async function note(lesson: Lesson, change: Omit<Parameters<typeof noteChange>[1], 'at'>): Promise<void> {
    const at = clock.now().toString()
    await touched.update(pendingUpdateKey(lesson.id), now => noteChange(now, { at, ...change }))
  }

  return {
    withPeople,
    /** Names of everyone on the roster and of those who are known in the group: 「张三」 of 「优空间-张三」. */
    async namesIn(groupId: string | undefined): Promise<ReadonlySet<string>> {
      const known = groupId === undefined ? [] : await roster.membersOf(groupId)
      return new Set(
        [...known, ...(await roster.members())].map(({ name }) => nameParts(name).at(-1) ?? name),
      )
    },
    /** The places of a person on the roster, and of these lessons. */
    async placesOf(memberId: string, of: readonly Lesson[]): Promise<string[]> {
      const own = (await roster.find([memberId])).flatMap(({ space, branch, team }) => [space, branch, team])
      return [...own, ...of.map(({ place }) => place ?? '')].filter(one => one !== '')
    },
    /** That an organizer decided about the unverified, for the others to hear. */
    noteVerified: (lesson: Lesson, byName: string) => note(lesson, { verifiedByName: byName }),
    async checkIn(lesson: Lesson, memberId: string): Promise<CheckIn | undefined> {
      return checkIns.get(checkInKey(lesson.id, memberId))
    },
    checkInsOf,
    /** One person's record, decided in one step and kept before this resolves. */
    async change(
      lesson: Lesson,
      memberId: string,
      decide: (now: CheckIn | undefined) => CheckIn | undefined,
    ): Promise<CheckIn | undefined> {
      return changed(lesson, memberId, decide)
    },
    /**
     * Decides a person's words over the lesson and their record. Where the tally was begun meanwhile it is decided
     * once more, so that a sign-in which is not in it is told.
     */
    async take(
      lesson: Lesson,
      memberId: string,
      decide: (lesson: Lesson, now: CheckIn | undefined) => CheckIn,
    ): Promise<CheckIn | undefined> {
      const key = checkInKey(lesson.id, memberId)
      if (lesson.talliedAt !== undefined) return changed(lesson, memberId, now => decide(lesson, now))
      let before: CheckIn | undefined
      const kept = await checkIns.update(key, now => {
        before = now
        return decide(lesson, now)
      })
      const later = await lessons.get(lessonKey(lesson.id))
      if (!later || later.talliedAt === lesson.talliedAt) return kept
      await note(later, { memberId, checkIn: before })
      return checkIns.update(key, now => decide(later, now))
    },
    async signUps(lesson: Lesson): Promise<SignUpList> {
      return (await signUps.get(signUpKey(lesson.id))) ?? noSignUps
    },
    changeSignUps: (lesson: Lesson, decide: (now: SignUpList) => SignUpList) =>
      signUps.update(signUpKey(lesson.id), now => decide(now ?? noSignUps)),
    /** In the order of their numbers. */
    async receiptsOf(lesson: Lesson): Promise<Receipt[]> {
      return (await receipts.list(`${lesson.id}/`)).map(({ value }) => value)
    },
    keepReceipt: (lesson: Lesson, receipt: Receipt) =>
      receipts.update(receiptKey(lesson.id, receipt.number), () => receipt),
    /** The same by name: comparing Chinese names takes a while, which is for those who show them. */
    async held(lesson: Lesson): Promise<LessonWithPeople> {
      const { people } = await withPeople(lesson)
      return { lesson, people: [...people].sort(byName), leftOut: await leftOutOf(lesson, people) }
    },
    /** From then on a roster that changes does not change this lesson's tally. The first one stays. */
    async takeRegister(lesson: Lesson, at: Temporal.Instant): Promise<void> {
      const people = await registeredNow(lesson, await checkInsOf(lesson))
      await registers.update(registerKey(lesson.id), now => now ?? { takenAt: at.toString(), people })
    },
  }
}

/** 「王小明」 is the speaker 「王小明 老师」. */
const isSpeaker = ({ name }: RosterMember, speaker: string) =>
  name !== '' &&
  speaker.split(/[\s、,，/]+/u).some(one => one.replace(/(?:老师|书记|教授|主任|律师)$/u, '') === name)

const registered = (member: RosterMember, isExpected: boolean): Registered => {
  const { id: memberId, name, branch, space, team, isOnRoster } = member
  return { memberId, name, branch, space, team, isOnRoster, isExpected }
}

const byName = (a: Registered, b: Registered) =>
  a.name.localeCompare(b.name, 'zh-Hans-CN') || a.memberId.localeCompare(b.memberId)
