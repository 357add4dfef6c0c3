import type { PersonalData } from '../../ports/personal-data.ts'
import { sha256 } from '../../votes/chain.ts'
import type { Vote } from '../../votes/vote.ts'
import type { BallotBox } from './ballot-box.ts'
import { batchKey, type VoteBook } from './records.ts'

const nobodyName = '（不记名）'

/** What votes keep about people: that they may vote, and whether they did; never how. */
export function votePrivacy(book: VoteBook, box: Pick<BallotBox, 'forget'>): PersonalData {
  async function rename(
    number: number,
    change: (memberId: string, name: string) => { memberId: string; name: string },
  ) {
    const renamed = <T extends { memberId: string; name: string }>(one: T): T => ({
      ...one,
      ...change(one.memberId, one.name),
    })
    await book.change(number, now => ({
      ...now,
      nominees: now.nominees.map(renamed),
      electorate: now.electorate.map(renamed),
      observers: now.observers.map(renamed),
    }))
    for (const [at] of (await book.batchesOf(number)).entries())
      await book.batches.update(
        batchKey(number, at),
        now =>
          now && {
            members: now.members.map(id => change(id, '').memberId).sort(),
            ballots: now.ballots.map(one => ({
              ...one,
              choices: Object.fromEntries(
                Object.entries(one.choices).map(([id, choice]) => [change(id, '').memberId, choice]),
              ),
            })),
          },
      )
  }
  const concerns = ({ nominees, electorate, observers }: Vote, ids: (id: string) => boolean) =>
    [...nominees, ...electorate, ...observers].some(({ memberId }) => ids(memberId))

  return {
    async kept({ memberId }) {
      const mine = (await book.all()).filter(vote => concerns(vote, id => id === memberId))
      return mine.length === 0
        ? []
        : [`评选：${mine.map(({ rules }) => rules.title).join('、')}（只记有没有投，不记投给谁）`]
    },
    async forget({ memberId }, alias) {
      for (const vote of await book.all()) {
        if (!concerns(vote, id => id === memberId)) continue
        const { number } = vote.rules
        const pseudonym = sha256(`${alias} ${number}`).slice(0, 24)
        await rename(number, (id, name) =>
          id === memberId ? { memberId: pseudonym, name: nobodyName } : { memberId: id, name },
        )
        await box.forget(number, memberId)
      }
      for (const { key, value } of await book.links.list(''))
        if (value.memberId === memberId) await book.links.update(key, () => undefined)
    },
    async merge(moves) {
      for (const vote of await book.all())
        if (concerns(vote, id => moves.has(id)))
          await rename(vote.rules.number, (id, name) => ({ memberId: moves.get(id) ?? id, name }))
      for (const { key, value } of await book.links.list('')) {
        const memberId = moves.get(value.memberId)
        if (memberId !== undefined) await book.links.update(key, () => ({ memberId }))
      }
    },
  }
}
