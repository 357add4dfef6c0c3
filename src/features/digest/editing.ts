import type { Temporal } from 'temporal-polyfill'
import { Refusal } from '../../feature.ts'
import { type Composer, remindersAfter, stillCited } from './composer.ts'
import type { DigestContext } from './context.ts'
import { type BroadcastDrafts, checkTime, recipeOf } from './drafts.ts'
import { redated } from './layout.ts'
import type { Plans } from './plans.ts'
import type { Publisher } from './publisher.ts'
import type { AimedGroup, Broadcast, BroadcastActor } from './records.ts'
import { sealOf, step } from './rules.ts'
import { dayOf, goodUntil } from './validity.ts'

/** What people may change of a broadcast; what is left out stays. */
export type BroadcastEdit = {
  text?: string
  targets?: string
  title?: string
  sendAt?: Temporal.Instant | 'now'
  reminds?: boolean
}
/** What the person who edits has seen: a revision on a page, the content in chat. */
export type SeenVersion = { revision: number } | { seal: string | undefined }
type EditingParts = DigestContext & {
  composer: Composer
  plans: Plans
  goingOut: Publisher
  making: BroadcastDrafts
}

/** Changes broadcasts that are not sent yet; whoever looked at something older changes nothing. */
export function createEditing({ book, clock, items, composer, plans, goingOut, making }: EditingParts) {
  /** @throws {@link Refusal} when somebody changed it since the person looked, or what is wanted can not be */
  async function edit(
    broadcast: Broadcast,
    wanted: BroadcastEdit,
    { by, seen }: { by: BroadcastActor; seen: SeenVersion },
  ): Promise<Broadcast> {
    checkSeen(broadcast, seen)
    const sendAt = wanted.sendAt === 'now' ? undefined : wanted.sendAt
    checkTime(sendAt, clock.now())
    const aimed = wanted.targets === undefined ? broadcast : await making.aim(wanted.targets)
    const text =
      wanted.sendAt === undefined ? (wanted.text ?? broadcast.text) : onDay(broadcast, sendAt, wanted.text)
    const { content, until } = await rewritten(broadcast, {
      text,
      groups: aimed.groups,
      reminds: wanted.reminds,
    })
    const more = {
      title: wanted.title?.trim() || broadcast.title,
      targets: aimed.targets,
      ...(until ? { goodUntil: until } : {}),
    }
    return book.change(broadcast.number, now => {
      checkSeen(now, { revision: broadcast.revision })
      const edited = step(now, { kind: 'edited', by, content, more }, clock.now())
      if (wanted.sendAt === undefined) return edited
      return step(edited, { kind: 'rescheduled', sendAt: sendAt?.toString() }, clock.now())
    })
  }

  /** The text with the day on which it goes out now. */
  function onDay(broadcast: Broadcast, sendAt: Temporal.Instant | undefined, text = broadcast.text): string {
    if (broadcast.kind !== 'digest') return text
    const next = goingOut.goesAt(sendAt ? { sendAt: sendAt.toString() } : {})
    return redated(text, dayOf(goingOut.goesAt(broadcast)), dayOf(next))
  }

  /** Brings its time forward to now. A digest that names another day in its head must be looked at again. */
  async function bringForward(broadcast: Broadcast, by: BroadcastActor): Promise<Broadcast> {
    if (onDay(broadcast, undefined) === broadcast.text) {
      return book.change(broadcast.number, now =>
        step(now, { kind: 'rescheduled', sendAt: undefined }, clock.now()),
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
    const day = dayOf(goingOut.goesAt(broadcast))
    const wants = reminds ?? broadcast.reminders.length > 0
    const reminders = isSame ? broadcast.reminders : wants ? remindersAfter(kept, day) : []
    const content = await composer.contentOf({ text, groups: aimed, items: cited, reminders })
    return { content, until: goodUntil(kept)?.toString() }
  }

  /** What is on the shelf now instead of what was put together before. */
  async function recompose(
    broadcast: Broadcast,
    { by, seen }: { by: BroadcastActor; seen: SeenVersion },
  ): Promise<Broadcast> {
    checkSeen(broadcast, seen)
    if (!broadcast.stream || broadcast.kind !== 'digest')
      throw new Refusal('只有政策速递这样由条目拼成的推送能重新拟稿。')
    const plan = await plans.get(broadcast.stream)
    const { groups: aimed } = await making.aim(broadcast.targets)
    const made = await composer.compose(
      { ...recipeOf(plan, broadcast.stream), groups: aimed },
      goingOut.goesAt(broadcast),
    )
    if (!made) throw new Refusal('没有条目可推了：都推过，或者过了有效期。')
    const more = made.goodUntil ? { goodUntil: made.goodUntil } : {}
    return book.change(broadcast.number, now =>
      step(now, { kind: 'edited', by, content: made.content, more }, clock.now()),
    )
  }

  return { edit, bringForward, recompose }
}

/** Two who edit at once never overwrite each other: the second is told, and loses nothing but a click. */
function checkSeen(now: Broadcast, seen: SeenVersion) {
  const isSeen = 'revision' in seen ? seen.revision === now.revision : seen.seal === sealOf(now)
  if (isSeen) return
  const who = now.author?.name ?? '别人'
  throw new Refusal(
    'revision' in seen
      ? `${who}刚刚改过推送 ${now.number}，没有保存你的改动。请先看过新的样子，再改。`
      : `推送 ${now.number} 现在的样子你还没有看过，没有改。先说「预览 ${now.number}」。`,
  )
}
