import { existsSync } from 'node:fs'
import { Temporal } from 'temporal-polyfill'
import { type Config, ConfigFault } from '../../config.ts'
import { defaultWelcome } from '../../features/community/index.ts'
import { defaultSummaryTime } from '../../features/desk/index.ts'
import { burstWaits } from '../../inbound/questions.ts'
import type { InboundSettings } from '../../inbound/settings.ts'
import type { Scheduler } from '../../ports/schedule.ts'
import type { OrganizerSettings } from '../../settings/definitions.ts'
import type { SettingsStore } from '../../settings/settings-store.ts'
import { lineProcessorsOf } from '../lines/plan/processors.ts'
import { modelProcessorOf } from './model-processor.ts'

/** Defaults where organizers set nothing on the console. */
export function machineSettingsOf(config: Config): OrganizerSettings {
  return {
    quietFrom: config.QUIET_FROM,
    quietUntil: config.QUIET_UNTIL,
    quietUntilRestDays: config.QUIET_UNTIL_REST_DAYS,
    sendsPerMinute: config.SENDS_PER_MINUTE,
    sendsPerDay: config.SENDS_PER_DAY,
    summaryTime: defaultSummaryTime,
    welcome: defaultWelcome,
    privacyHandler: config.PRIVACY_HANDLER,
    privacyContact: config.PRIVACY_CONTACT,
  }
}

type Settings = Pick<SettingsStore, 'current'>

/**
 * How fast and how much is sent; what organizers may change is read anew each time. Limits of replies follow from how
 * much one group is answered, unless they are set.
 */
export function paceOf(config: Config, settings: Settings) {
  const repliesPerMinute = config.REPLIES_PER_MINUTE || 3 * config.ANSWERS_PER_GROUP_PER_MINUTE
  return {
    sameGroupGapMs: config.SAME_GROUP_GAP_MS,
    nextGroupGapMinMs: config.NEXT_GROUP_GAP_MIN_MS,
    nextGroupGapMaxMs: config.NEXT_GROUP_GAP_MAX_MS,
    sayDeadlineMs: config.SAY_DEADLINE_MS,
    random: Math.random,
    get perMinute() {
      return settings.current().sendsPerMinute
    },
    get perDay() {
      return settings.current().sendsPerDay
    },
    firstWeekDivisor: config.FIRST_WEEK_DIVISOR,
    failuresToPause: config.FAILURES_TO_PAUSE,
    pauseMinutes: config.FAILURE_PAUSE_MINUTES,
    throttleCodes: config.THROTTLE_CODES.split(/\s*,\s*/),
    replies: {
      gapMs: Math.round(20_000 / repliesPerMinute),
      perMinute: repliesPerMinute,
      perDay: config.REPLIES_PER_DAY || repliesPerMinute * 20,
      maxLateMinutes: config.STALE_MINUTES,
    },
    get quiet() {
      const { quietFrom, quietUntil, quietUntilRestDays } = settings.current()
      return { from: quietFrom, until: quietUntil, untilOnRestDays: quietUntilRestDays }
    },
  }
}

export function inboundSettingsOf(config: Config): InboundSettings {
  return {
    staleMinutes: config.STALE_MINUTES,
    limits: {
      perPersonPerMinute: config.ANSWERS_PER_PERSON_PER_MINUTE,
      perGroupPerMinute: config.ANSWERS_PER_GROUP_PER_MINUTE,
    },
    commandLimits: { perPersonPerMinute: 15, perGroupPerMinute: 40 },
    privateCommandsPerMinute: 30,
    answersPerPersonPerDay: 30 * config.ANSWERS_PER_PERSON_PER_MINUTE,
    mergeSeconds: 20,
    waits: burstWaits,
  }
}

/** @throws {@link ConfigFault} where a setting is wrong or another one is missing beside it. */
export function checkSettings(config: Config, scheduler: Scheduler) {
  if (config.PUBLIC_INDEX === 'yes' && config.PUBLIC_URL === '')
    throw new ConfigFault(
      '设置有误：要让搜索引擎收录（PUBLIC_INDEX=yes），就要在 PUBLIC_URL 写上 E空间的网址。',
    )
  if (!isCron(scheduler, config.DIGEST_CRON)) {
    throw new ConfigFault('设置有误：DIGEST_CRON 不是 cron 写法，例如每周五 16:30 写成 30 16 * * 5。')
  }
  if (config.DATA_DIR !== '' && !existsSync(config.DATA_DIR)) {
    throw new ConfigFault(
      `设置有误：DATA_DIR 写的 ${config.DATA_DIR} 这个文件夹不存在，请先建好，或把这一项空着。`,
    )
  }
  if (config.STORE === 'postgres' && !config.DATABASE_URL) {
    throw new ConfigFault('设置有误：STORE 是 postgres，就要在 DATABASE_URL 写上数据库的地址。')
  }
  if (config.OPENAI_API_KEY && !config.OPENAI_MODEL) {
    throw new ConfigFault('设置有误：填了 OPENAI_API_KEY，就要在 OPENAI_MODEL 写上模型的名字。')
  }
  if (modelProcessorOf(config)?.isOverseas && !config.OPENAI_OVERSEAS) {
    throw new ConfigFault(
      '设置有误：OPENAI_BASE_URL 的服务器不在中国大陆（或认不出在哪里），大家的问题会送到境外；请换成境内的地址，确实要用就在 OPENAI_OVERSEAS 写明接收方的名称和所在地。',
    )
  }
}

/** Keys and quoted values stand no longer in the audit log than in the records that they come from. */
export function auditDaysOf(config: Config) {
  const { AUDIT_DAYS, LEAVE_REASON_DAYS, SENT_TEXT_DAYS, QUESTION_LOG_DAYS } = config
  return {
    lines: AUDIT_DAYS,
    objects: Math.min(AUDIT_DAYS, LEAVE_REASON_DAYS, SENT_TEXT_DAYS, QUESTION_LOG_DAYS),
  }
}

/** Facts of this installation for the privacy notice. */
export function privacyFactsOf(config: Config, settings: Settings) {
  const model = modelProcessorOf(config)
  const where = model?.isOverseas ? '境外的' : ''
  return {
    get handler() {
      return settings.current().privacyHandler
    },
    get contact() {
      return settings.current().privacyContact
    },
    processors: [
      ...lineProcessorsOf(config),
      ...(model ? [`问题会去掉姓名和号码，交给${where}${model.name}处理`] : []),
    ],
    keepDays: {
      questions: config.QUESTION_LOG_DAYS,
      attendance: config.ATTENDANCE_DAYS,
      leaveReasons: config.LEAVE_REASON_DAYS,
      sentTexts: config.SENT_TEXT_DAYS,
      strangers: config.CHAT_PEOPLE_DAYS,
    },
  }
}

export function isCron(scheduler: Scheduler, cron: string): boolean {
  const now = Temporal.Now.instant()
  try {
    scheduler.slots(cron, now, now)
    return true
  } catch {
    return false
  }
}

/** A sentence for the terminal where the console is open to a network without encryption; else undefined. */
export function openConsoleWarning({ HOST, CONSOLE_URL }: Pick<Config, 'HOST' | 'CONSOLE_URL'>) {
  const isLoopback = HOST === 'localhost' || HOST === '::1' || HOST.startsWith('127.')
  if (isLoopback || CONSOLE_URL.startsWith('https:')) return undefined
  return `注意：控制台对整个网络开放（HOST=${HOST}），又没有加密，密码和登录链接会明文传输。请放在带 HTTPS 的反向代理后面，并把 CONSOLE_URL 写成 https:// 开头的网址。`
}
