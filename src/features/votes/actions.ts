import { randomBytes } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import { Refusal } from '../../feature.ts'
import { makeVoteFile, type VoteSheet } from '../../ledger/vote-file.ts'
import { sha256 } from '../../lib/hash.ts'
import type { ChatFile } from '../../ports/chat.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Roster } from '../../ports/roster.ts'
import { withLine } from '../../votes/chain.ts'
import { requireBallot } from '../../votes/rules.ts'
import { sayVoteCounts, sayVoteTally, tallyOf, type VoteTally } from '../../votes/tally.ts'
import type { Ballot, Vote, VoteBatch, VoteExport } from '../../votes/vote.ts'
import type { BallotBox } from './ballots/ballot-box.ts'
import { createPreparation, observerIn } from './ballots/preparation.ts'
import { type VoteRecords, voteLinkKey } from './ballots/records.ts'

type Parts = { records: VoteRecords; box: BallotBox; roster: Roster; clock: Clock }
export type VoteActions = ReturnType<typeof createVoteActions>

const runOffHours = 48
const largestLot = 999_999

/** Actions on votes, for chat, the console and the page of a link. */
export function createVoteActions(parts: Parts) {
  const { records, box, clock } = parts
  const preparation = createPreparation(parts)
  const hasEnded = ({ rules }: Vote) => Temporal.Instant.compare(rules.closesAt, clock.now()) <= 0

  /** @throws {@link Refusal} where this vote takes no ballots now */
  async function requireOpen(number: number): Promise<Vote> {
    const vote = await records.require(number)
    if (vote.state !== 'open' || hasEnded(vote)) throw new Refusal(`「${vote.rules.title}」现在不能投票。`)
    return vote
  }

  async function close(number: number): Promise<Vote> {
    return box.close(number, dropped =>
      records.change(number, now => {
        const end = { at: clock.now().toString(), ...(dropped > 0 ? { dropped } : {}) }
        return now.state === 'open'
          ? { ...now, state: 'closed', chain: withLine(now.chain, 'closed', end) }
          : now
      }),
    )
  }

  /** @returns undefined until it is closed: nothing is counted before */
  async function result(vote: Vote): Promise<VoteTally | undefined> {
    if (vote.state !== 'closed') return undefined
    const batches = await records.batchesOf(vote.rules.number)
    return tallyOf(vote.rules, { ...vote, batches, electorateSize: vote.electorate.length })
  }

  /** @throws {@link Refusal} before the vote is closed, and where its result is withheld */
  async function requirePublished(vote: Vote): Promise<VoteTally> {
    const tally = await result(vote)
    if (!tally) throw new Refusal('投票结束以后才能下载。')
    if (tally.withheld && tally.ballots > 0)
      throw new Refusal(`${tally.withheld}。没有结果的评选，选票也不公布。`)
    return tally
  }

  /** @throws {@link Refusal} where nothing waits for this decision */
  async function requireNext(number: number, next: VoteTally['next'], words: string) {
    const vote = await records.require(number)
    const tally = await result(vote)
    if (!tally || tally.next !== next) throw new Refusal(words)
    return { vote, tally }
  }

  return {
    ...preparation,
    require: records.require,
    close,
    result,
    /** A new link for a voter. @returns the token. @throws {@link Refusal} */
    async offerLink(number: number, memberId: string): Promise<string> {
      const vote = await requireOpen(number)
      if (!vote.electorate.some(one => one.memberId === memberId))
        throw new Refusal('你不在这次投票的名册里。名册在开始前就定好了；觉得不对，请问组织者。')
      const token = randomBytes(24).toString('base64url')
      await records.links.update(voteLinkKey(number, sha256(token)), () => ({ memberId }))
      return token
    },
    /** Voter of this link. @throws {@link Refusal} */
    async voterOf(number: number, token: string): Promise<string> {
      const link = await records.links.get(voteLinkKey(number, sha256(token)))
      if (!link) throw new Refusal(`链接不对或不完整。请私聊机器人发「投票 ${number}」，重新拿一个。`)
      return link.memberId
    },
    /** @throws {@link Refusal} */
    async cast(
      number: number,
      voter: { memberId: string; choices: Ballot['choices']; receipt: string },
    ): Promise<string> {
      const vote = await requireOpen(number)
      requireBallot(vote.rules, voter.choices, vote.nominees)
      return box.cast(vote, voter, async () => void (await requireOpen(number)))
    },
    stateOf: box.stateOf,
    /** Ends votes whose time is over, and brings the records of the others up to date. */
    async sweep(): Promise<void> {
      for (const vote of await records.all()) {
        if (vote.state !== 'open') continue
        if (hasEnded(vote)) await close(vote.rules.number)
        else await box.record(vote.rules.number)
      }
    },
    /** An observer's number for the lot. Neither sees the other's before both are there. @throws {@link Refusal} */
    async drawLot(number: number, memberId: string, lot: number): Promise<Vote> {
      const { vote } = await requireNext(number, 'lot', '这次评选现在不用抽签。')
      const observer = observerIn(vote, memberId)
      if (!Number.isInteger(lot) || lot < 0 || lot > largestLot)
        throw new Refusal(`请报一个 0 到 ${largestLot} 的数，例如「抽签 ${number} 517」。`)
      return records.change(number, now => {
        if (now.lots.some(one => one.observer === observer)) throw new Refusal('你已经报过数了，不能再改。')
        const lots = [...now.lots, { observer, number: lot }]
        const [first, second] = [0, 1].map(at => lots.find(one => one.observer === at)?.number)
        if (first === undefined || second === undefined) return { ...now, lots }
        return { ...now, lots, chain: withLine(now.chain, 'lot', { first, second }) }
      })
    },
    /** Prepares the vote among the tied; nothing of the first one changes. @throws {@link Refusal} */
    async startRunOff(number: number): Promise<Vote> {
      const { vote, tally } = await requireNext(number, 'runoff', '这次评选不用附加投票。')
      return preparation.runOff(vote, {
        open: tally.open.map(({ key }) => key),
        places: vote.rules.places - tally.chosen.length,
        closesAt: clock.now().add({ hours: runOffHours }).toString(),
      })
    },
    /** Receipts of a closed vote, sorted; none before. */
    async receipts(number: number): Promise<string[]> {
      if ((await records.require(number)).state !== 'closed') return []
      const batches = await records.batchesOf(number)
      return batches.flatMap(({ ballots }) => ballots.map(({ id }) => id)).sort()
    },
    /**
     * Finds the only vote for which `isMeant` holds, and returns its number.
     * @param word the command, which the refusal names
     * @throws {@link Refusal} where there is none; where there are several, it lists them
     */
    async onlyOne(word: string, isMeant: (vote: Vote) => boolean): Promise<number> {
      const [only, ...more] = (await records.all()).filter(isMeant)
      if (!only) throw new Refusal(`现在没有可以「${word}」的评选。`)
      if (more.length === 0) return only.rules.number
      const list = [only, ...more].map(({ rules }) => `${rules.number} 号 ${rules.title}`)
      throw new Refusal(`请带上号码再发，例如「${word} ${only.rules.number}」：\n${list.join('\n')}`)
    },
    /** The open vote that has a nominee named in this text, if any. */
    async openVoteNaming(text: string): Promise<Vote | undefined> {
      const open = (await records.all()).filter(one => one.state === 'open')
      return open.find(({ nominees }) => nominees.some(({ name }) => text.includes(name)))
    },
    /**
     * For a recount by hand: every ballot a row, and who took part.
     * @throws {@link Refusal} until it is closed, and where its result is withheld
     */
    async sheet(number: number): Promise<ChatFile> {
      const vote = await records.require(number)
      const tally = await requirePublished(vote)
      return makeVoteFile(sheetOf(vote, tally, await records.batchesOf(number)))
    },
    /**
     * For observers: everything but the electorate's names; voters by our ids.
     * @throws {@link Refusal} until it is closed, and where its result is withheld
     */
    async exported(number: number): Promise<VoteExport> {
      const vote = await records.require(number)
      await requirePublished(vote)
      const { rules, nominees, electorate, chain } = vote
      const batches = await records.batchesOf(number)
      return { rules, nominees, electorateSize: electorate.length, batches, chain }
    },
  }
}

const choiceWords = { yes: '赞成', no: '反对', abstain: '弃权' } as const
/** Column of the ballots that choose none. */
const blankColumn = { head: '一位都没选', sums: ['弃权'] }

function sheetOf(vote: Vote, tally: VoteTally, batches: readonly VoteBatch[]): VoteSheet {
  const { rules, electorate, observers } = vote
  const accepted = vote.nominees.filter(one => one.hasAccepted)
  const voted = new Set(batches.flatMap(one => one.members))
  const ballots = batches.flatMap(one => one.ballots).sort((a, b) => (a.id < b.id ? -1 : 1))
  const isChoice = rules.kind !== 'each'
  const cellsOf = (choices: Ballot['choices']) => {
    if (!isChoice) return accepted.map(({ key }) => choiceWords[choices[key] ?? 'abstain'])
    const chosen = accepted.map(({ key }) => (choices[key] === 'yes' ? '选' : '没选'))
    return [...chosen, chosen.includes('选') ? '' : '弃权']
  }
  return {
    title: rules.title,
    lines: [
      `供评选小组参考，占 ${rules.weightPercent}%。选出 ${rules.places} 位，至少 ${rules.quorumPercent}% 的人投了才有效。`,
      `名册 ${electorate.length} 人，选票 ${ballots.length} 张。`,
      ...sayVoteTally(tally),
      ...sayVoteCounts(rules, tally),
    ],
    columns: isChoice
      ? [...accepted.map(({ name }) => ({ head: name, sums: ['选', '没选'] })), blankColumn]
      : accepted.map(({ name }) => ({ head: name, sums: Object.values(choiceWords) })),
    ballots: ballots.map(({ id, choices }) => ({ receipt: id, choices: cellsOf(choices) })),
    voters: electorate.map(({ memberId, name }) => ({ name, hasVoted: voted.has(memberId) })),
    observers: observers.map(({ name }) => name),
  }
}
