import { Temporal } from 'temporal-polyfill'
import type { ApprovalVerdict } from '../../../approval.ts'
import { Refusal } from '../../../feature.ts'
import type { RecordedActor } from '../../../ports/actor.ts'
import { sayTime } from '../../../text/dates/time.ts'
import type { DigestContext } from '../context.ts'
import type { BroadcastChecks } from './checks.ts'
import type { BroadcastNotifier } from './notifier.ts'
import type { Broadcast } from './records.ts'
import {
  applyBroadcastEvent,
  authorsOf,
  type BroadcastEvent,
  judgeApprovalOf,
  proposalSealOf,
} from './state-machine.ts'
import { sayAuthors, sayStillOne, sayTwo } from './words.ts'

const mayBeSent =
  '\n注意：刚恢复了备份，这一次在备份之后可能已经发过。请先到群里看一眼，再到控制台「推送」定发不发。'

type ReviewParts = DigestContext & {
  checks: BroadcastChecks
  sendOut(broadcast: Broadcast): Promise<Broadcast>
  notifier: BroadcastNotifier
  existing(number: number): Promise<Broadcast>
  apply(number: number, event: BroadcastEvent): Promise<Broadcast>
}

/** The review by a second person: request, approval, rejection. */
export function createReview(parts: ReviewParts) {
  const { clock, directory, broadcasts, checks, sendOut, notifier, mayAuthorApprove, existing, apply } = parts

  /** @param before the broadcast before the change; undefined where nothing was changed */
  async function ask(broadcast: Broadcast, before?: Broadcast): Promise<void> {
    const when = `${sayWhenAsked(broadcast)}${before ? sayMoved(before, broadcast) : ''}`
    const head = `推送 ${broadcast.number}「${broadcast.title}」等审核：${sayAuthors(broadcast)}，${when}，发到 ${broadcast.groups.length} 个群。${broadcast.heldFromBackupOf ? mayBeSent : ''}`
    await notifier.review(broadcast, mayAuthorApprove ? head : `${head}${sayTwo(broadcast)}`)
  }

  /** The last author was shown exactly the present content and send time. */
  async function wasSeenByAuthor(broadcast: Broadcast): Promise<boolean> {
    const last = authorsOf(broadcast).at(-1)
    if (!last) return false
    // A letter that arrived does not count: it may lie unread.
    return (await broadcasts.seenSeal(broadcast.number, last.id)) === proposalSealOf(broadcast)
  }

  async function approverOf(broadcast: Broadcast, by: RecordedActor) {
    const identities = await directory.identitiesOf(by.id)
    return {
      by,
      identities,
      wasSeenByAuthor: await wasSeenByAuthor(broadcast),
      mayBeAuthor: mayAuthorApprove,
    }
  }

  /** The worth of an approval by this person. */
  const verdictOn = async (broadcast: Broadcast, by: RecordedActor): Promise<ApprovalVerdict> =>
    judgeApprovalOf(broadcast, await approverOf(broadcast, by))

  /** The letter waits for the end of the night as the push does: who reads it approves what goes out at once. */
  const sayWhenAsked = (broadcast: Broadcast): string =>
    broadcast.sendAt ? `${sayTime(checks.goesAt(broadcast), notifier.arrivesAt())} 发` : '通过以后就发'

  /** 「（原来 周五 16:30）」 where the send time was changed. */
  function sayMoved(before: Broadcast, { sendAt }: Broadcast): string {
    if (before.sendAt === sendAt) return ''
    return `（原来${before.sendAt ? ` ${sayTime(Temporal.Instant.from(before.sendAt), notifier.arrivesAt())}` : '是通过就发'}）`
  }

  /** Requests the review again after a change, or tells the approver of a later send time. */
  async function asked(broadcast: Broadcast, before?: Broadcast, by?: RecordedActor): Promise<Broadcast> {
    const { number, title, state, revision, approval } = broadcast
    if (before && (state === 'review' || before.state === 'review')) await notifier.dropReview(before)
    if (state === 'review') await ask(broadcast, before)
    else if (approval && approval.by.id !== by?.id && before && before.sendAt !== broadcast.sendAt) {
      const text = `推送 ${number}「${title}」改到 ${sayTime(checks.goesAt(broadcast), notifier.arrivesAt())} 发${sayMoved(before, broadcast)}，内容没变，你的通过还算数。不同意说「驳回 ${number} 原因」。`
      await notifier.approver(broadcast, `moved-${number}-${revision}`, text)
    }
    return broadcast
  }

  async function submit(number: number): Promise<Broadcast> {
    const broadcast = await existing(number)
    await checkItems(broadcast)
    return asked(await apply(number, { kind: 'submitted' }))
  }

  async function checkItems(broadcast: Broadcast) {
    const faults = await checks.faultsOf(broadcast)
    if (faults.length > 0) {
      throw new Refusal(
        `推送 ${broadcast.number} 现在不能发：${faults.join('；')}。请改过正文，或者重新拟稿。`,
      )
    }
  }

  /** @param seal identifies the content and send time that this person was shown */
  async function approve(number: number, by: RecordedActor, seal: string): Promise<Broadcast> {
    const broadcast = await existing(number)
    const event = { kind: 'approved', seal, ...(await approverOf(broadcast, by)) } as const
    applyBroadcastEvent(broadcast, event, clock.now())
    await checkItems(broadcast)
    const approved = await apply(number, event)
    if (approved.state === 'review') {
      const text = `推送 ${number}「${approved.title}」${by.name} 同意了，${sayStillOne(approved, by.name)}看过原文同意的话，私聊我说「通过 ${number}」。`
      await notifier.others(by, `agreed-${number}-${approved.revision}`, text)
      return approved
    }
    await notifier.dropReview(approved)
    const isDue = !approved.sendAt || clock.now().since(approved.sendAt).sign >= 0
    return isDue && !approved.isPaused ? sendOut(approved) : approved
  }

  async function reject(number: number, by: RecordedActor, reason: string): Promise<Broadcast> {
    const rejected = await apply(number, { kind: 'rejected', by, reason })
    await notifier.dropReview(rejected)
    const text = `推送 ${number}「${rejected.title}」被 ${by.name} 驳回：${reason}\n改好以后说「送审 ${number}」。`
    await notifier.organizers(`rejected-${number}-${rejected.revision}`, text)
    return rejected
  }

  return { ask, asked, submit, approve, reject, verdictOn, wasLetterRead: notifier.wasLetterRead }
}
