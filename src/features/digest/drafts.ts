import { Temporal } from 'temporal-polyfill'
import { Refusal } from '../../feature.ts'
import type { Stream } from '../../ports/items.ts'
import { sayTime } from '../../text/dates/time.ts'
import type { Composed, Composer } from './composer.ts'
import type { DigestContext } from './context.ts'
import type { Plans, Run } from './plans.ts'
import type { Publisher } from './publisher.ts'
import type {
  AimedGroup,
  Broadcast,
  BroadcastActor,
  BroadcastContent,
  CitedItem,
  StreamPlan,
} from './records.ts'
import { chooseGroups, sayTargets } from './targets.ts'

export type BroadcastDrafts = ReturnType<typeof createDrafts>

const noGroups = '还没有绑定的群。请先在群里说「绑定本群」。'

/** Writes broadcasts and changes them. */
export function createDrafts(
  desk: DigestContext & { composer: Composer; plans: Plans; goingOut: Publisher },
) {
  const { book, clock, groups, composer, plans, goingOut } = desk

  async function aim(targets: string): Promise<{ groups: AimedGroup[]; targets: string }> {
    const cards = await groups.all()
    if (cards.length === 0) throw new Refusal(noGroups)
    const chosen = chooseGroups(targets, cards)
    if (chosen.length === 0) throw new Refusal('没有要发的群：绑定的都是组织者群。')
    return { groups: chosen, targets: sayTargets(targets, cards) }
  }

  function fresh(
    content: BroadcastContent,
    more: Pick<Broadcast, 'kind' | 'title' | 'targets' | 'state'> & Partial<Broadcast>,
  ) {
    const at = clock.now().toString()
    return book.add({ ...content, isPaused: false, createdAt: at, changedAt: at, ...more })
  }

  /** A digest of what is new in the stream. @throws {@link Refusal} when nothing is, or there are no groups */
  async function digest(
    stream: Stream,
    wanted: {
      by: BroadcastActor
      sendAt?: Temporal.Instant | undefined
      targets?: string
      state: 'draft' | 'review'
    },
  ): Promise<Broadcast> {
    const { by, sendAt, state } = wanted
    checkTime(sendAt, clock.now())
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
    by: BroadcastActor,
    wanted: { title?: string; text: string; targets: string; sendAt?: Temporal.Instant | undefined },
  ): Promise<Broadcast> {
    checkTime(wanted.sendAt, clock.now())
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
  async function sketch(plan: StreamPlan, at: Temporal.Instant): Promise<Composed | undefined> {
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

  /** A reminder that no digest brought along, waiting for review; undefined where there is nobody to send it to. */
  async function reminder(
    plan: StreamPlan,
    {
      text,
      cited,
      sendAt,
      slot,
    }: { text: string; cited: CitedItem[]; sendAt: Temporal.Instant; slot: string },
  ): Promise<Broadcast | undefined> {
    const cards = await groups.all()
    const chosen = cards.length > 0 ? chooseGroups(plan.targets, cards) : []
    if (chosen.length === 0) return undefined
    const aimed = chosen.map(group => ({ ...group, form: 'text' as const }))
    const content = await composer.contentOf({ text, groups: aimed, items: cited, reminders: [] })
    return fresh(content, {
      kind: 'reminder',
      title: '截止提醒',
      ...(plan.stream ? { stream: plan.stream } : {}),
      targets: plan.targets,
      state: 'review',
      sendAt: sendAt.toString(),
      slot,
    })
  }

  return { aim, digest, notice, sketch, forRun, reminder }
}

/** @throws {@link Refusal} when it is past */
export function checkTime(sendAt: Temporal.Instant | undefined, now: Temporal.Instant): void {
  if (sendAt && Temporal.Instant.compare(sendAt, now) <= 0) {
    throw new Refusal(`${sayTime(sendAt, now)} 已经过去了，请写一个还没到的时间。`)
  }
}

/** What a stream's plan says of its digests. */
export const recipeOf = ({ title, closing, most, sinceDays, reminds }: StreamPlan, stream: Stream) => ({
  stream,
  title,
  closing,
  most,
  sinceDays,
  reminds,
})

/** A notice is called by how it begins, after the greeting. */
function titleOf(text: string): string {
  const lines = text.split('\n').map(line => line.trim())
  const first = lines.find(line => line !== '' && !/[:：]$/u.test(line)) ?? lines.find(line => line !== '')
  const [begin = ''] = (first ?? '').split(/[。！？，,]/u)
  return begin.slice(0, 20) || '通知'
}
