import { z } from 'zod'
import { Refusal } from '../../feature.ts'
import { versionOf } from '../../lib/hash.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Roster } from '../../ports/roster.ts'
import type { Store } from '../../ports/store.ts'
import { withoutIdentifiers } from '../../text/identifiers.ts'

export const PledgeKind = z.enum(['承诺', '示范岗'])
export type PledgeKind = z.infer<typeof PledgeKind>

/** `draft`: the member has not agreed to it. `agreed`: an organizer has to look. `shown`: on the public pages. */
const Pledge = z.object({
  memberId: z.string(),
  kind: PledgeKind,
  text: z.string(),
  /** Author without a name: 「优空间的一位成员」. */
  byline: z.string(),
  state: z.enum(['draft', 'agreed', 'shown']),
  at: z.string(),
})
export type Pledge = z.infer<typeof Pledge>

const mostCharacters = 200
const keyOf = (memberId: string, kind: PledgeKind) => `pledges/${memberId}-${kind}`

type Parts = {
  store: Store
  clock: Clock
  roster: Pick<Roster, 'find'>
  /** A text as the public pages show it, without names. */
  publicText(text: string): Promise<string>
}
type PledgeDecision = { to: 'shown' | 'agreed'; seen: string }
export type Pledges = ReturnType<typeof openPledges>

/** 承诺 and 示范岗: one text of each kind a member, shown without a name, with the member's consent only. */
export function openPledges({ store, clock, roster, publicText }: Parts) {
  const records = store.collection('pledges', Pledge)
  const all = async () => (await records.list('pledges/')).map(({ value }) => value)

  async function change(
    memberId: string,
    kind: PledgeKind,
    next: (now: Pledge) => Pledge['state'],
  ): Promise<Pledge> {
    const changed = await records.update(keyOf(memberId, kind), now => now && { ...now, state: next(now) })
    if (!changed) throw new Refusal(`还没有写${kind}。想写就私聊发「${kind} 你的话」。`)
    return changed
  }

  return {
    all,
    /** The member agrees to the text as it stands. @throws {@link Refusal} where there is none */
    agree: (memberId: string, kind: PledgeKind): Promise<Pledge> =>
      change(memberId, kind, ({ state }) => (state === 'draft' ? 'agreed' : state)),
    /**
     * An organizer shows it or takes it down.
     * @param to `seen`: the version that the organizer was shown, see {@link pledgeVersion}
     * @throws {@link Refusal} where the member has written another text since, or has not agreed
     */
    decide: (memberId: string, kind: PledgeKind, { to, seen }: PledgeDecision): Promise<Pledge> =>
      change(memberId, kind, now => {
        if (now.state === 'draft' || seen !== pledgeVersion(now))
          throw new Refusal(`这条${kind}刚被本人改过，这次没有执行。请看过下面的，再决定。`)
        return to
      }),
    /** Pledges of one member. */
    of: async (memberId: string): Promise<Pledge[]> => (await all()).filter(one => one.memberId === memberId),
    /** Writes a new draft in the place of what stood there; nothing is shown of it. @throws {@link Refusal} */
    async write(memberId: string, kind: PledgeKind, said: string): Promise<Pledge> {
      const text = withoutIdentifiers((await publicText(said)).trim())
      if (text === '') throw new Refusal(`请把话写在后面，例如「${kind} 每月帮一家新公司看一次申报材料」。`)
      if ([...text].length > mostCharacters) throw new Refusal(`请不要超过 ${mostCharacters} 个字。`)
      const [member] = await roster.find([memberId])
      const byline = member?.space ? `${member.space}的一位成员` : '一位成员'
      const pledge: Pledge = { memberId, kind, text, byline, state: 'draft', at: clock.now().toString() }
      return (await records.update(keyOf(memberId, kind), () => pledge)) ?? pledge
    },
    /** @returns whether there was one */
    async takeBack(memberId: string, kind: PledgeKind): Promise<boolean> {
      const known = await records.get(keyOf(memberId, kind))
      await records.update(keyOf(memberId, kind), () => undefined)
      return known !== undefined
    },
    async move(memberId: string, to: string): Promise<void> {
      for (const one of (await all()).filter(({ memberId: id }) => id === memberId)) {
        await records.update(keyOf(to, one.kind), now => now ?? { ...one, memberId: to })
        await records.update(keyOf(memberId, one.kind), () => undefined)
      }
    },
    /** Pledges on the public pages, by kind and text, so that the order tells nothing. */
    shown: async (): Promise<Pick<Pledge, 'kind' | 'text' | 'byline'>[]> =>
      (await all())
        .filter(({ state }) => state === 'shown')
        .map(({ kind, text, byline }) => ({ kind, text, byline }))
        .sort((a, b) => (a.kind + a.text < b.kind + b.text ? -1 : 1)),
  }
}

/** Tells whether the words of a pledge have changed since a page showed them. */
export const pledgeVersion = ({ text, byline }: Pledge): string => versionOf([text, byline])

/** Words a pledge as it stands on the public page. */
export const sayPledge = ({ kind, text, byline }: Pick<Pledge, 'kind' | 'text' | 'byline'>): string =>
  `【${kind}】${text}\n——${byline}`
