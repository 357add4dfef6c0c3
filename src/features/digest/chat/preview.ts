import { withReceipt } from '../../../approval.ts'
import { Refusal } from '../../../feature.ts'
import type { Reply } from '../../../ports/chat.ts'
import { type Stream, streams } from '../../../ports/items.ts'
import { withDistinctNames } from '../../../ports/line-ids.ts'
import { sayTime } from '../../../text/dates/time.ts'
import type { BroadcastActions } from '../actions.ts'
import { pictureFile } from '../broadcast/notifier.ts'
import type { Progress } from '../broadcast/progress.ts'
import { sayHeadline } from '../broadcast/progress.ts'
import type { Broadcast } from '../broadcast/records.ts'
import {
  aloneNotice,
  messagesOf,
  sayCap,
  sayCorrects,
  sayNight,
  sayReach,
  saySending,
  sayWhen,
} from '../broadcast/words.ts'
import type { DigestParts } from '../context.ts'
import type { UpcomingRun } from '../schedule/runs.ts'

/** Words for what has a time and no approval yet. */
const notYet: Partial<Record<Broadcast['state'], string>> = {
  draft: '，还是草稿，没送审不会发',
  review: '，等审核，没通过不会发',
}

/** Replies that show a broadcast: exact text, groups, send time, duration, and share of the daily cap. */
export function createPreview(parts: DigestParts, actions: BroadcastActions) {
  const { clock, outbox, maxLateMinutes, mayAuthorApprove } = parts

  /** The facts of a broadcast, one line each. */
  async function facts(broadcast: Broadcast): Promise<string[]> {
    const now = clock.now()
    const goesAt = actions.goesAt(broadcast)
    const messages = messagesOf(broadcast)
    const { groups, reminders, rejection, state } = broadcast
    const faults = state === 'posted' ? [] : await actions.faultsOf(broadcast)
    const isToBe = !['posted', 'cancelled', 'expired'].includes(state)
    const doubt = isToBe ? await actions.doubtOf(broadcast) : undefined
    return [
      ...(isToBe
        ? [
            `${sayWhen(broadcast, goesAt, now)}，发到 ${sayReach(groups.length, outbox.estimateSeconds(messages))}。`,
          ]
        : []),
      `群：${withDistinctNames(groups)
        .map(({ name, form }) => (form === 'picture' ? `${name}（长图）` : name))
        .join('、')}`,
      ...(isToBe ? [`${sayCap(outbox.status(), messages, { goesAt, now })}。`] : []),
      ...(isToBe ? sayNight(outbox, { goesAt, messages, maxLateMinutes }, now) : []),
      ...(broadcast.corrects === undefined ? [] : [sayCorrects(broadcast)]),
      ...(rejection ? [`驳回：${rejection.reason}`] : []),
      ...faults.map(fault => `注意：${fault}，这样不能发。`),
      ...(doubt ? [doubt] : []),
      ...reminders.map(({ on, text }) => `${on} 上午 9 点还会提醒：${text.replaceAll(/\n+/gu, ' ')}`),
    ]
  }

  /** The exact messages, shown to this person; recorded once the last of them is sent. */
  async function originals(broadcast: Broadcast, person: string): Promise<Reply[]> {
    const bytes = broadcast.picture === undefined ? undefined : await actions.picture(broadcast.picture)
    const texts = broadcast.parts.map(text => ({ text }))
    const attached = (await actions.filesOf(broadcast)).map(file => ({ file }))
    const picture = bytes ? [{ file: pictureFile(broadcast, bytes) }] : []
    return withReceipt([...texts, ...picture, ...attached], actions.showing(broadcast, person))
  }

  return {
    async whole(broadcast: Broadcast, person: string): Promise<Reply[]> {
      const progress = await actions.progressOf(broadcast)
      const head = [
        sayHeadline(progress, clock.now()),
        ...(await facts(broadcast)),
        '',
        `推送 ${broadcast.number} 的原文，一字不差：`,
      ]
      return [{ text: head.join('\n') }, ...(await originals(broadcast, person))]
    },

    /** Asks the reader to check the broadcast and to approve it, or to find a reviewer. */
    async proposal(broadcast: Broadcast, person: string): Promise<Reply[]> {
      const { number, groups, author, sendAt } = broadcast
      const verdict = await actions.verdictOn(broadcast, { id: person, name: '' })
      const when = sendAt ? `${sayTime(actions.goesAt(broadcast), clock.now())} ` : ''
      const isOthers = verdict.kind === 'refused'
      const head = [
        `推送 ${number} 等${isOthers ? '另一位同事审核' : '你确认'}，${when}发到 ${sayReach(groups.length, outbox.estimateSeconds(messagesOf(broadcast)))}。`,
        ...(await facts(broadcast)).slice(1),
        ...saySending(outbox, { messages: messagesOf(broadcast), sendAt }, clock.now()),
        ...(author?.id === person && mayAuthorApprove ? [aloneNotice] : []),
        isOthers
          ? `请另一位组织者或审核人私聊我说「通过 ${number}」；不发了说「取消 ${number}」。`
          : `${verdict.kind === 'agreed' ? `${verdict.why}，要两位都同意才发。` : ''}看过下面的原文，说「确认推送 ${number}」（或「通过 ${number}」）才会发。`,
      ]
      return [{ text: head.join('\n') }, ...(await originals(broadcast, person))]
    },

    /** A run that is not composed yet, as composed now. */
    async draft(run: UpcomingRun): Promise<Reply[]> {
      const { plan, at } = run
      const when = sayTime(at, clock.now())
      const made = await actions.sketch(plan, at)
      if (!made) throw new Refusal(`下一次（${when}，${plan.title}）还没有新条目。到时还没有，就不推。`)
      const { groups, parts: texts } = made.content
      const lead = sayTime(at.subtract({ hours: plan.leadHours }), clock.now())
      const seconds = outbox.estimateSeconds(groups.length * texts.length)
      const head = [
        `下一次推送：${when}，发到 ${sayReach(groups.length, seconds)}。`,
        withDistinctNames(groups)
          .map(({ name }) => name)
          .join('、'),
        ...sayNight(outbox, { goesAt: at, messages: groups.length, maxLateMinutes }, clock.now()),
        `${lead} 拟好送审，有人通过才发。现在拟的话是这样：`,
      ]
      return [{ text: head.join('\n') }, ...texts.map(text => ({ text }))]
    },

    started({ number, groups }: Broadcast): string {
      const held = saySending(outbox, { messages: groups.length }, clock.now())
      if (held.length > 0) return [`推送 ${number} 已排队，共 ${groups.length} 个群。`, ...held].join('\n')
      return `好，推送 ${number} 开始发了，共 ${groups.length} 个群。说「推送情况 ${number}」看送到了哪里。`
    },

    headline: (progress: Progress) => sayHeadline(progress, clock.now()),

    /** Future runs and timed broadcasts, soonest first, one line each. */
    async upcoming(most: number): Promise<string[]> {
      const now = clock.now()
      const runs = await actions.runs.upcoming(most)
      const open = (await actions.open()).filter(({ sendAt, state }) => sendAt && state !== 'rejected')
      const own = open
        .filter(({ number }) => !runs.some(run => run.number === number))
        .map(broadcast => ({
          at: actions.goesAt(broadcast),
          said: `推送 ${broadcast.number}「${broadcast.title}」${notYet[broadcast.state] ?? ''}`,
        }))
      const ofPlans = runs.map(({ at, plan, isSkipped, number }) => ({
        at,
        said: `${plan.title}${number === undefined ? '' : `（推送 ${number}）`}${isSkipped ? '，已取消' : ''}`,
      }))
      return [...own, ...ofPlans]
        .sort((a, b) => a.at.epochMilliseconds - b.at.epochMilliseconds)
        .slice(0, most)
        .map(({ at, said }) => `${sayTime(at, now)} ${said}`)
    },

    async streamsWithNews(): Promise<Stream[]> {
      const news = await Promise.all(
        streams.map(async stream => {
          const plan = await actions.plans.get(stream)
          return (await actions.sketch(plan, clock.now())) ? [stream] : []
        }),
      )
      return news.flat()
    },
  }
}
