import { Temporal } from 'temporal-polyfill'
import type { Command, Sweep } from '../../../feature.ts'
import type { Outbox } from '../../../outbox/index.ts'
import type { Target } from '../../../ports/chat.ts'
import type { Clock } from '../../../ports/clock.ts'
import { dayInShanghai } from '../../../text/dates/time.ts'
import type { IdentityLedger } from '../identities/ledger.ts'
import { type CommunityRecords, handleOf, noticeKey } from '../records/records.ts'

const maxLateHours = 24
/** The least time until a group gets the notice again, where a new person has spoken there since. */
const againAfterDays = 7

type Parts = {
  records: Pick<CommunityRecords, 'groups' | 'notices'>
  ledger: IdentityLedger
  outbox: Outbox
  clock: Clock
  /** Whether the bot receives messages of this group. */
  receivesFrom(groupId: string): boolean
  /** See `sayPrivacyNotice`. */
  text(): string
}

/**
 * The notice at first contact: once a group, again for those who joined later, and once to everybody who writes in
 * private.
 */
export function createPrivacyNotice({ records, ledger, outbox, clock, text, receivesFrom }: Parts) {
  const { groups, notices } = records
  /** Heard in private since the last sweep. In memory: after a crash the next word counts. */
  const inPrivate = new Set<string>()

  /** @returns whether this group is to be told now; it counts as told from then on */
  async function claim(groupId: string): Promise<boolean> {
    let isFirst = false
    await notices.update(noticeKey(groupId), now => {
      isFirst = now === undefined
      return now ?? { at: clock.now().toString() }
    })
    return isFirst
  }

  async function post(key: string, target: Target): Promise<void> {
    const notAfter = clock.now().add({ hours: maxLateHours })
    await outbox.post([
      { key: `privacy-notice-${key}`, target, kind: 'broadcast', reply: { text: text() }, notAfter },
    ])
  }

  /** The notice is posted first: its key is unique, so that a crash in between sends none twice. */
  async function tellNewGroups(): Promise<void> {
    for (const { value: group } of await groups.list('groups/')) {
      if (!receivesFrom(group.id) || (await notices.get(noticeKey(group.id)))) continue
      await post(`${handleOf(group.id)}/group`, { groupId: group.id })
      await claim(group.id)
    }
  }

  async function tellPrivateChats(): Promise<void> {
    for (const senderId of inPrivate) {
      inPrivate.delete(senderId)
      const identity = await ledger.get(senderId)
      if (!identity || identity.toldAt !== undefined) continue
      await post(`${handleOf(senderId)}/person`, { personId: senderId })
      await ledger.told(senderId)
    }
  }

  /** Tells members who first spoke after the group's last notice: they may not have read it. */
  async function tellJoiners(at: Temporal.Instant): Promise<void> {
    const latest = await latestFirstWords(ledger)
    for (const { value: group } of await groups.list('groups/')) {
      const told = await notices.get(noticeKey(group.id))
      const joined = latest.get(group.id)
      const again = told && Temporal.Instant.from(told.at).add({ hours: 24 * againAfterDays })
      if (!again || !joined || Temporal.Instant.compare(again, at) > 0 || joined <= told.at) continue
      await post(`${handleOf(group.id)}-${dayInShanghai(at)}/group`, { groupId: group.id })
      await notices.update(noticeKey(group.id), () => ({ at: at.toString() }))
    }
  }

  const command: Command = {
    words: ['隐私说明', '隱私說明'],
    takes: 'nothing',
    role: 'maker',
    where: 'anywhere',
    help: '隐私说明 —— 我记大家什么、谁负责、留多久',
    run: text,
  }
  const sweeps: Sweep[] = [
    {
      name: 'privacy-notice',
      everySeconds: 60,
      async run() {
        await tellNewGroups()
        await tellPrivateChats()
      },
    },
    { name: 'privacy-notice-joiners', everySeconds: 3600, run: tellJoiners },
  ]
  return {
    claim,
    text,
    command,
    sweeps,
    notePrivateMessage: (senderId: string) => void inPrivate.add(senderId),
  }
}
export type PrivacyNotice = ReturnType<typeof createPrivacyNotice>

/** When a new person last spoke for the first time, by group. */
async function latestFirstWords(ledger: IdentityLedger): Promise<Map<string, string>> {
  const latest = new Map<string, string>()
  for (const { names } of await ledger.all()) {
    const firsts = new Map<string, string>()
    for (const { groupId, seenAt } of names)
      if (groupId !== undefined && !firsts.has(groupId)) firsts.set(groupId, seenAt)
    for (const [groupId, seenAt] of firsts)
      if (seenAt > (latest.get(groupId) ?? '')) latest.set(groupId, seenAt)
  }
  return latest
}
