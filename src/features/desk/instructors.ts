import { OutdatedFormRefusal, Refusal } from '../../feature.ts'
import { withoutDoers } from '../../lib/doer-names.ts'
import { versionOf } from '../../lib/hash.ts'
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
    /**
     * Adds an instructor, or puts the same person's new words in the place of the old.
     * @param seen {@link instructorVersion} that the form showed; empty where the form was for a new one
     * @throws {@link OutdatedFormRefusal} where it is another by now
     */
    async put(given: Instructor, byName: string, seen: string): Promise<void> {
      const checked = Instructor.safeParse(given)
      if (!checked.success) throw new Refusal('名字和称呼都要填，名字不超过 40 个字，称呼不超过 20 个字。')
      await change(byName, now => {
        const known = now.find(({ chatId }) => chatId === given.chatId)
        if (seen !== instructorVersion(known)) throw changedMeanwhile(known, { given, seen })
        return known
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

/** Tells whether an entry has changed since a form showed it; empty where the person is not on the list. */
export const instructorVersion = (one: Instructor | undefined): string =>
  one ? versionOf([one.name, one.title, one.desks, one.spaces]) : ''

/** The form holds every field: saved unseen, it would take back what another organizer has changed. */
function changedMeanwhile(
  now: Instructor | undefined,
  { given, seen }: { given: Instructor; seen: string },
): Refusal {
  if (!now) return removedMeanwhile(given.name)
  const happened = seen === '' ? '已经在名单上了' : '的登记刚被别人改过'
  return new OutdatedFormRefusal(
    `${now.name}${happened}，现在的称呼、服务台和空间见名单。表单里是你填的，核对一下再保存，就按你填的改。`,
    instructorVersion(now),
  )
}

/** The refusal of an edit of a person who is no longer on the list. */
export const removedMeanwhile = (name: string): Refusal =>
  new Refusal(`${name}刚被移出名单，没有保存。还要请这一位来答，请在下面重新登记。`)

/** 「何国平」 → 「何老师」; who has a two-character family name is given their title by hand. */
export function usualTitle(name: string): string {
  const first = [...name.trim()][0] ?? ''
  return /\p{Script=Han}/u.test(first) ? `${first}老师` : `${name.trim()}老师`.slice(0, 20)
}
