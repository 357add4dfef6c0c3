import { existsSync } from 'node:fs'
import { z } from 'zod'
import { isJsonTemplate, placeholder } from './text/json-template.ts'

z.config(z.locales.zhCN())

const port = z.coerce.number().int().min(0).max(65_535)
const positiveMs = z.coerce.number().int().min(0)
const count = z.coerce.number().int().min(1)
/** Names are unique: a name before it may not come again. */
const linesPattern =
  /^(?:|(?:[a-z][a-z0-9-]{0,15}:(?:sandbox|wechaty|qq|wecom|robot|customers))(?:\s*,\s*[a-z][a-z0-9-]{0,15}:(?:sandbox|wechaty|qq|wecom|robot|customers))*)$/
const webAddress = z
  .url({ protocol: /^https?$/ })
  .or(z.literal(''))
  .default('')
const isAddressList = (value: string) =>
  value.split(',').every(part => /^\s*([\da-f.:]+(\/\d{1,3})?)?\s*$/i.test(part))
const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/)

/**
 * Every setting of the bot, by the name it has in the environment. Numbers that come from somewhere name
 * their source; `.env.example` says the same in Chinese and a test holds the two together.
 */
export const Settings = z.object({
  /** The console's port; 0 takes a free one. */
  PORT: port.default(3000),
  /** Loopback by default: opening the console to a network is a decision. */
  HOST: z.string().min(1).default('127.0.0.1'),
  /** How people reach the console, for login links; empty means http://HOST:PORT. */
  CONSOLE_URL: webAddress,
  /** How the public finds our open pages (sources, calendars), https; empty: CONSOLE_URL. */
  PUBLIC_URL: webAddress,
  /** The port of the public pages (E空间), which shows nothing of the console; empty: no public pages. */
  PUBLIC_PORT: port.or(z.literal('')).default(''),
  /** `yes` lets search engines in: canonical addresses, a sitemap and a feed, under PUBLIC_URL. */
  PUBLIC_INDEX: z.enum(['yes', 'no']).default('no'),
  /** A second way to log in besides one-time links; empty means none. At least 12 characters. */
  CONSOLE_PASSWORD: z.string().min(12).or(z.literal('')).default(''),
  /** Proxies that are believed about who asked, addresses and networks by comma; everybody else is not. */
  TRUSTED_PROXIES: z.string().refine(isAddressList, '要写成 10.1.2.3 或 10.1.2.0/24，用逗号隔开').default(''),
  /** `lowdb` keeps on this machine, `postgres` in a database, `memory` forgets. */
  STORE: z.enum(['lowdb', 'postgres', 'memory']).default('lowdb'),
  /** `postgres://user:password@host/name`; a secret. */
  DATABASE_URL: z
    .string()
    .regex(/^(postgres(ql)?:\/\/.+)?$/, '要以 postgres:// 开头')
    .default(''),
  /** How other machines reach the console of this process, for stand-bys; empty: by HOST, or the machine's name. */
  MACHINE_URL: webAddress,
  /** Districts that this process serves, names by comma, each with a file `.env.NAME`; empty: one, without a name. */
  TENANTS: z
    .string()
    .regex(/^(\s*[a-z][a-z0-9-]{0,30}\s*(,|$))*$/, '要写成小写字母的名字，用逗号隔开')
    .default(''),
  STATE_DIR: z.string().min(1).default('data/state'),
  /** Where a backup is written every night; empty: nowhere. */
  BACKUP_DIR: z.string().default(''),
  /** How long each is kept: what was erased is gone from backups too by then. */
  BACKUP_DAYS: count.max(180).default(14),
  /** Encrypts backups; empty: they are not encrypted. A secret. */
  BACKUP_PASSPHRASE: z.string().min(12).or(z.literal('')).default(''),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('warn'),
  /** `sandbox`, or the name of any installed Wechaty puppet package. */
  WECHATY_PUPPET: z
    .string()
    .regex(/^[@\w./-]+$/)
    .default('sandbox'),
  WECHATY_PUPPET_SERVICE_ENDPOINT: z.string().default(''),
  WECHATY_PUPPET_SERVICE_TOKEN: z
    .string()
    .transform(token =>
      token
        .trim()
        .replace(/^(["'“‘])(.*)["'”’]$/u, '$2')
        .trim(),
    )
    .refine(token => !/[\s"'“”‘’]/u.test(token), '里面不能有空格和引号，请重新复制')
    .default(''),
  /** The gateway's certificate authority, PEM file; empty means the one that ships with Wechaty. */
  WECHATY_PUPPET_SERVICE_TLS_CA_CERT: z.string().default(''),
  /** For a gateway without encryption, as ours with `--no-tls`; Wechaty's own name for it. */
  WECHATY_PUPPET_SERVICE_NO_TLS_INSECURE_CLIENT: z.enum(['true', 'false']).default('false'),
  /**
   * Several chat lines at once, `name:kind` by comma; kinds: sandbox, wechaty, qq, wecom, robot, customers. Empty: one line, that of
   * WECHATY_PUPPET. Ids of the first sandbox or Wechaty line stand alone, all others begin with the line's name.
   */
  LINES: z
    .string()
    .regex(linesPattern, '要写成 wechat:wechaty,qq1:qq 这样，名字用小写字母和数字，不要重复')
    .default(''),
  /** Of the official QQ bot; several lines as `qq1=ID,qq2=ID`. */
  QQ_APP_ID: z.string().trim().default(''),
  QQ_APP_SECRET: z.string().trim().default(''),
  QQ_API_URL: z.url({ protocol: /^https?$/ }).default('https://api.bot.qq.com'),
  /** Domains that were entered for the bot in QQ's admin pages, by comma: links to others are refused by QQ. */
  QQ_LINK_DOMAINS: z.string().default(''),
  /** `yes`: where no link can stand in QQ, the source's address follows as a QR code. */
  QQ_SOURCE_QR: z.enum(['yes', 'no']).default('no'),
  /** Of the WeCom AI bot; several lines as `staff=ID,club=ID`. */
  WECOM_BOT_ID: z.string().trim().default(''),
  WECOM_BOT_SECRET: z.string().trim().default(''),
  /** What the bot is called in its groups, to tell a mention from the message; empty: the first mention is taken off. */
  WECOM_BOT_NAME: z.string().trim().default(''),
  WECOM_WS_URL: z.url({ protocol: /^wss?$/ }).default('wss://openws.work.weixin.qq.com'),
  /** Group robots to push by, `name=webhook address` by comma; the addresses are secrets. */
  ROBOT_WEBHOOKS: z.string().trim().default(''),
  /** Of the WeCom app that prepares messages to customer groups; the secret is one. */
  WECOM_CORP_ID: z.string().trim().default(''),
  WECOM_APP_SECRET: z.string().trim().default(''),
  WECOM_API_URL: z.url({ protocol: /^https?$/ }).default('https://qyapi.weixin.qq.com'),
  /** Sets of customer groups by comma: `name=employee`, or `name=employee:word` for those with a word in their name. */
  CUSTOMER_GROUPS: z.string().trim().default(''),
  /** Between two questions to the line whether it lives. */
  LINE_DING_MS: z.coerce.number().int().min(10).default(5000),
  /** A line without a sign of life for this long is dead; with one ping it makes 20 s. */
  LINE_SILENCE_MS: z.coerce.number().int().min(10).default(12_000),
  /** Before the first attempt to connect again; doubles up to the last. */
  LINE_BACKOFF_FIRST_MS: z.coerce.number().int().min(10).default(5000),
  LINE_BACKOFF_LAST_MS: z.coerce.number().int().min(10).default(300_000),
  /** Where alarms are told to people's phones, by another road than the chat line; holds a secret. Empty: nowhere. */
  ALERT_WEBHOOK_URL: webAddress,
  ALERT_WEBHOOK_KIND: z.enum(['wecom', 'dingtalk', 'feishu', 'custom']).default('wecom'),
  /** For robots that want their messages signed. */
  ALERT_WEBHOOK_SECRET: z.string().default(''),
  /** The JSON body of a `custom` one. */
  ALERT_WEBHOOK_TEMPLATE: z
    .string()
    .refine(
      isJsonTemplate,
      `要写成 JSON，并且有一个字符串里带着 ${placeholder}，例如 {"text":"${placeholder}"}`,
    )
    .default(`{"text":"${placeholder}"}`),
  /** Alarms that clear within this are not sent: a restarting gateway is back within half a minute. */
  ALERT_AFTER_SECONDS: z.coerce.number().int().min(0).max(3600).default(30),
  /** Minimum interval of one alarm: a phone that rings more often is muted. */
  ALERT_AGAIN_MINUTES: z.coerce.number().int().min(0).default(30),
  /** Lets a monitor on another machine read /readyz and /metrics. Empty: only scripts on this machine may. */
  METRICS_TOKEN: z.string().min(16).or(z.literal('')).default(''),
  /** Older messages are not answered: the conversation has moved on. Sign-ins count all the same. */
  STALE_MINUTES: z.coerce.number().int().min(1).default(10),
  /** One every ten seconds is faster than answers are read. Commands are not counted, here and below. */
  ANSWERS_PER_PERSON_PER_MINUTE: z.coerce.number().int().min(1).default(6),
  /** Half of what an account may say in a minute, so that receipts and digests have room. */
  ANSWERS_PER_GROUP_PER_MINUTE: z.coerce.number().int().min(1).default(20),
  /** The key of an OpenAI-compatible endpoint; empty: no language model, everything works without. */
  OPENAI_API_KEY: z.string().default(''),
  /** DeepSeek, Qwen, GLM and local ones have addresses of their own. */
  OPENAI_BASE_URL: z.url({ protocol: /^https?$/ }).default('https://api.openai.com/v1'),
  /**
   * Who receives the questions abroad, by name and country. An endpoint outside of mainland China is refused without it
   * (PIPL article 39), and the privacy notice names it.
   */
  OPENAI_OVERSEAS: z.string().trim().max(60).default(''),
  /** As the endpoint calls it; needed with a key. */
  OPENAI_MODEL: z.string().default(''),
  /** A group of hundreds asks less; 0 switches the model off. */
  MODEL_CALLS_PER_DAY: z.coerce.number().int().min(0).max(100_000).default(500),
  /** About 2,000 a call. */
  MODEL_TOKENS_PER_DAY: z.coerce.number().int().min(0).max(100_000_000).default(1_000_000),
  /**
   * The endpoint's model for vectors; empty: found by characters alone. With it, questions that these leave open between
   * a few are sent there too, and settled by meaning where both agree.
   */
  OPENAI_EMBEDDING_MODEL: z.string().default(''),
  /** How long a maker waits for a better wording: the answer must be there within 3 s. */
  FAQ_MODEL_PATIENCE_MS: z.coerce.number().int().min(200).max(2800).default(2500),
  /** Bound groups, by name, in which answers worded by a model carry no mark that says so; separated by commas. */
  AI_MARK_OFF_GROUPS: z.string().default(''),
  /** What makes the shipped questions do worse goes live only when a reviewer has seen it and says so. */
  FAQ_RELEASE_GATE: z.enum(['true', 'false']).default('true'),
  /**
   * The author of an entry or a broadcast may also approve it: for teams of one (`true`), and so that one person can
   * play the whole path in the simulated groups (`sandbox`). The console says so where it matters.
   */
  ONE_PERSON_REVIEW: z.enum(['true', 'false', 'sandbox']).default('sandbox'),
  /** When the policy digest goes out unless changed on the console, cron in Asia/Shanghai. */
  DIGEST_CRON: z.string().min(9).default('30 16 * * 5'),
  /** A digest that is later than this is not sent any more. */
  DIGEST_SHELF_LIFE_MINUTES: z.coerce.number().int().min(0).default(120),
  /** Where items come from; nothing is fetched but from sources that are switched on. */
  SOURCES_FILE: z.string().min(1).default('data/sources.yaml'),
  /** Pause between two requests to one site: offices' sites are slow, and collecting has time. */
  COLLECT_GAP_MS: positiveMs.default(1500),
  /** Networks that pages may be read from although they are not public, by comma; for a mirror in one's own house. */
  COLLECT_ALSO_ALLOWED: z.string().default(''),
  /**
   * How long questions and closed tickets are kept. Half a year covers one round of the yearly declarations, by which
   * the knowledge is put right; longer than the purpose needs is not allowed (PIPL article 19).
   */
  QUESTION_LOG_DAYS: count.default(180),
  /** The office responsible for personal data, and its contact; the privacy notice names both. */
  PRIVACY_HANDLER: z.string().trim().max(60).default(''),
  PRIVACY_CONTACT: z.string().trim().max(80).default(''),
  /**
   * How long names stand in the records of lessons; then only the numbers stay. Three years are one term of a branch
   * committee, for which the tally is drawn up.
   */
  ATTENDANCE_DAYS: count.default(1095),
  /** How long reasons of leave are kept: often illness, and not needed after the quarter's tally. */
  LEAVE_REASON_DAYS: count.default(180),
  /** How long a person off the roster is kept after their last message: a year covers every round. */
  CHAT_PEOPLE_DAYS: count.default(365),
  /** How long the text and files of what was sent are kept; that it was sent stays. A quarter, for the tally's sake. */
  SENT_TEXT_DAYS: count.default(90),
  /** Who took out which file: records of handling are to be kept for three years at least (PIPL article 56). */
  EXPORT_LOG_DAYS: count.default(1095),
  /** Who did what: network logs are to be kept for six months at least (Cybersecurity Law article 21). */
  AUDIT_DAYS: z.coerce.number().int().min(180).default(365),
  /** Party membership is sensitive personal data (PIPL article 28): only a lawful need makes this `yes`. */
  KEEP_PARTY_MEMBERSHIP: z.enum(['yes', 'no']).default('no'),
  /** Between two messages to one group (wechatferry's safe mode: 1 s). */
  SAME_GROUP_GAP_MS: positiveMs.default(1000),
  /** Between two groups, at random in this range (ibid.: 3–5 s). */
  NEXT_GROUP_GAP_MIN_MS: positiveMs.default(3000),
  NEXT_GROUP_GAP_MAX_MS: positiveMs.default(5000),
  /** After which the outcome of one message counts as unknown. */
  SAY_DEADLINE_MS: positiveMs.default(20_000),
  /** Pushes in a minute (wechatferry's safe mode: 40). */
  SENDS_PER_MINUTE: count.default(40),
  /** Pushes in a day; accounts were blocked for far more, 500 and up. */
  SENDS_PER_DAY: count.default(300),
  /** Of an account's first week, the day's number is divided by this. */
  FIRST_WEEK_DIVISOR: count.default(4),
  /** Messages of the account in a minute, replies included; 0: three times a group's answers. */
  REPLIES_PER_MINUTE: positiveMs.default(0),
  /** Replies in a day; 0: twenty minutes' worth. */
  REPLIES_PER_DAY: positiveMs.default(0),
  /** Failures in a row that pause the sending … */
  FAILURES_TO_PAUSE: count.default(3),
  /** … for so long; then one is tried. */
  FAILURE_PAUSE_MINUTES: count.default(30),
  /** Numbers in a provider's error that mean 「too fast」, by comma (puppet-supports#565: 20001). */
  THROTTLE_CODES: z
    .string()
    .regex(/^\d+(\s*,\s*\d+)*$/)
    .default('20001'),
  /** Quiet hours, for broadcasts only; the same time twice means none. */
  QUIET_FROM: timeOfDay.default('22:00'),
  QUIET_UNTIL: timeOfDay.default('07:30'),
  /** On weekends and holidays people sleep longer, so the night ends later; 调休 counts as work. */
  QUIET_UNTIL_REST_DAYS: timeOfDay.default('09:00'),
})
export type Config = Readonly<z.infer<typeof Settings>>

/** All faults of the settings at once, by name and expectation, never with a value. */
export class ConfigFault extends Error {
  override name = 'ConfigFault'
}

/** Checks the settings of an environment, by default that of the process. */
export function readConfig(environment: NodeJS.ProcessEnv = readEnvironment()): Config {
  const given = Object.entries(environment).filter(([, value]) => value !== '')
  const result = Settings.safeParse(Object.fromEntries(given))
  if (result.success) return Object.freeze(result.data)
  const lines = result.error.issues.map(issue => `  ${issue.path.join('.')}：${issue.message}`)
  throw new ConfigFault(`设置有误，请检查 .env 或环境变量：\n${lines.join('\n')}`)
}

/** The only reader of the environment; a `.env` file beside package.json counts where it exists. */
export function readEnvironment(): NodeJS.ProcessEnv {
  if (existsSync('.env')) process.loadEnvFile('.env')
  return process.env
}
