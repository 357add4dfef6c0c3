import { Temporal } from 'temporal-polyfill'
import { authorsAfter } from '../../../approval.ts'
import { Refusal } from '../../../feature.ts'
import type { RecordedActor } from '../../../ports/actor.ts'
import type { Stream } from '../../../ports/items.ts'
import { sayTime } from '../../../text/dates/time.ts'
import type { Composed, Composer } from '../content/composer.ts'
import { chooseGroups, sayTargets } from '../content/targets.ts'
import type { DigestContext } from '../context.ts'
import { type Plans, type Run, wordsBy } from '../schedule/plans.ts'
import type { BroadcastChecks } from './checks.ts'
import type { AimedGroup, Broadcast, BroadcastContent, CitedItem, StreamPlan } from './records.ts'

export type BroadcastDrafts = ReturnType<typeof createBroadcastDrafts>

const noGroups = '还没有绑定的群。请先在群里说「绑定本群」。'

/** Creates broadcasts. */
export function createBroadcastDrafts(
  context: DigestContext & { composer: Composer; plans: Plans; checks: Pick<BroadcastChecks, 'goesAt'> },
) {
  const { broadcasts, clock, groups, composer, plans, checks } = context

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
    return broadcasts.add({ ...content, isPaused: false, createdAt: at, changedAt: at, ...more })
  }

  /** Marks a run that may have been sent after the restored backup was made: a person decides on it. */
  async function heldAs(sendAt: Temporal.Instant): Promise<Partial<Broadcast>> {
    const madeAt = await broadcasts.backupBefore(sendAt)
    return madeAt === undefined ? {} : { heldFromBackupOf: madeAt, isPaused: true }
  }

  /** A digest of what is new in the stream. @throws {@link Refusal} when nothing is, or there are no groups */
  async function digest(
    stream: Stream,
    wanted: {
      by: RecordedActor
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
      checks.goesAt(sendAt ? { sendAt: sendAt.toString() } : {}),
    )
    if (!made) throw new Refusal(`「${stream}」没有新的条目可推：该推的都推过了，或者过了有效期。`)
    return fresh(made.content, {
      kind: 'digest',
      title: plan.title,
      stream,
      targets: aimed.targets,
      state,
      author: by,
      authors: authorsAfter(unique([...made.authors, ...wordsBy(plan)]), by),
      ...(sendAt ? { sendAt: sendAt.toString() } : {}),
      ...(made.goodUntil ? { goodUntil: made.goodUntil } : {}),
    })
  }

  /** A notice written by a person. */
  async function notice(
    by: RecordedActor,
    wanted: {
      title?: string
      text: string
      targets: string
      sendAt?: Temporal.Instant | undefined
      corrects?: number | undefined
    },
  ): Promise<Broadcast> {
    checkTime(wanted.sendAt, clock.now())
    checkTitle(wanted.title)
    const aimed = await aim(wanted.targets)
    const content = await composer.contentOf({
      text: wanted.text,
      groups: aimed.groups,
      items: [],
      reminders: [],
    })
    return fresh(content, {
      kind: 'notice',
      title: wanted.title?.trim() || titleFromText(wanted.text),
      targets: aimed.targets,
      state: 'draft',
      author: by,
      ...(wanted.corrects === undefined ? {} : { corrects: wanted.corrects }),
      ...(wanted.sendAt ? { sendAt: wanted.sendAt.toString() } : {}),
    })
  }

  /** The content a plan would send at `at`; undefined without new items or target groups. */
  async function sketch(plan: StreamPlan, at: Temporal.Instant): Promise<Composed | undefined> {
    const cards = await groups.all()
    const chosen = cards.length > 0 ? chooseGroups(plan.targets, cards) : []
    if (chosen.length === 0) return undefined
    if (plan.stream) {
      const goesAt = checks.goesAt({ sendAt: at.toString() })
      const made = await composer.compose({ ...recipeOf(plan, plan.stream), groups: chosen }, goesAt)
      return made && { ...made, authors: unique([...made.authors, ...wordsBy(plan)]) }
    }
    const content = await composer.contentOf({ text: plan.text, groups: chosen, items: [], reminders: [] })
    return { content, goodUntil: undefined, authors: wordsBy(plan) }
  }

  /** Composes a plan's run and sends it to review. */
  async function forRun({ plan, at, slot }: Run): Promise<Broadcast | undefined> {
    const made = await sketch(plan, at)
    if (!made) return undefined
    const author = made.authors.at(-1)
    return fresh(made.content, {
      kind: plan.kind,
      title: plan.title,
      ...(plan.stream ? { stream: plan.stream } : {}),
      // The bot is the author of a composed digest; who wrote its items or its last line stands in `authors`.
      ...(plan.kind === 'notice' && author ? { author } : {}),
      authors: made.authors,
      targets: plan.targets,
      state: 'review',
      sendAt: at.toString(),
      slot,
      ...(await heldAs(at)),
      ...(made.goodUntil ? { goodUntil: made.goodUntil } : {}),
    })
  }

  /** A reminder outside any digest, sent to review; undefined without target groups. */
  async function reminder(
    plan: StreamPlan,
    {
      text,
      cited,
      authors,
      sendAt,
      slot,
    }: {
      text: string
      cited: CitedItem[]
      authors: RecordedActor[]
      sendAt: Temporal.Instant
      slot: string
    },
  ): Promise<Broadcast | undefined> {
    const cards = await groups.all()
    const chosen = cards.length > 0 ? chooseGroups(plan.targets, cards) : []
    if (chosen.length === 0) return undefined
    const aimed = chosen.map(group => ({ ...group, form: 'text' as const }))
    const content = await composer.contentOf({ text, groups: aimed, items: cited, reminders: [] })
    return fresh(content, {
      kind: 'reminder',
      title: '截止提醒',
      authors,
      ...(plan.stream ? { stream: plan.stream } : {}),
      targets: plan.targets,
      state: 'review',
      sendAt: sendAt.toString(),
      slot,
      ...(await heldAs(sendAt)),
    })
  }

  return { aim, digest, notice, sketch, forRun, reminder }
}

/** The most characters of a broadcast's title. */
export const longestTitle = 60
export const titleTooLong = `标题最多 ${longestTitle} 个字。`

/** @throws {@link Refusal} when the title is too long */
export function checkTitle(title: string | undefined): void {
  if ([...(title?.trim() ?? '')].length > longestTitle) throw new Refusal(titleTooLong)
}

/** @throws {@link Refusal} when the time is past */
export function checkTime(sendAt: Temporal.Instant | undefined, now: Temporal.Instant): void {
  if (sendAt && Temporal.Instant.compare(sendAt, now) <= 0) {
    throw new Refusal(`${sayTime(sendAt, now)} 已经过去了，请写一个还没到的时间。`)
  }
}

const unique = (actors: readonly RecordedActor[]): RecordedActor[] => [
  ...new Map(actors.map(one => [one.id, one])).values(),
]

/** The digest settings of a stream's plan. */
export const recipeOf = ({ title, closing, most, sinceDays, reminds }: StreamPlan, stream: Stream) => ({
  stream,
  title,
  closing,
  most,
  sinceDays,
  reminds,
})

const greeting = /^\s*(?:各位|大家|亲爱的|尊敬的|[您你]们?好)/u

/** The default title of a notice: its first sentence after the greeting. */
export function titleFromText(text: string): string {
  const lines = text.split('\n').map(line => line.trim())
  const first = lines.find(line => line !== '' && !/[:：]$/u.test(line)) ?? lines.find(line => line !== '')
  const clauses = (first ?? '').split(/[。！？，,]/u).filter(clause => clause.trim() !== '')
  const begin = clauses.find(clause => !greeting.test(clause)) ?? clauses[0] ?? ''
  return begin.slice(0, 20) || '通知'
}
