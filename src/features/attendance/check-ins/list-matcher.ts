import { Temporal } from 'temporal-polyfill'
import { type Disagreement, totalsAgainst } from '../../../forms/lists/list-totals.ts'
import { matchNames, type PastedLine } from '../../../forms/lists/match-names.ts'
import { readPasted } from '../../../forms/lists/pasted-list.ts'
import type { Roster, RosterMember } from '../../../ports/roster.ts'
import { inShanghai } from '../../../text/dates/time.ts'
import type { Correction } from '../lessons/records/check-in-records.ts'
import type { Lesson } from '../lessons/records/records.ts'
import { correct } from './check-in.ts'
import type { People } from './people.ts'
import { statusOf } from './rules.ts'

/** The lines of a list, and its totals that they do not bear out. */
export type PastedPreview = { lines: readonly PastedLine[]; against: readonly Disagreement[] }

export type Pasting = ReturnType<typeof createPasting>

/** Lists that an organizer pastes: whom they mean, and putting those down who were not there yet. */
export function createPasting({ people, roster }: { people: People; roster: Roster }) {
  /** All people whom a list about this lesson may name. */
  async function peopleFor(lesson: Lesson): Promise<RosterMember[]> {
    const [onRoster, held, ...ofGroups] = await Promise.all([
      roster.members(),
      people.held(lesson),
      ...lesson.groupIds.map(id => roster.membersOf(id)),
    ])
    const came = held.people.map(({ memberId: id, ...rest }) => ({ id, ...rest }))
    return [...new Map([...came, ...ofGroups.flat(), ...onRoster].map(one => [one.id, one])).values()]
  }

  return {
    /** Nothing is saved. */
    async read(lesson: Lesson, text: string): Promise<PastedPreview> {
      const { month, day } = inShanghai(Temporal.Instant.from(lesson.startsAt))
      const lines = matchNames(readPasted(text, { day: { month, day } }), await peopleFor(lesson))
      return { lines, against: totalsAgainst(text, lines) }
    },
    /**
     * Puts them down as present, except who is present or late already. Done again it changes nothing.
     * @returns the names that were put down, and those that stood already
     */
    async save(
      lesson: Lesson,
      members: readonly { id: string; name: string }[],
      by: Omit<Correction, 'to'>,
    ): Promise<{ saved: string[]; stood: string[] }> {
      const saved: string[] = []
      const stood: string[] = []
      for (const { id: memberId, name } of members) {
        let isNew = false
        await people.change(lesson, memberId, now => {
          const standing =
            now && statusOf(lesson, { checkIn: now, isExpected: false }, Temporal.Instant.from(by.at))
          isNew = !['present', 'late'].includes(standing?.state ?? '')
          return isNew ? correct(now, { memberId, name }, { ...by, to: 'present' }) : now
        })
        ;(isNew ? saved : stood).push(name)
      }
      return { saved, stood }
    },
  }
}
