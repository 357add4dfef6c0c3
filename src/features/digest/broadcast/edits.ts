import type { Temporal } from 'temporal-polyfill'
import { Refusal } from '../../../feature.ts'
import type { RecordedActor } from '../../../ports/actor.ts'
import { type Composer, remindersAfter, stillCited } from '../content/composer.ts'
import { withHeadDate } from '../content/layout.ts'
import { dayOf, goodUntil } from '../content/validity.ts'
import type { DigestContext } from '../context.ts'
import { type Plans, wordsBy } from '../schedule/plans.ts'
import type { BroadcastChecks } from './checks.ts'
import { type BroadcastDrafts, checkTime, checkTitle, recipeOf, titleFromText } from './drafts.ts'
import type { AimedGroup, Broadcast } from './records.ts'
import { applyBroadcastEvent, type BroadcastEvent, proposalSealOf } from './state-machine.ts'

/** A change of a broadcast; absent fields stay. */
export type BroadcastEdit = {
  text?: string
  targets?: string
  title?: string
  sendAt?: Temporal.Instant | 'now'
  reminds?: boolean
}
/** The version that the editor was shown: a revision on a page, a seal in chat. */
export type SeenVersion = { revision: number } | { seal: string | undefined }
type EditParts = DigestContext & {
  composer: Composer
  plans: Plans
  checks: Pick<BroadcastChecks, 'goesAt'>
  aim: BroadcastDrafts['aim']
}

/** Edits of broadcasts that are not sent yet, based on the version that the editor was shown. */
export function createEdits({ broadcasts, clock, items, composer, plans, checks, aim }: EditParts) {
  /** @throws {@link Refusal} if the broadcast has changed since, or the edit is invalid */
  async function edit(
    broadcast: Broadcast,
    wanted: BroadcastEdit,
    { by, seen }: { by: RecordedActor; seen: SeenVersion },
  ): Promise<Broadcast> {
    checkSeen(broadcast, seen)
    const sendAt = wanted.sendAt === 'now' ? undefined : wanted.sendAt
    checkTime(sendAt, clock.now())
    checkTitle(wanted.title)
    const aimed = wanted.targets === undefined ? broadcast : await aim(wanted.targets)
    const text =
      wanted.sendAt === undefined ? (wanted.text ?? broadcast.text) : onDay(broadcast, sendAt, wanted.text)
    const { content, until } = await rewritten(broadcast, {
      text,
      groups: aimed.groups,
      reminds: wanted.reminds,
    })
    const more = {
      title: titleFor(broadcast, { title: wanted.title, text }),
      targets: aimed.targets,
      ...(until ? { goodUntil: until } : {}),
    }
    return broadcasts.change(broadcast.number, now => {
      checkSeen(now, { revision: broadcast.revision })
      const edited = applyBroadcastEvent(now, { kind: 'edited', by, content, more }, clock.now())
      if (wanted.sendAt === undefined) return edited
      return applyBroadcastEvent(edited, movedTo(sendAt), clock.now())
    })
  }

  function movedTo(sendAt: Temporal.Instant | undefined): BroadcastEvent {
    const time = sendAt ? { sendAt: sendAt.toString() } : {}
    return { kind: 'rescheduled', sendAt: time.sendAt, goesAt: checks.goesAt(time).toString() }
  }

  /** The text with the new send date in its head. */
  function onDay(broadcast: Broadcast, sendAt: Temporal.Instant | undefined, text = broadcast.text): string {
    if (broadcast.kind !== 'digest') return text
    const next = checks.goesAt(sendAt ? { sendAt: sendAt.toString() } : {})
    return withHeadDate(text, dayOf(checks.goesAt(broadcast)), dayOf(next))
  }

  /** Moves the send time to now. An approval for a later time no longer holds then. */
  async function bringForward(broadcast: Broadcast, by: RecordedActor): Promise<Broadcast> {
    if (onDay(broadcast, undefined) === broadcast.text) {
      return broadcasts.change(broadcast.number, now =>
        applyBroadcastEvent(now, movedTo(undefined), clock.now()),
      )
    }
    return edit(broadcast, { sendAt: 'now' }, { by, seen: { revision: broadcast.revision } })
  }

  async function rewritten(
    broadcast: Broadcast,
    {
      text,
      groups: aimed,
      reminds,
    }: { text: string; groups: readonly AimedGroup[]; reminds: boolean | undefined },
  ) {
    const { cited, items: kept } = await stillCited(text, broadcast.items, items)
    const isSame = cited.length === broadcast.items.length && reminds === undefined
    const day = dayOf(checks.goesAt(broadcast))
    const wants = reminds ?? broadcast.reminders.length > 0
    const reminders = isSame ? broadcast.reminders : wants ? remindersAfter(kept, day) : []
    const content = await composer.contentOf({ text, groups: aimed, items: cited, reminders })
    return { content, until: goodUntil(kept)?.toString() }
  }

  /** Replaces the content by a digest of the items available now. */
  async function recompose(
    broadcast: Broadcast,
    { by, seen }: { by: RecordedActor; seen: SeenVersion },
  ): Promise<Broadcast> {
    checkSeen(broadcast, seen)
    if (!broadcast.stream || broadcast.kind !== 'digest')
      throw new Refusal('只有政策速递这样由条目拼成的推送能重新拟稿。')
    const plan = await plans.get(broadcast.stream)
    const { groups: aimed } = await aim(broadcast.targets)
    const made = await composer.compose(
      { ...recipeOf(plan, broadcast.stream), groups: aimed },
      checks.goesAt(broadcast),
    )
    if (!made) throw new Refusal('没有条目可推了：都推过，或者过了有效期。')
    const more = made.goodUntil ? { goodUntil: made.goodUntil } : {}
    const authors = [...made.authors, ...wordsBy(plan)]
    return broadcasts.change(broadcast.number, now =>
      applyBroadcastEvent(now, { kind: 'edited', by, content: made.content, authors, more }, clock.now()),
    )
  }

  return { edit, bringForward, recompose }
}

/** The wanted title; a title taken from the text follows the text. */
function titleFor(before: Broadcast, { title, text }: { title: string | undefined; text: string }): string {
  const wanted = title?.trim() || before.title
  const isFromText =
    before.kind === 'notice' && wanted === before.title && wanted === titleFromText(before.text)
  return isFromText ? titleFromText(text) : wanted
}

/** @throws {@link Refusal} if the broadcast has changed since it was shown */
function checkSeen(now: Broadcast, seen: SeenVersion) {
  const isSeen = 'revision' in seen ? seen.revision === now.revision : seen.seal === proposalSealOf(now)
  if (isSeen) return
  const who = now.author?.name ?? '别人'
  throw new Refusal(
    'revision' in seen
      ? `${who}刚刚改过推送 ${now.number}，没有保存你的改动。请先看过新的样子，再改。`
      : `推送 ${now.number} 现在的样子你还没有看过，没有改。先说「预览 ${now.number}」。`,
  )
}
