import { Temporal } from 'temporal-polyfill'
import type { Feature } from '../feature.ts'
import { cronDue } from '../jobs.ts'
import { doerNamesOf, erasedName } from '../lib/doer-names.ts'
import type { Clock } from '../ports/clock.ts'
import { contentMark, type PersonalData, type PersonIds } from '../ports/personal-data.ts'
import type { Scheduler } from '../ports/schedule.ts'
import type { Store } from '../ports/store.ts'
import { withoutIdentifiers } from '../text/identifiers.ts'
import { createNameMask, nameParts } from '../text/names/names.ts'
import { broadcastOf, commonShardOf } from './ledger/compacted.ts'
import { compactFinished } from './ledger/compaction.ts'
import { type DeliveryRecord, openContents, openDeliveries, type StoredDelivery } from './ledger/records.ts'
import { isDeliveryOpen } from './ledger/rules.ts'

/** Broadcasts forgotten side by side: one alone waits for the disk, and no other job runs meanwhile. */
const forgottenAtOnce = 16

type SentPrivacy = PersonalData & {
  /**
   * Forgets what was posted before: texts and files, and every record but that a broadcast went to a group.
   * Deliveries that may still be sent are left alone.
   */
  forgetBefore(at: Temporal.Instant): Promise<void>
}

/** Personal data in the outbox: messages to people, and files and receipts about them. */
function outboxPrivacy({ store, clock }: { store: Store; clock: Clock }): SentPrivacy {
  const deliveries = openDeliveries(store)
  const contents = openContents(store)

  const toThem = async (chatIds: readonly string[]) =>
    (await deliveries.list('')).filter(
      ({ value: { target } }) => 'personId' in target && chatIds.includes(target.personId),
    )

  /** A text without a pending delivery. */
  async function dropUnused(broadcastIds: ReadonlySet<string>): Promise<void> {
    for (const id of broadcastIds) {
      const used = new Set((await deliveries.list(`${id}/`)).map(({ value }) => value.contentId))
      for (const { key } of await contents.list(`${id}/`))
        if (!used.has(key.slice(id.length + 1))) await contents.update(key, () => undefined)
    }
  }

  /**
   * Receipts and tallies that name a person, and files whose names are not known. What may still be sent
   * goes out with their initials.
   */
  async function dropNaming({ chatIds, names }: PersonIds): Promise<void> {
    const unnamed = createNameMask(names.map(name => ({ name, mask: initialsOf(name) })))
    const masked = (text: string) => {
      const bare = unnamed(text)
      return bare === text ? text : withoutIdentifiers(bare)
    }
    const byBroadcast = Map.groupBy(await deliveries.list(''), ({ key }) => broadcastOf(key))
    for (const { key, value } of await contents.list('')) {
      const all = byBroadcast.get(broadcastOf(key)) ?? []
      const { text = '', mention = [], file } = value
      const bare = { ...value, text: masked(text), mention: mention.filter(id => !chatIds.includes(id)) }
      const isNamed = bare.text !== text || bare.mention.length < mention.length
      if (!all.every(({ value: { kind } }) => kind === 'prompt') || !(isNamed || file)) continue
      const mayBeSent = all.some(({ value: { state } }) => state === 'due' || state === 'sending')
      if (!mayBeSent) await contents.update(key, () => undefined)
      else if (isNamed) await contents.update(key, now => now && bare)
    }
  }

  /** Keeps that a delivery was sent by hand or again, without the name of the person. */
  async function forgetSenders(names: readonly string[]): Promise<void> {
    for (const { key, value } of await deliveries.list(''))
      if (withoutSenders(value, names) !== value)
        await deliveries.update(key, now => now && withoutSenders(now, names))
  }

  /** Keeps of one broadcast only that it went to groups. */
  async function forgetSent(id: string, all: readonly StoredDelivery[]): Promise<void> {
    for (const { key, value } of all)
      if ('personId' in value.target || value.kind === 'prompt') await deliveries.update(key, () => undefined)
    for (const { key } of await contents.list(`${id}/`)) await contents.update(key, () => undefined)
  }

  return {
    async kept({ chatIds }) {
      const sent = await toThem(chatIds)
      const texts = await Promise.all(
        sent.map(({ key, value }) => contents.get(`${broadcastOf(key)}/${value.contentId}`)),
      )
      return [
        ...(sent.length === 0 ? [] : [`私聊发给你的消息：${sent.length} 条`]),
        ...texts.flatMap(content => (content?.text ? [`${contentMark}${content.text}`] : [])),
      ]
    },
    async forget(person) {
      const theirs = await toThem(person.chatIds)
      for (const { key } of theirs) await deliveries.update(key, () => undefined)
      await dropUnused(new Set(theirs.map(({ key }) => broadcastOf(key))))
      await dropNaming(person)
      await forgetSenders(doerNamesOf(person))
    },
    merge: async () => {},

    async forgetBefore(at) {
      const isOver = ({ value }: StoredDelivery) =>
        Temporal.Instant.compare(value.postedAt, at) < 0 && !isDeliveryOpen(value, clock.now())
      // One that cannot be read keeps no other from being forgotten in its time; the store has raised its alarm.
      const found = await deliveries.list('', { leavesOutUnreadable: true })
      const byBroadcast = Map.groupBy(found, ({ key }) => broadcastOf(key))
      // Those of a common shard side by side: it is written once for them.
      const old = [...byBroadcast]
        .filter(([, all]) => all.every(isOver))
        .sort(([a], [b]) => (commonShardOf(a) < commonShardOf(b) ? -1 : 1))
      for (let from = 0; from < old.length; from += forgottenAtOnce)
        await Promise.all(old.slice(from, from + forgottenAtOnce).map(one => forgetSent(...one)))
    },
  }
}

/** Takes these names out of a delivery as those of who set its state; the delivery itself where none did. */
function withoutSenders(delivery: DeliveryRecord, names: readonly string[]): DeliveryRecord {
  const isTheirs = (by: string | undefined) => by !== undefined && names.includes(by)
  const { by, history } = delivery
  if (!isTheirs(by) && !history.some(({ again }) => isTheirs(again))) return delivery
  return {
    ...delivery,
    ...(isTheirs(by) ? { by: erasedName } : {}),
    history: history.map(past => (isTheirs(past.again) ? { ...past, again: erasedName } : past)),
  }
}

/** 「林＊美」 for 「优空间-林小美」: known to those who know the person, and not to be found by. */
function initialsOf(name: string): string {
  const own = [...(nameParts(name).at(-1) ?? name)]
  return own.length > 2 ? `${own[0]}＊${own.at(-1)}` : `${own[0] ?? ''}＊`
}

type FeatureParts = {
  store: Store
  clock: Clock
  scheduler: Scheduler
  /** Days for which sent texts are kept. */
  keepDays: number
}

/** Sent messages as personal data: shown, erased, and deleted when their time is over. */
export function sentMessages({ store, clock, scheduler, keepDays }: FeatureParts): Feature {
  const sent = outboxPrivacy({ store, clock })
  return {
    name: 'sent-messages',
    personal: sent,
    jobs: [
      {
        name: 'sent-retention',
        deletes: true,
        title: '',
        maxLateMinutes: 24 * 60,
        due: cronDue(scheduler, '10 4 * * *'),
        run: () => sent.forgetBefore(clock.now().subtract({ hours: 24 * keepDays })),
      },
      {
        name: 'sent-compaction',
        title: '',
        maxLateMinutes: 24 * 60,
        due: cronDue(scheduler, '20 4 * * *'),
        run: () => compactFinished(store, clock),
      },
    ],
  }
}
