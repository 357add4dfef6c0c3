import { Temporal } from 'temporal-polyfill'
import { alternation } from '../../text/alternation.ts'
import { inShanghai, timeZone } from '../../text/dates/time.ts'

const windowMs = 60_000
const weekMs = 7 * 24 * 3_600_000

/** Limits of an account; platforms do not publish theirs, so these are estimates. */
export type Limits = {
  perMinute: number
  perDay: number
  /** In an account's first week the day's numbers, of pushes and of replies, are divided by this. */
  firstWeekDivisor: number
  /** Number of failures in a row that pauses the sending. */
  failuresToPause: number
  /** How long a pause after failures lasts, minutes; then one message is tried. */
  pauseMinutes: number
  /** Numbers in a provider's error that say that we are too fast. */
  throttleCodes: readonly string[]
}

/** Pace, caps and longest wait of replies. */
export type ReplyLimits = {
  /** Between any two messages of the account, in milliseconds. */
  gapMs: number
  /** Replies and pushes together. */
  perMinute: number
  perDay: number
  /** A reply that has waited longer is not sent. */
  maxLateMinutes: number
}

/** Counts of one day, and the send times of the last minute. */
export type Day = {
  date: string
  /** To groups. */
  sent: number
  /** To persons, counted apart: private messages must not use up the cap of the groups. */
  personal: number
  replies: number
  /** Hashes of the conversations that were told that there are no more replies today. */
  toldCap: readonly string[]
  recent: readonly Temporal.Instant[]
}

/** The cap of this day; lower in an account's first week, which platforms watch more closely. */
export function dayCap(
  { perDay, firstWeekDivisor }: Pick<Limits, 'perDay' | 'firstWeekDivisor'>,
  firstUse: Temporal.Instant | undefined,
  at: Temporal.Instant,
): number {
  const isFirstWeek = !firstUse || at.epochMilliseconds - firstUse.epochMilliseconds < weekMs
  return isFirstWeek ? Math.max(1, Math.floor(perDay / firstWeekDivisor)) : perDay
}

/** Milliseconds until the day ends whose number is used up; 0 while it is not. */
export function msUntilNextDay(sent: number, perDay: number, now: Temporal.Instant): number {
  return sent < perDay ? 0 : nextMidnight(now).epochMilliseconds - now.epochMilliseconds
}

/**
 * When the last minute's messages were sent, pushes and replies, in milliseconds since the epoch. In memory; times
 * in the future, from before the clock was put back, do not count.
 */
export function createSendWindow() {
  const sentMs: number[] = []
  /** Where the last minute begins. Older times are taken out many at once: each removal moves all that follow. */
  let first = 0

  const last = () => (sentMs.length > first ? sentMs.at(-1) : undefined)

  function prune(nowMs: number) {
    while (first < sentMs.length && Math.abs(nowMs - (sentMs[first] ?? nowMs)) >= windowMs) first += 1
    while ((last() ?? nowMs) > nowMs) sentMs.pop()
    if (first < sentMs.length / 2) return
    sentMs.splice(0, first)
    first = 0
  }

  return {
    add(atMs: number) {
      prune(atMs)
      sentMs.push(atMs)
    },
    /** In how many milliseconds one more may be sent; 0 is now. */
    msUntilRoom({ perMinute, gapMs, nowMs }: { perMinute: number; gapMs: number; nowMs: number }): number {
      prune(nowMs)
      const oldest = sentMs.length - first < perMinute ? undefined : sentMs[sentMs.length - perMinute]
      const minuteMs = oldest === undefined ? 0 : oldest + windowMs - nowMs
      return Math.max(minuteMs, (last() ?? Number.NEGATIVE_INFINITY) + gapMs - nowMs, 0)
    },
  }
}

/** A time in the future is from before the clock moved back and does not count. */
export function isInLastMinute(at: Temporal.Instant, now: Temporal.Instant): boolean {
  const seconds = now.since(at).total('seconds')
  return seconds >= 0 && seconds < 60
}

function nextMidnight(at: Temporal.Instant): Temporal.Instant {
  return inShanghai(at).toPlainDate().add({ days: 1 }).toZonedDateTime(timeZone).toInstant()
}

const tooFast =
  /(?:操作|发送|消息|发言|请求|访问|使用|频率|速度)(?:消息|发送|信息|频率|速度)?(?:得|的)?(?:过于|过分|太过|过度|太|过|较为)?(?:频繁|频密|快|高|多)了?/u
const overLimit = alternation([
  /(?:操作|发送|请求|消息)?(?:次数|条数|数量|频率|频次)(?:过多|已?经?用完|已?达?到?上限|超限)/u,
  /频繁(?:操作|发送\S{0,8})/u,
  /(?:请求|发送|操作|消息)?(?:已经?)?(?:超过|超出|达到|触发)了?(?:的)?(?:频率|频次|发送|请求|流量)?(?:限制|上限|频控|限流|风控)/u,
  /发送的消息已?达?到?上限/u,
])
const restricted = alternation([
  /(?:存在)?安全风险/u,
  /(?:操作|使用|账号|帐号)?(?:存在)?异常(?:行为)?|涉嫌违规/u,
  /(?:部分|群|该|社交)?功能(?:已?被限制|受限)/u,
  /已?被?(?:暂时)?限制(?:使用|发送|发送?消息|发言|群聊功能)?(?:部分功能|该功能)?/u,
  /暂时(?:无法|不能|限制)(?:发送?消息|发送|发言|使用|群聊功能)(?:该功能|部分功能)?/u,
])
const tryLater = /(?:请|可|稍|过|等|再|暂|休息|歇)[^「」“”"《》?？]{0,24}/u
const subject =
  '(?:系统检测到|系统提示|微信提示|提示|由于|因为?)?(?:今[天日])?(?:您|你)?(?:今[天日])?(?:的)?(?:当前|该(?=账号|帐号|微信号|功能))?(?:账号|帐号|微信号|功能)?(?:由于)?(?:最近|近期|当前|今[天日])?(?:的)?(?:存在)?'
/** Clauses of a notice: that we are too fast or limited, and what to do. */
const clauses = {
  limited: new RegExp(`^${subject}(?:${tooFast.source}|${overLimit.source}|${restricted.source})$`, 'u'),
  rest: new RegExp(
    `^(?:消息)?发送失败$|^(?:您|你)?${tryLater.source}(?:试|操作|发送|发|重试|等待|休息|一下|稍[后候]|一会儿?吧?|慢一点)$|^请(?:稍[后候]|慢一点)$|^为(?:了)?保障(?:您|你)?的?[账帐]号安全$|^建议停止异常行为$`,
    'u',
  ),
}
const englishNotice = alternation(
  [
    /^too many (?:messages|requests|operations)\b[^?]{0,60}$/i,
    /^(?:you(?:'re| are)? )?(?:operat\w+|send\w*|messages?|requests?|action)[\w ]{0,24}too (?:frequent(?:ly)?|fast|quickly|often|many)\b[^?]{0,60}$/i,
    /^rate limit exceeded\b[^?]{0,60}$/i,
  ],
  'i',
)
const traditional: Record<string, string> = {
  過: '过',
  於: '于',
  頻: '频',
  發: '发',
  請: '请',
  後: '后',
  試: '试',
}

const simplified = (text: string) => text.replace(/[過於頻發請後試]/gu, char => traditional[char] ?? char)

/**
 * Whether this is how the platform says that we are too fast, as 「操作过于频繁，可稍后再试。」 and nothing else. The words
 * alone prove nothing, since members can type them: the line passes on only what is a notice of the platform.
 */
export function isThrottleNotice(text: string): boolean {
  const plain = simplified(text.replace(/<!\[CDATA\[|\]\]>|<[^<>]*>/g, ''))
  return isChineseNotice(plain.replace(/[\s\u200b\u2005\ufeff]/gu, '')) || englishNotice.test(plain.trim())
}

/** Every clause belongs to a notice, and one says that we are limited. */
function isChineseNotice(text: string): boolean {
  const said = text.replace(/^(?:系统提示|微信提示|提示)[:：]/u, '').split(/[，,。.;；!！]+/u)
  const own = said.filter(clause => clause !== '')
  const isLimited = own.some(clause => clauses.limited.test(clause))
  return isLimited && own.every(clause => clauses.limited.test(clause) || clauses.rest.test(clause))
}

const tooFastFault = alternation(
  [
    /(?:操作|发送|消息|请求|发言|访问|使用)[^，。]{0,4}(?:频繁|过快|太快|过多)|频繁(?:操作|发送)|(?:次数|条数|消息)(?:过多|已?经?用完|已?达?到?上限)/i,
    /频[率次](?:限制|超限|过高)|频控|限流|风控|too (?:frequent|many (?:requests|messages)|fast|quickly)|rate.?limit/i,
  ],
  'i',
)
/** Such a limit may also be one on the target. */
const restrictedFault =
  /限制(?:使用|发送)|功能(?:已?被限制|受限|暂时无法使用)|暂时无法使用(?:该|部分)?功能|(?:^|[\s:：，,。]|[您你本我]的?|当前)[账帐]号.{0,12}(?:异常|涉嫌违规)|(?:[账帐]号|你|您).{0,16}限制(?:发言|群聊)/

/** Whether a provider refused to send since we are too fast: by its code, or in words. */
export function isThrottleFault(reason: string, codes: readonly string[]): boolean {
  const said = simplified(reason)
  if (tooFastFault.test(said) || (restrictedFault.test(said) && !isTargetFault(said))) return true
  const numbers = reason.match(/\d+/g) ?? []
  return numbers.some(number => codes.includes(number))
}

/** Whether the fault is this target's alone: a group that we left or that is gone, an unknown person. */
export function isTargetFault(reason: string): boolean {
  return targetFaults.some(pattern => pattern.test(reason))
}

/** As puppets and providers word it, the sandbox's among them; there is no common code. */
const targetFaults = [
  /(?:room|group|chat|contact|conversation|topic|user)\b.{0,60}(?:not[ _]found|not exist|no longer exists?)/i,
  /no (?:such )?(?:room|group|contact|conversation)\b/i,
  /not (?:in|a member of) (?:the |this )?(?:room|group|chat ?room)/i,
  /(?:removed|kicked) from|dissolved|disbanded/i,
  /没有这个[人群]|不在(?:这个)?群|[被移]出群|退出(?:了)?群|群(?:聊)?(?:已)?(?:被)?解散|群(?:聊)?不存在|不是群成员|不是.{0,8}[好朋]友|拒收|朋友验证|对方.{0,8}(?:异常|注销|冻结|拉黑)/,
  // How often we send to a target is no fault of its own.
  /(?:对方|群主|(?:该|此|这个)(?:群|用户|好友|联系人|成员))(?:(?!频|次数|[过太]快|过多|上限|超)[^，。；,;]){0,12}(?:异常|注销|冻结|受限|限制|违规)/,
]

/** Why nothing is sent at the moment; without `until` a person must end it. */
export type Pause = { reason: string; since: Temporal.Instant; until?: Temporal.Instant }

/** The rest of a pause in milliseconds; Infinity where only a person ends it. */
export function msUntilOver(pause: Pause | undefined, now: Temporal.Instant): number {
  if (!pause) return 0
  if (!pause.until) return Infinity
  // The clock moved back, so the rest is unknown: the pause ends with a trial.
  if (Temporal.Instant.compare(now, pause.since) < 0) return 0
  return Math.max(0, pause.until.epochMilliseconds - now.epochMilliseconds)
}
