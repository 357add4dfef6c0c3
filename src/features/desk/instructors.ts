import { Refusal } from '../../feature.ts'
import { withoutDoers } from '../../lib/doer-names.ts'
import type { Clock } from '../../ports/clock.ts'
import { type DeskRecords, Instructor, instructorsKey } from './records.ts'

type Parts = { records: DeskRecords; seed: readonly Instructor[]; clock: Clock }

/** The instructors: the seed list until the first edit, the edited list from then on. */
export function createInstructors({ records, seed, clock }: Parts) {
  const all = async (): Promise<readonly Instructor[]> =>
    (await records.instructors.get(instructorsKey))?.instructors ?? seed

  async function change(byName: string, edit: (now: readonly Instructor[]) => Instructor[]): Promise<void> {
    const changedAt = clock.now().toString()
    await records.instructors.update(instructorsKey, now => ({
      instructors: edit(now?.instructors ?? seed),
      changedAt,
      changedByName: byName,
    }))
  }

  return {
    all,
    /** Adds an instructor, or puts the same person's new words in the place of the old. */
    async put(given: Instructor, byName: string): Promise<void> {
      const checked = Instructor.safeParse(given)
      if (!checked.success) throw new Refusal('名字和称呼都要填，名字不超过 40 个字，称呼不超过 20 个字。')
      await change(byName, now => {
        const isKnown = now.some(({ chatId }) => chatId === given.chatId)
        return isKnown
          ? now.map(one => (one.chatId === given.chatId ? checked.data : one))
          : [...now, checked.data]
      })
    },
    /** Takes a person off the list; the tickets they have stay theirs until they are handed on. */
    async remove(chatId: string, byName: string): Promise<void> {
      await change(byName, now => now.filter(one => one.chatId !== chatId))
    },
    /** Forgets that one of these people changed the list last. */
    async forgetDoers(names: readonly string[]): Promise<void> {
      await records.instructors.update(instructorsKey, now => now && withoutDoers(now, names))
    },
  }
}

/** 「何国平」 → 「何老师」; who has a two-character family name is given their title by hand. */
export function usualTitle(name: string): string {
  const first = [...name.trim()][0] ?? ''
  return /\p{Script=Han}/u.test(first) ? `${first}老师` : `${name.trim()}老师`.slice(0, 20)
}
