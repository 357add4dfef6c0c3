import type { Temporal } from 'temporal-polyfill'
import { isOffice } from '../../../approval.ts'
import type { RecordedActor } from '../../../ports/actor.ts'
import type { ChatFile } from '../../../ports/chat.ts'
import { longestText } from '../content/layout.ts'
import type { DigestContext } from '../context.ts'
import type { Broadcast } from './records.ts'
import { authorsOf, proposalSealOf } from './state-machine.ts'

export type BroadcastNotifier = ReturnType<typeof createNotifier>

/** Private messages to organizers and reviewers, each sent once. */
export function createNotifier({ outbox, directory, clock }: DigestContext) {
  async function tell(people: readonly string[], key: string, texts: readonly string[]) {
    const notAfter = clock.now().add({ hours: 24 })
    await outbox.post(
      people.flatMap(personId =>
        texts.map((text, i) => ({
          key: `${key}/${personId}${i === 0 ? '' : `~${i + 1}`}`,
          target: { personId },
          kind: 'broadcast' as const,
          reply: { text },
          notAfter,
        })),
      ),
    )
  }

  /** When a notice that is posted now arrives: by night it waits. Words like 「明早」 are of that time. */
  const arrivesAt = (): Temporal.Instant => outbox.window(clock.now()).opensAt

  /** Organizers and reviewers, without duplicates. */
  async function approvers(): Promise<string[]> {
    const holders = await Promise.all([directory.holders('organizer'), directory.holders('reviewer')])
    return [...new Set(holders.flat())]
  }

  return {
    arrivesAt,
    /** Tells every organizer, and the author if there is one, once per key. */
    async organizers(key: string, text: string, author?: RecordedActor) {
      const own = author && !isOffice(author) ? [author.id] : []
      const people = new Set([...(await directory.holders('organizer')), ...own])
      await tell([...people], `digest-note-${key}`, [text])
    },

    /** Tells the approver of what was changed without a new review. */
    async approver({ approval }: Broadcast, key: string, text: string) {
      if (approval) await tell([approval.by.id], `digest-note-${key}`, [text])
    },

    /** Tells every organizer and reviewer but this one, once per key. */
    async others(by: RecordedActor, key: string, text: string) {
      const people = (await approvers()).filter(id => id !== by.id)
      await tell(people, `digest-note-${key}`, [text])
    },

    /** Asks everyone but an only author to approve this content. */
    async review(broadcast: Broadcast, head: string) {
      const authors = authorsOf(broadcast)
      const isOnlyAuthor = (id: string) => authors.length > 0 && authors.every(author => author.id === id)
      const people = (await approvers()).filter(id => !isOnlyAuthor(id))
      const ask = `${head}\n同意说「通过 ${broadcast.number}」，不同意说「驳回 ${broadcast.number} 原因」，要看全说「预览 ${broadcast.number}」。`
      const whole = `${ask}\n\n${broadcast.parts[0] ?? ''}`
      const isWhole =
        broadcast.parts.length === 1 &&
        !broadcast.picture &&
        (broadcast.files ?? []).length === 0 &&
        whole.length <= longestText
      await tell(people, isWhole ? letterKey(broadcast) : reviewKey(broadcast), [isWhole ? whole : ask])
    },

    /** Whether a letter with exactly this full text and send time has reached the person. */
    async wasLetterRead(broadcast: Broadcast, personId: string): Promise<boolean> {
      const key = `${letterKey(broadcast)}/${personId}`
      const letter = (await outbox.deliveries(letterKey(broadcast))).find(delivery => delivery.key === key)
      return letter?.state === 'sent' || letter?.state === 'confirmed'
    },

    /** Cancels review requests that are not sent yet. */
    async dropReview(broadcast: Broadcast) {
      await outbox.cancel(reviewKey(broadcast))
      await outbox.cancel(letterKey(broadcast))
    },

    /** Sends a rehearsal, marked as such, to the organizers' group, else to each organizer in private. */
    async rehearse(
      broadcast: Broadcast,
      places: {
        groupIds: readonly string[]
        key: string
        picture: Uint8Array | undefined
        files: readonly ChatFile[]
      },
    ): Promise<'group' | 'private'> {
      const { groupIds, key, picture, files } = places
      const mark = `【演练，不是正式推送】推送 ${broadcast.number} 到时会是这样：`
      const people = groupIds.length > 0 ? [] : await directory.holders('organizer')
      const targets = [...groupIds.map(groupId => ({ groupId })), ...people.map(personId => ({ personId }))]
      const notAfter = clock.now().add({ hours: 1 })
      const replies = [
        ...broadcast.parts.map(text => ({ text: `${mark}\n\n${text}` })),
        ...(picture ? [{ text: mark, file: pictureFile(broadcast, picture) }] : []),
        ...files.map(file => ({ text: mark, file })),
      ]
      await outbox.post(
        targets.flatMap(target =>
          replies.map((reply, i) => ({
            key: `${key}/${'groupId' in target ? target.groupId : target.personId}${i === 0 ? '' : `~${i + 1}`}`,
            target,
            // Requested interactively, so not held by quiet hours.
            kind: 'prompt' as const,
            reply,
            notAfter,
          })),
        ),
      )
      return groupIds.length > 0 ? 'group' : 'private'
    },
  }
}

/** Key of a letter with the full text; its recipient counts as having been shown the text. */
const letterKey = (broadcast: Broadcast) =>
  `digest-letter-${broadcast.number}-${proposalSealOf(broadcast).slice(0, 8)}`

const reviewKey = (broadcast: Broadcast) =>
  `digest-review-${broadcast.number}-${proposalSealOf(broadcast).slice(0, 8)}`

/** The picture file that groups receive. */
export function pictureFile({ title, number }: Pick<Broadcast, 'title' | 'number'>, bytes: Uint8Array) {
  return { name: `${title.replaceAll(/[\\/:*?"<>|\s]/gu, '')}-${number}.png`, mimeType: 'image/png', bytes }
}

/** A time as part of a key, safe as a file name. */
export const keyOfTime = (at: Temporal.Instant) => at.toString().replaceAll(/\D/gu, '-')
