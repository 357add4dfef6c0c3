import { type Command, Refusal } from '../../../feature.ts'
import { senderOf } from '../../../ports/actor.ts'
import type { Message, Reply } from '../../../ports/chat.ts'
import { streams } from '../../../ports/items.ts'
import { sayTime } from '../../../text/dates/time.ts'
import type { BroadcastActions } from '../actions.ts'
import { sayProgress } from '../broadcast/progress.ts'
import type { Broadcast } from '../broadcast/records.ts'
import { sayHeld } from '../broadcast/words.ts'
import { streamNamed } from '../content/composer.ts'
import type { DigestParts } from '../context.ts'
import { numberAndRest, numberIn } from './numbers.ts'
import { createPreview } from './preview.ts'

/** Commands that list, preview and start broadcasts. */
export function previewCommands(parts: DigestParts, actions: BroadcastActions): Command[] {
  const { clock } = parts
  const preview = createPreview(parts, actions)
  // A preview in a group would show unapproved text to its members.
  const inPrivate = { role: 'organizer', where: 'private' } as const

  async function show(message: Message, rest: string): Promise<Reply[]> {
    const number = numberIn(rest)
    if (number !== undefined) return preview.whole(await actions.existing(number), message.senderId)
    const waiting = (await actions.open()).find(({ state, sendAt }) => state === 'review' && sendAt)
    const [next] = await actions.runs.upcoming(1)
    if (waiting) return preview.whole(waiting, message.senderId)
    if (!next) throw new Refusal('近期没有排好的推送。要现在发，说「立即推送」。')
    const when = sayTime(next.at, clock.now())
    if (next.isSkipped) throw new Refusal(`下一次（${when}）已经取消，不会发。要现在发，说「立即推送」。`)
    if (next.number !== undefined) return preview.whole(await actions.existing(next.number), message.senderId)
    return preview.draft(next)
  }

  /** Sends an existing broadcast now, or composes one of new items. */
  async function now(message: Message, rest: string): Promise<Reply[]> {
    const found = numberAndRest(rest)
    if (found) {
      const sent = await actions.sendNow(found.number, senderOf(message))
      return sent.state === 'posted'
        ? [{ text: preview.started(sent) }]
        : preview.proposal(sent, message.senderId)
    }
    const stream = streamNamed(rest)
    if (rest !== '' && !stream) {
      throw new Refusal(
        `没有「${rest}」这个栏目。有：${streams.join('、')}；或者带上编号，比如「立即推送 12」。`,
      )
    }
    return preview.proposal(await proposed(message, stream), message.senderId)
  }

  /** A digest of the named stream, else of the first with new items. */
  async function proposed(message: Message, named: Broadcast['stream']): Promise<Broadcast> {
    const by = senderOf(message)
    if (named) return actions.digest(named, { by, state: 'review' })
    for (const stream of await preview.streamsWithNews())
      return actions.digest(stream, { by, state: 'review' })
    throw new Refusal('没有新的条目可推：该推的都推过了，或者过了有效期。')
  }

  return [
    {
      ...inPrivate,
      words: ['预览推送'],
      takes: 'text',
      help: '预览推送 —— 下一次的原文、群和时间（私聊）',
      run: show,
    },
    {
      words: ['预览', '审核'],
      takes: 'number',
      role: ['organizer', 'reviewer'],
      where: 'private',
      help: '预览 12 —— 那一份的原文、群、要多久、占多少条',
      run: show,
    },
    {
      ...inPrivate,
      words: ['立即推送'],
      takes: 'text',
      help: '立即推送 —— 先看，通过以后现在就发（私聊）',
      run: now,
    },
  ]
}

/** Commands that list broadcasts and show their deliveries. */
export function listCommands(parts: DigestParts, actions: BroadcastActions): Command[] {
  const { clock, outbox } = parts
  const preview = createPreview(parts, actions)
  const toLook = { role: ['organizer', 'reviewer'], where: 'anywhere' } as const

  async function list(): Promise<string> {
    const at = clock.now()
    const upcoming = await preview.upcoming(5)
    const history = await actions.history(5)
    const waiting = (await actions.open()).filter(({ state }) => state === 'review')
    return [
      ...sayHeld(outbox.status(), at),
      ...waiting.map(({ number, title }) => `等审核：推送 ${number}「${title}」，说「预览 ${number}」`),
      upcoming.length > 0 ? '接下来：' : '近期没有排好的推送。',
      ...upcoming,
      ...(history.length > 0 ? ['', '最近：', ...history.map(progress => preview.headline(progress))] : []),
      '',
      '私聊我发「预览推送」看下一次的全文，「立即推送」现在发。要取消下一次，发「取消推送」。',
    ].join('\n')
  }

  return [
    {
      ...toLook,
      words: ['推送列表', '待审', '待審', '待审核'],
      takes: 'nothing',
      help: '推送列表 —— 接下来和最近的推送',
      run: list,
    },
    {
      ...toLook,
      words: ['推送情况'],
      takes: 'text',
      help: '推送情况 —— 每个群送到了没有',
      run: async (_, rest) => sayProgress(await actions.progress(numberIn(rest)), clock.now()),
    },
  ]
}
