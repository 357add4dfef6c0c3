import type { Hono } from 'hono'
import { expect } from 'vitest'
import { createVoteActions, type VoteActions } from '../../../src/features/votes/actions.ts'
import { createBallotBox } from '../../../src/features/votes/ballots/ballot-box.ts'
import { openVoteRecords } from '../../../src/features/votes/ballots/records.ts'
import { votes } from '../../../src/features/votes/index.ts'
import type { World } from '../../conversation.ts'
import { createFixedDirectory, createFixedRoster, createWorld, play } from '../../conversation.ts'
import { createRecordingOutbox } from '../attendance/recording-outbox.ts'

const base = 'https://bot.example.cn'
export const plan = {
  title: '第四季度创业能手推荐',
  weightPercent: 30,
  kind: 'one',
  most: 1,
  places: 1,
  quorumPercent: 50,
  tie: 'committee',
  closesAt: '2026-12-03T18:00:00+08:00',
  nominees: ['成员0', '成员1'],
  observers: ['成员2', '成员3'],
  spaces: [],
} as const

type TownParts = { members?: number; world?: Partial<World> }

/** A bot with a number of members, and a vote in preparation. */
export async function openTown({ members = 14, world: given = {} }: TownParts = {}) {
  const world: World = { ...createWorld('2026-12-01T09:00:00+08:00'), ...given }
  const directory = createFixedDirectory([], { chen: ['organizer'] })
  const roster = createFixedRoster(
    Array.from({ length: members }, (_, n) => ({ id: `m-p${n}`, name: `成员${n}` })),
  )
  const outbox = createRecordingOutbox(world.clock)
  const start = () => {
    const built = votes({ ...world, outbox, directory, roster, baseUrl: base })
    return { ...built, ...play(world, directory, [built.feature]) }
  }
  const records = openVoteRecords(world.store)
  const actions = createVoteActions({ records, box: createBallotBox(records), roster, clock: world.clock })
  const running = start()
  const says = (n: number, text: string, ...expected: string[]) =>
    running.person(`p${n}`, `成员${n}`).says(text, ...expected)

  async function linkOf(n: number): Promise<string> {
    const [reply] = await says(n, '投票 1', '供评选小组参考，占 30%')
    return reply?.text?.split(base)[1] ?? ''
  }
  const vote = async (
    path: string,
    fields: Record<string, string> | URLSearchParams,
    open: Pick<Hono, 'request'> = running.open,
  ) => {
    const response = await open.request(path, { method: 'POST', body: new URLSearchParams(fields) })
    const text = await response.text()
    return {
      status: response.status,
      text,
      receipt: /<code>(?<id>[\w-]{14})<\/code>/u.exec(text)?.groups?.id ?? '',
    }
  }
  return { ...world, ...running, outbox, roster, records, actions, says, linkOf, vote, start }
}

/** The same with the vote open. */
export async function openVote(
  more: Partial<Parameters<VoteActions['create']>[0]> = {},
  parts: TownParts = {},
) {
  const town = await openTown(parts)
  const { actions, says } = town
  await actions.create({ ...plan, ...more })
  await expect(actions.open(1)).rejects.toThrow('还没有确认名册')
  for (const n of [2, 3]) await says(n, n === 2 ? '监票确认' : '监票确认1', `名册：${parts.members ?? 14} 人`)
  await expect(actions.open(1)).rejects.toThrow('还没有人同意参评')
  for (const n of [0, 1]) await says(n, n === 0 ? '我同意参评！' : '同意参评 1', '你同意参评')
  await actions.open(1)
  return town
}
