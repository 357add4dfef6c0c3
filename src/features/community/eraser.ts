import { randomUUID } from 'node:crypto'
import { Refusal } from '../../feature.ts'
import { doerNamesOf, forgetDoers, withoutDoers } from '../../lib/doer-names.ts'
import { forEachItem } from '../../lib/queue.ts'
import type { Outbox } from '../../outbox/index.ts'
import type { Clock } from '../../ports/clock.ts'
import type { PersonTurns } from '../../ports/person-turns.ts'
import type { PersonalData, PersonIds } from '../../ports/personal-data.ts'
import { tellOrganizers } from './erasure-notice.ts'
import type { IdentityLinks } from './identities/identity-links.ts'
import type { IdentityLedger } from './identities/ledger.ts'
import type { RoleAddresses } from './identities/role-addresses.ts'
import type { ErasedPeople } from './privacy/erased.ts'
import type { Exports } from './privacy/exports.ts'
import type { Erasure } from './records/identity-records.ts'
import {
  type CommunityRecords,
  claimKey,
  erasureKey,
  memberKey,
  moveKey,
  notTheSameKey,
  type Officers,
  officersKey,
} from './records/records.ts'
import { withoutPerson } from './role-consents.ts'
import { officeMayNot } from './role-words.ts'
import type { RosterStore } from './roster/book.ts'

const unreadWords = '还有一部分现在读不出来，组织者修好以后再发一次就能看到。'
const unfinishedWords =
  '大部分删掉了，还有一处现在删不了。已经记下，我会自己接着试，删完为止；不用再发，着急请找组织者。'

type Parts = {
  records: CommunityRecords
  roleAddresses: Pick<RoleAddresses, 'holders'>
  ledger: IdentityLedger
  links: Pick<IdentityLinks, 'close'>
  book: RosterStore
  outbox: Outbox
  clock: Clock
  personal: () => readonly PersonalData[]
  erased: ErasedPeople
  exports: Pick<Exports, 'forgetDoers'>
  turns: PersonTurns
}
type HowToErase = {
  own?: { id: string } | undefined
  /** A restored backup brought them back: the organizers know already. Default false. */
  isAgain?: boolean
}
export type Eraser = ReturnType<typeof createEraser>

/** Erases all that is kept of a person, in every feature; begun, it is brought to its end whatever happens. */
export function createEraser(parts: Parts) {
  const { records, ledger, links, book, clock, personal, erased, exports, turns } = parts
  const { erasures, officers, members, groupMembers, claims, notTheSame, moves } = records

  async function idsOf(memberId: string): Promise<PersonIds> {
    const identities = await ledger.of(memberId)
    const row = (await book.byId()).get(memberId)
    const known = await members.get(memberKey(memberId))
    const seen = identities.flatMap(({ names }) => names.map(({ name }) => name))
    const names = [...seen, row?.name ?? '', known?.name ?? ''].filter(name => name !== '')
    return { memberId, chatIds: identities.map(({ senderId }) => senderId), names: [...new Set(names)] }
  }

  /**
   * Those of a person's names that another row of the roster or another officer bears now; of the names seen in groups,
   * also those that another person goes by. Records keep a doer by name, and would lose the other's.
   */
  async function sharedNames({ memberId, chatIds, names }: PersonIds): Promise<string[]> {
    const own = [(await book.byId()).get(memberId)?.name, (await members.get(memberKey(memberId)))?.name]
    const rows = [...(await book.byId()).values()].filter(({ id }) => id !== memberId)
    const holders = (await officers.get(officersKey))?.holders ?? []
    const others = holders.filter(({ senderId }) => !chatIds.includes(senderId))
    const borne = new Set([...rows, ...others].map(({ name }) => name))
    const strangers = (await ledger.all()).filter(identity => identity.memberId !== memberId)
    const seen = new Set(strangers.map(identity => identity.names.at(-1)?.name))
    return names.filter(name => borne.has(name) || (seen.has(name) && !own.includes(name)))
  }

  /**
   * The features first: while they forget, it is still known whom. One that cannot, as its records cannot be read,
   * keeps the others from nothing; the erasure stands until it can.
   * @param areHandled whether all that the person said before is handled; if not, the erasure stands, too, and is
   *   carried out once more
   */
  async function carryOut(erasure: Erasure, areHandled: boolean): Promise<void> {
    const { memberId, chatIds, names, alias } = erasure
    const shared = await sharedNames({ memberId, chatIds, names })
    const doerNames = names.filter(name => !shared.includes(name))
    const whose: PersonIds = { memberId, chatIds, names, doerNames }
    await erased.note(erasure)
    await links.close(memberId)
    const faults: unknown[] = []
    for (const kept of personal()) await kept.forget(whose, alias).catch(cause => faults.push(cause))
    await dismissAll(memberId, chatIds)
    if (faults.length > 0) throw new AggregateError(faults, 'an erasure is not carried out everywhere yet')
    await forgetHere(whose)
    await forgetDeeds(whose)
    if (areHandled) await erasures.update(erasureKey(memberId), () => undefined)
  }

  async function dismissAll(memberId: string, chatIds: readonly string[]): Promise<void> {
    const now = await officers.get(officersKey)
    const without = (all: Officers) => withoutPerson(all, { memberId, chatIds }, clock.now())
    if (now && without(now) !== now) await officers.update(officersKey, all => all && without(all))
  }

  async function forgetHere({ memberId, chatIds }: Pick<PersonIds, 'memberId' | 'chatIds'>): Promise<void> {
    for (const { key, value } of await groupMembers.list(''))
      if (value.memberId === memberId) await groupMembers.update(key, () => undefined)
    await members.update(memberKey(memberId), () => undefined)
    for (const { key, value } of await moves.list('moves/'))
      if (value.into === memberId || value.from === memberId) await moves.update(key, () => undefined)
    await moves.update(moveKey(memberId), () => undefined)
    for (const chatId of chatIds) {
      await claims.update(claimKey(chatId), () => undefined)
      await ledger.remove(chatId)
    }
    for (const { key, value } of await claims.list('claims/'))
      if (value.rowId === memberId) await claims.update(key, () => undefined)
    const theirKeys = chatIds.map(chatId => notTheSameKey(chatId, ''))
    for (const { key, value } of await notTheSame.list(''))
      if (value.memberId === memberId || theirKeys.some(prefix => key.startsWith(prefix)))
        await notTheSame.update(key, () => undefined)
    if ((await book.byId()).has(memberId))
      await book.change(now => now && { ...now, rows: now.rows.filter(({ id }) => id !== memberId) })
  }

  /** Keeps their deeds as an organizer, without their name. */
  async function forgetDeeds(person: PersonIds): Promise<void> {
    const names = doerNamesOf(person)
    await forgetDoers(records.groups, names)
    await forgetDoers(officers, names)
    await forgetDoers(notTheSame, names)
    await exports.forgetDoers(names)
    await book.change(now => now && withoutDoers(now, names))
  }

  /** Waits until earlier messages of the person are handled, so that their handlers keep nothing after the erasure. */
  async function erase(memberId: string, { own, ...how }: HowToErase = {}): Promise<void> {
    const { chatIds } = await idsOf(memberId)
    await turns.between(chatIds, own, areHandled => eraseHandled(memberId, { ...how, areHandled }))
  }

  async function eraseHandled(
    memberId: string,
    { isAgain, areHandled }: { isAgain?: boolean; areHandled: boolean },
  ): Promise<void> {
    // Records still kept under a former id would escape, and be merged into the erased id afterwards.
    await links.close(memberId)
    const row = (await book.byId()).get(memberId)
    const { chatIds, names } = await idsOf(memberId)
    const at = clock.now().toString()
    const fresh = {
      memberId,
      chatIds: [...chatIds],
      names: [...names],
      at,
      isAgreed: true,
      alias: randomUUID(),
    }
    const begun = (await erasures.update(erasureKey(memberId), now => (now?.isAgreed ? now : fresh))) ?? fresh
    const shared = await sharedNames({ memberId, chatIds, names })
    const said = row?.space ? `${row.name}（${row.space}）` : row?.name
    if (said !== undefined && !isAgain) await tellOrganizers(parts, { memberId, said, shared })
    await carryOut(begun, areHandled).catch(cause => {
      throw new Refusal(unfinishedWords, { cause })
    })
  }

  return {
    idsOf,

    /**
     * Everything that is kept of this member, for themselves, feature by feature.
     * @param chatId only what came from this chat, or stands under the member's id
     */
    async kept(memberId: string, chatId?: string): Promise<string[]> {
      const whose = await idsOf(memberId)
      const asked = chatId === undefined ? whose : { ...whose, chatIds: [chatId] }
      const lines = await Promise.allSettled(personal().map(feature => feature.kept(asked)))
      const isWhole = lines.every(({ status }) => status === 'fulfilled')
      return [
        ...lines.flatMap(one => (one.status === 'fulfilled' ? one.value : [])),
        ...(isWhole ? [] : [unreadWords]),
      ]
    },

    /**
     * @throws {@link Refusal} for the last person who can appoint others, and for the shared
     *   log-in where a role goes along
     */
    async checkMayGo(memberId: string, by?: { isOffice: boolean }): Promise<void> {
      const { chatIds } = await idsOf(memberId)
      const holders = (await officers.get(officersKey))?.holders
      if (by?.isOffice && holders?.some(({ senderId }) => chatIds.includes(senderId)))
        throw new Refusal(officeMayNot)
      const organizers = holders?.filter(({ role }) => role === 'organizer')
      const isOnly =
        organizers?.length === 1 && organizers.every(({ senderId }) => chatIds.includes(senderId))
      if (isOnly)
        throw new Refusal(
          '你是唯一的组织者，删除以后就没人管事了。请先让另一位同事发「申请组织者」，同意后再删。',
        )
    },

    /**
     * Erases now; resolves when nothing is left.
     * @param own the message in which the person confirmed it. Default: it was asked for on the console
     */
    erase: (memberId: string, own?: { id: string }) => erase(memberId, { own }),

    /** Erases a person who asked for it. @throws {@link Refusal} where the person has not, or has been answered */
    async eraseRequested(memberId: string): Promise<void> {
      if (!(await erasures.get(erasureKey(memberId))))
        throw new Refusal('这一位没有要求删除个人信息，或者已经办过了，请刷新页面。')
      await erase(memberId)
    },

    /** Erases those again whom a restored backup brought back. */
    replay: () => erased.replay({ ledger, book, members }, memberId => erase(memberId, { isAgain: true })),

    /** Waits for an organizer to see whether it is that person who asks. */
    async request(memberId: string, chatId: string): Promise<void> {
      const at = clock.now().toString()
      const asked = { memberId, chatIds: [chatId], names: [], at, isAgreed: false, alias: randomUUID() }
      await erasures.update(erasureKey(memberId), now => now ?? asked)
    },
    async requests(): Promise<Erasure[]> {
      const all = (await erasures.list('erasures/')).map(({ value }) => value)
      return all.filter(({ isAgreed }) => !isAgreed)
    },
    async decline(memberId: string): Promise<void> {
      await erasures.update(erasureKey(memberId), now => (now?.isAgreed ? now : undefined))
    },

    /** Ends what a crash or an unreadable record interrupted. @throws where one cannot be ended yet; the others are */
    async goOn(): Promise<void> {
      const begun = (await erasures.list('erasures/')).filter(({ value }) => value.isAgreed)
      const finish = (erasure: Erasure) =>
        turns.between(erasure.chatIds, undefined, areHandled => carryOut(erasure, areHandled))
      await forEachItem(begun, ({ value }) => finish(value), 'erasures')
    },
  }
}
