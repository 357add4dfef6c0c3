import { Temporal } from 'temporal-polyfill'
import { type Command, Refusal } from '../../feature.ts'
import type { Message, Reply } from '../../ports/chat.ts'
import type { Clock } from '../../ports/clock.ts'
import { sayTime } from '../../text/time.ts'
import type { Broadcasts, Cancelled, Progress } from './broadcasts.ts'
import type { DigestParts } from './drafts.ts'
import { confirmWithinMinutes } from './rules.ts'
import { countByState, deliveryWords, groupNameOf, sayPause, sayReach, standingOf } from './words.ts'

/** What organizers type about digests, and the words they get back. */
export function digestCommands({ clock, outbox }: DigestParts, broadcasts: Broadcasts): Command[] {
  const forOrganizers = { role: 'organizer', where: 'anywhere' } as const

  async function preview(rest: string): Promise<Reply[]> {
    const number = numberIn(rest)
    if (number !== undefined) {
      const { digest } = await broadcasts.progress(number)
      return [{ text: `推送 ${number} 的原文，一字不差：` }, { text: digest.text }]
    }
    const next = await broadcasts.next()
    if (!next) throw new Refusal('近期没有排好的推送。要现在发，说「立即推送」。')
    const when = sayTime(next.at, clock.now())
    if (next.isCancelled) throw new Refusal(`下一次（${when}）已经取消，不会发。要现在发，说「立即推送」。`)
    const { items, groups, seconds, text } = next.draft
    if (items.length === 0) throw new Refusal(`下一次（${when}）还没有新条目。到时还没有，就不推。`)
    const reach = `下一次推送：${when}，发到 ${sayReach(groups.length, seconds)}。`
    return [{ text: `${reach}\n${listOf(groups)}\n下面是原文，群里看到的就是这样：` }, { text }]
  }

  async function propose(message: Message): Promise<Reply[]> {
    const { number, groups, text } = await broadcasts.propose(actorOf(message))
    const seconds = outbox.estimateSeconds(groups.length + outbox.standing().waiting)
    const reach = sayReach(groups.length, seconds)
    const confirm = `看过下面的原文，${confirmWithinMinutes} 分钟内说「确认推送 ${number}」才会发。`
    return [{ text: `推送 ${number} 等你确认，发到 ${reach}。\n${listOf(groups)}\n${confirm}` }, { text }]
  }

  async function confirm(rest: string): Promise<string> {
    const number = numberIn(rest)
    if (number === undefined) throw new Refusal('请带上编号，比如「确认推送 17」。编号在预览里。')
    const { groups } = await broadcasts.confirm(number)
    const paused = sayPause(outbox.standing(), clock.now())
    if (paused.length > 0) return [`推送 ${number} 已排队，共 ${groups.length} 个群。`, ...paused].join('\n')
    return `好，推送 ${number} 开始发了，共 ${groups.length} 个群。说「推送情况 ${number}」看送到了哪里。`
  }

  async function list(): Promise<string> {
    const now = clock.now()
    const slots = await broadcasts.upcoming(3)
    const history = await broadcasts.history(5)
    return [
      ...sayPause(outbox.standing(), clock.now()),
      slots.length > 0 ? '接下来：' : '近期没有排好的推送。',
      ...slots.map(({ at, isCancelled }) => `${sayTime(at, now)}${isCancelled ? '，已取消' : ''}`),
      ...(history.length > 0 ? ['', '最近：', ...history.map(progress => sayHeadline(progress, clock))] : []),
      '',
      '「预览推送」看下一次的全文，「立即推送」现在发，「取消推送」取消下一次。',
    ].join('\n')
  }

  return [
    {
      ...forOrganizers,
      words: ['推送列表'],
      takes: 'nothing',
      help: '推送列表 —— 接下来和最近的推送',
      run: list,
    },
    {
      ...forOrganizers,
      words: ['预览推送'],
      takes: 'text',
      help: '预览推送 —— 下一次的原文、群和时间',
      run: (_, rest) => preview(rest),
    },
    {
      ...forOrganizers,
      words: ['立即推送'],
      takes: 'nothing',
      help: '立即推送 —— 先看，再确认，现在就发',
      run: propose,
    },
    {
      ...forOrganizers,
      words: ['确认推送'],
      takes: 'text',
      help: '确认推送 17 —— 发出看过的那一份',
      run: (_, rest) => confirm(rest),
    },
    {
      ...forOrganizers,
      words: ['取消推送'],
      takes: 'text',
      help: '取消推送 —— 取消下一次，或停下正在发的',
      run: async (message, rest) =>
        sayCancelled(await broadcasts.cancel(actorOf(message), numberIn(rest)), clock),
    },
    {
      ...forOrganizers,
      words: ['推送情况'],
      takes: 'text',
      help: '推送情况 —— 每个群送到了没有',
      run: async (_, rest) => sayProgress(await broadcasts.progress(numberIn(rest)), clock),
    },
  ]
}

/** @throws {@link Refusal} when something else than a number stands there. */
function numberIn(rest: string): number | undefined {
  if (rest === '') return undefined
  const found = /^(?:第|#)?\s*(\d{1,6})\s*号?$/u.exec(rest.normalize('NFKC'))
  if (!found) throw new Refusal('编号没看懂，请只写数字，比如「推送情况 17」。')
  return Number(found[1])
}

function actorOf({ senderId, senderName }: Message) {
  return { id: senderId, name: senderName }
}

function listOf(groups: readonly { name: string }[]): string {
  return groups.map(({ name }) => name).join('、')
}

function sayHeadline(progress: Progress, clock: Clock): string {
  const { digest, deliveries } = progress
  const { word } = standingOf(progress, clock.now())
  const counts = deliveries.length > 0 ? `（${countByState(deliveries)}）` : ''
  return `推送 ${digest.number}：${sayTime(Temporal.Instant.from(digest.composedAt), clock.now())}，${word}${counts}`
}

function sayProgress(progress: Progress, clock: Clock): string {
  const lines = progress.deliveries.map(delivery => {
    const { word } = deliveryWords[delivery.state]
    const reason = delivery.reason ? `（${delivery.reason}）` : ''
    return `${groupNameOf(progress, delivery)}：${word} ${sayTime(delivery.changedAt, clock.now())}${reason}`
  })
  return [sayHeadline(progress, clock), ...lines].join('\n')
}

function sayCancelled(cancelled: Cancelled, clock: Clock): string {
  if (cancelled.kind === 'slot') {
    return `已取消 ${sayTime(cancelled.at, clock.now())} 的推送，到时不会发。要提前发，说「立即推送」。`
  }
  const { number, stopped, arrived, underWay } = cancelled
  if (stopped === 0) return `推送 ${number} 已取消，没有发给任何群。`
  const doubtful = underWay > 0 ? `，${underWay} 个群正在发或不确定` : ''
  return `推送 ${number} 已停下：${stopped} 个群不再发，已经送到 ${arrived} 个群${doubtful}。`
}
