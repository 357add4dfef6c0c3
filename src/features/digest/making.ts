import { Temporal } from 'temporal-polyfill'
import { Refusal } from '../../feature.ts'
import type { Stream } from '../../ports/items.ts'
import { sayTime } from '../../text/time.ts'
import { type Composed, type Composer, remindersFor, stillCited } from './composer.ts'
import type { GoingOut } from './going-out.ts'
import type { Desk } from './parts.ts'
import type { Plans, Run } from './plans.ts'
import type { Actor, AimedGroup, Broadcast, Content, Plan } from './records.ts'
import { dayOf, goodUntil, sealOf, step } from './rules.ts'
import { chooseGroups, sayTargets } from './targets.ts'

/** What people may change of a broadcast; what is left out stays. */
export type Edit = {
  text?: string
  targets?: string
  title?: string
  sendAt?: Temporal.Instant | 'now'
  reminds?: boolean
}
/** What the person who edits has seen: a revision on a page, the content in chat. */
export type Seen = { revision: number } | { seal: string | undefined }
export type Making = ReturnType<typeof createMaking>

const noGroups = '还没有绑定的群。请先在群里说「绑定本群」。'

/** Writes broadcasts and changes them. */
export function createMaking(desk: Desk & { composer: Composer; plans: Plans; goingOut: GoingOut }) {
  const { book, clock, groups, items, composer, plans, goingOut } = desk

  async function aim(targets: string): Promise<{ groups: AimedGroup[]; targets: string }> {
    const cards = await groups.all()
    if (cards.length === 0) throw new Refusal(noGroups)
    const chosen = chooseGroups(targets, cards)
    if (chosen.length === 0) throw new Refusal('没有要发的群：绑定的都是组织者群。')
    return { groups: chosen, targets: sayTargets(targets, cards) }
  }

  function checkTime(sendAt: Temporal.Instant | undefined) {
    const now = clock.now()
    if (sendAt && Temporal.Instant.compare(sendAt, now) <= 0) {
      throw new Refusal(`${sayTime(sendAt, now)} 已经过去了，请写一个还没到的时间。`)
    }
  }

  function fresh(
    content: Content,
    more: Pick<Broadcast, 'kind' | 'title' | 'targets' | 'state'> & Partial<Broadcast>,
  ) {
    const at = clock.now().toString()
    return book.add({ ...content, isPaused: false, createdAt: at, changedAt: at, ...more })
  }

  /** A digest of what is new in the stream. @throws {@link Refusal} when nothing is, or there are no groups */
  async function digest(
    stream: Stream,
    wanted: { by: Actor; sendAt?: Temporal.Instant | undefined; targets?: string; state: 'draft' | 'review' },
  ): Promise<Broadcast> {
    const { by, sendAt, state } = wanted
    checkTime(sendAt)
    const plan = await plans.get(stream)
    const aimed = await aim(wanted.targets ?? plan.targets)
    const made = await composer.compose(
      { ...recipeOf(plan, stream), groups: aimed.groups },
      goingOut.goesAt(sendAt ? { sendAt: sendAt.toString() } : {}),
    )
    if (!made) throw new Refusal(`「${stream}」没有新的条目可推：该推的都推过了，或者过了有效期。`)
    return fresh(made.content, {
      kind: 'digest',
      title: plan.title,
      stream,
      targets: aimed.targets,
      state,
      author: by,
      ...(sendAt ? { sendAt: sendAt.toString() } : {}),
      ...(made.goodUntil ? { goodUntil: made.goodUntil } : {}),
    })
  }

  /** A text of somebody's own. */
  async function notice(
    by: Actor,
    wanted: { title?: string; text: string; targets: string; sendAt?: Temporal.Instant | undefined },
  ): Promise<Broadcast> {
    checkTime(wanted.sendAt)
    const aimed = await aim(wanted.targets)
    const content = await composer.contentOf({
      text: wanted.text,
      groups: aimed.groups,
      items: [],
      reminders: [],
    })
    return fresh(content, {
      kind: 'notice',
      title: wanted.title?.trim() || titleOf(wanted.text),
      targets: aimed.targets,
      state: 'draft',
      author: by,
      ...(wanted.sendAt ? { sendAt: wanted.sendAt.toString() } : {}),
    })
  }

  /** What a plan would send at `at`; undefined where nothing is new, or there is nobody to send it to. */
  async function sketch(plan: Plan, at: Temporal.Instant): Promise<Composed | undefined> {
    const cards = await groups.all()
    const chosen = cards.length > 0 ? chooseGroups(plan.targets, cards) : []
    if (chosen.length === 0) return undefined
    if (plan.stream) {
      const goesAt = goingOut.goesAt({ sendAt: at.toString() })
      return composer.compose({ ...recipeOf(plan, plan.stream), groups: chosen }, goesAt)
    }
    const content = await composer.contentOf({ text: plan.text, groups: chosen, items: [], reminders: [] })
    return { content, goodUntil: undefined }
  }

  /** What a plan's run sends, waiting for review. */
  async function forRun({ plan, at, slot }: Run): Promise<Broadcast | undefined> {
    const made = await sketch(plan, at)
    if (!made) return undefined
    return fresh(made.content, {
      kind: plan.kind,
      title: plan.title,
      ...(plan.stream ? { stream: plan.stream } : {}),
      // What a person wrote, a second one reads; what the bot put together, anyone does.
      ...(plan.kind === 'notice' && plan.by ? { author: plan.by } : {}),
      targets: plan.targets,
      state: 'review',
      sendAt: at.toString(),
      slot,
      ...(made.goodUntil ? { goodUntil: made.goodUntil } : {}),
    })
  }

  /** @throws {@link Refusal} when somebody changed it since the person looked, or what is wanted can not be */
  async function edit(
    broadcast: Broadcast,
    wanted: Edit,
    { by, seen }: { by: Actor; seen: Seen },
  ): Promise<Broadcast> {
    checkSeen(broadcast, seen)
    const sendAt = wanted.sendAt === 'now' ? undefined : wanted.sendAt
    checkTime(sendAt)
    const aimed = wanted.targets === undefined ? broadcast : await aim(wanted.targets)
    const text = wanted.text ?? broadcast.text
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
    const reminders = isSame ? broadcast.reminders : wants ? remindersFor(kept, day) : []
    const content = await composer.contentOf({ text, groups: aimed, items: cited, reminders })
    return { content, until: goodUntil(kept)?.toString() }
  }

  /** What is on the shelf now instead of what was put together before. */
  async function recompose(
    broadcast: Broadcast,
    { by, seen }: { by: Actor; seen: Seen },
  ): Promise<Broadcast> {
    checkSeen(broadcast, seen)
    if (!broadcast.stream || broadcast.kind !== 'digest')
      throw new Refusal('只有政策速递这样由条目拼成的推送能重新拟稿。')
    const plan = await plans.get(broadcast.stream)
    const { groups: aimed } = await aim(broadcast.targets)
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

  return { digest, notice, sketch, forRun, edit, recompose }
}

const recipeOf = ({ title, closing, most, reminds }: Plan, stream: Stream) => ({
  stream,
  title,
  closing,
  most,
  reminds,
})

/** Two who edit at once never overwrite each other: the second is told, and loses nothing but a click. */
function checkSeen(now: Broadcast, seen: Seen) {
  const isSeen = 'revision' in seen ? seen.revision === now.revision : seen.seal === sealOf(now)
  if (isSeen) return
  const who = now.author?.name ?? '别人'
  throw new Refusal(
    'revision' in seen
      ? `${who}刚刚改过推送 ${now.number}，没有保存你的改动。请先看过新的样子，再改。`
      : `推送 ${now.number} 现在的样子你还没有看过，没有改。先说「预览 ${now.number}」。`,
  )
}

/** A notice is called by how it begins. */
function titleOf(text: string): string {
  const [first = ''] = text.trim().split(/[\n。！？，,]/u)
  return first.slice(0, 20) || '通知'
}
