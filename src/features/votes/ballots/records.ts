import { z } from 'zod'
import { Refusal } from '../../../feature.ts'
import { createMutex } from '../../../lib/queue.ts'
import type { Store } from '../../../ports/store.ts'
import { Vote, VoteBatch } from '../../../votes/vote.ts'

/** Owner of a link; key `vote-number/hash of the token`. It tells nothing of a ballot. */
const VoteLink = z.object({ memberId: z.string() })

export const voteCollection = 'votes'
export const batchCollection = 'vote-batches'
const keyOf = (number: number) => `vote-${number}/vote`
export const batchKey = (number: number, at: number): string =>
  `vote-${number}/${String(at).padStart(4, '0')}`
export const voteLinkKey = (number: number, tokenHash: string): string => `vote-${number}/${tokenHash}`
const batchPrefix = (number: number) => `vote-${number}/`

export type VoteRecords = ReturnType<typeof openVoteRecords>

/** Votes, their sealed batches and links. */
export function openVoteRecords(store: Store) {
  const votes = store.collection(voteCollection, Vote)
  const batches = store.collection(batchCollection, VoteBatch)
  const numbering = createMutex()
  const all = async () =>
    (await votes.list('')).map(({ value }) => value).sort((a, b) => b.rules.number - a.rules.number)

  return {
    batches,
    links: store.collection('vote-links', VoteLink),
    /** Latest first. */
    all,
    get: (number: number) => votes.get(keyOf(number)),
    /** @throws {@link Refusal} */
    async require(number: number): Promise<Vote> {
      const vote = await votes.get(keyOf(number))
      if (!vote) throw new Refusal(`没有 ${number} 号评选。`)
      return vote
    },
    batchesOf: async (number: number) => (await batches.list(batchPrefix(number))).map(({ value }) => value),
    /** Adds a vote under the next number. */
    add: (make: (number: number) => Vote): Promise<Vote> =>
      numbering(async () => {
        const number = Math.max(0, ...(await all()).map(({ rules }) => rules.number)) + 1
        const made = make(number)
        return (await votes.update(keyOf(number), now => now ?? made)) ?? made
      }),
    async change(number: number, change: (now: Vote) => Vote): Promise<Vote> {
      const changed = await votes.update(keyOf(number), now => now && change(now))
      if (!changed) throw new Error(`there is no vote ${number}`)
      return changed
    },
  }
}
