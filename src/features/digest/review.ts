import { Refusal } from '../../feature.ts'
import { sayTime } from '../../text/dates/time.ts'
import type { DigestContext } from './context.ts'
import type { BroadcastNotifier } from './notifier.ts'
import type { Publisher } from './publisher.ts'
import type { Broadcast, BroadcastActor } from './records.ts'
import { type BroadcastEvent, step } from './rules.ts'

type ReviewParts = DigestContext & {
  goingOut: Publisher
  telling: BroadcastNotifier
  existing(number: number): Promise<Broadcast>
  happen(number: number, event: BroadcastEvent): Promise<Broadcast>
}

/** The second person's look: asking for it, and what it decides. */
export function createReview(parts: ReviewParts) {
  const { clock, goingOut, telling, mayAuthorApprove, existing, happen } = parts

  async function ask(broadcast: Broadcast): Promise<void> {
    const when = broadcast.sendAt ? `${sayTime(goingOut.goesAt(broadcast), clock.now())} 发` : '通过以后就发'
    const who = broadcast.author ? `${broadcast.author.name} 写的` : '机器人拟的'
    const head = `推送 ${broadcast.number}「${broadcast.title}」等审核：${who}，${when}，发到 ${broadcast.groups.length} 个群。`
    await telling.review(broadcast, head)
  }

  /** What is in review is asked for again whenever it changes. */
  async function asked(broadcast: Broadcast): Promise<Broadcast> {
    if (broadcast.state === 'review') await ask(broadcast)
    return broadcast
  }

  async function submit(number: number): Promise<Broadcast> {
    const broadcast = await existing(number)
    await checkItems(broadcast)
    return asked(await happen(number, { kind: 'submitted' }))
  }

  async function checkItems(broadcast: Broadcast) {
    const faults = await goingOut.faultsOf(broadcast)
    if (faults.length > 0) {
      throw new Refusal(
        `推送 ${broadcast.number} 现在不能发：${faults.join('；')}。请改过正文，或者重新拟稿。`,
      )
    }
  }

  /** @param seal of the content that this person was shown */
  async function approve(number: number, by: BroadcastActor, seal: string): Promise<Broadcast> {
    const broadcast = await existing(number)
    const event = {
      kind: 'approved',
      by,
      seal,
      mayBeAuthor: mayAuthorApprove,
    } as const
    step(broadcast, event, clock.now())
    await checkItems(broadcast)
    const approved = await happen(number, event)
    await telling.dropReview(approved)
    const isDue = !approved.sendAt || clock.now().since(approved.sendAt).sign >= 0
    return isDue && !approved.isPaused ? goingOut.sendOut(approved) : approved
  }

  async function reject(number: number, by: BroadcastActor, reason: string): Promise<Broadcast> {
    const rejected = await happen(number, { kind: 'rejected', by, reason })
    await telling.dropReview(rejected)
    const text = `推送 ${number}「${rejected.title}」被 ${by.name} 驳回：${reason}\n改好以后说「送审 ${number}」。`
    await telling.organizers(`rejected-${number}-${rejected.revision}`, text)
    return rejected
  }

  return { ask, asked, submit, approve, reject, wasLetterRead: telling.wasLetterRead }
}
