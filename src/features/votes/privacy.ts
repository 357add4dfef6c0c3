import { erasedName } from '../../lib/doer-names.ts'
import { sha256 } from '../../lib/hash.ts'
import type { PersonalData } from '../../ports/personal-data.ts'
import { lastLine, withLine } from '../../votes/chain.ts'
import { electorateHash } from '../../votes/rules.ts'
import type { Vote } from '../../votes/vote.ts'
import type { BallotBox } from './ballots/ballot-box.ts'
import { batchKey, type VoteRecords } from './ballots/records.ts'

type Parts = {
  records: VoteRecords
  box: Pick<BallotBox, 'forget' | 'merge'>
  /** Tells a member in private. */
  tell(memberId: string, key: string, text: string): Promise<void>
}
type Rename = (memberId: string, name: string) => { memberId: string; name: string }

/** Personal data in votes: the right to vote, and turnout; never the ballot. */
export function votePrivacy({ records, box, tell }: Parts): PersonalData {
  /** Ballots name nominees by keys of their own: they stay as they are. */
  async function rename(number: number, change: Rename): Promise<void> {
    for (const [at] of (await records.batchesOf(number)).entries())
      await records.batches.update(
        batchKey(number, at),
        now => now && { ...now, members: now.members.map(id => change(id, '').memberId).sort() },
      )
    const members = (await records.batchesOf(number)).flatMap(one => one.members)
    const doubled = members.length - new Set(members).size
    await records.change(number, now => withRenamed(now, change, doubled))
  }

  async function merge(number: number, moves: ReadonlyMap<string, string>): Promise<void> {
    const change = () => rename(number, (id, name) => ({ memberId: moves.get(id) ?? id, name }))
    const { doubled, dropped } = await box.merge(number, moves, change)
    const { title } = await records.require(number).then(({ rules }) => rules)
    const targets = new Set(moves.values())
    for (const memberId of doubled)
      if (targets.has(memberId))
        await tell(
          memberId,
          `vote-${number}-doubled`,
          `「${title}」：你的两个账号合成了一位成员，两个都投过票。一人一票，票是匿名的，分不出哪张，计票时按多出一张处理；这一张可能改变结果的，由评选小组定。`,
        )
    for (const memberId of dropped)
      await tell(
        memberId,
        `vote-${number}-dropped`,
        `「${title}」：你的两个账号合成了一位成员，一人一票，后投的那张没有封存，已经去掉，先投的那张照算。`,
      )
  }

  return {
    async kept({ memberId }) {
      const mine = (await records.all()).filter(vote => concerns(vote, id => id === memberId))
      return mine.length === 0
        ? []
        : [`评选：${mine.map(({ rules }) => rules.title).join('、')}（只记有没有投，不记投给谁）`]
    },
    async forget({ memberId }, alias) {
      for (const vote of await records.all()) {
        if (!concerns(vote, id => id === memberId)) continue
        const { number } = vote.rules
        const pseudonym = sha256(`${alias} ${number}`).slice(0, 24)
        await rename(number, (id, name) =>
          id === memberId ? { memberId: pseudonym, name: erasedName } : { memberId: id, name },
        )
        await box.forget(number, memberId)
      }
      for (const { key, value } of await records.links.list(''))
        if (value.memberId === memberId) await records.links.update(key, () => undefined)
    },
    async merge(moves) {
      for (const vote of await records.all())
        if (concerns(vote, id => moves.has(id))) await merge(vote.rules.number, moves)
      for (const { key, value } of await records.links.list('')) {
        const memberId = moves.get(value.memberId)
        if (memberId !== undefined) await records.links.update(key, () => ({ memberId }))
      }
    },
  }
}

const concerns = ({ nominees, electorate, observers }: Vote, ids: (id: string) => boolean) =>
  [...nominees, ...electorate, ...observers].some(({ memberId }) => ids(memberId))

/** @param doubled ballots too many, of members who turned out to be one */
function withRenamed(vote: Vote, change: Rename, doubled: number): Vote {
  const renamed = <T extends { memberId: string; name: string }>(one: T): T => ({
    ...one,
    ...change(one.memberId, one.name),
  })
  const electorate = [...new Map(vote.electorate.map(renamed).map(one => [one.memberId, one])).values()]
  const before = lastLine(vote.chain, 'merged')
  const people = electorate.length
  const isMerged = people < vote.electorate.length || doubled !== Number(before?.doubled ?? 0)
  return {
    ...vote,
    nominees: vote.nominees.map(renamed),
    observers: vote.observers.map(renamed),
    electorate,
    chain: isMerged
      ? withLine(vote.chain, 'merged', { people, doubled, hash: electorateHash({ electorate }) })
      : vote.chain,
  }
}
