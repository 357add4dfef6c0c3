import { z } from 'zod'

/** Names are unique: a name before it may not come again. */
const linesPattern =
  /^(?:|(?:[a-z][a-z0-9-]{0,15}:(?:sandbox|wechaty|qq|wecom|robot|customers))(?:\s*,\s*[a-z][a-z0-9-]{0,15}:(?:sandbox|wechaty|qq|wecom|robot|customers))*)$/

/** How it is connected to the chat platforms. */
export const chatLineSettings = {
  /** `sandbox`, or the name of any installed Wechaty puppet package. */
  WECHATY_PUPPET: z
    .string()
    .regex(/^[@\w./-]+$/, '要写成包的名字，例如 wechaty-puppet-service')
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
  /** Wechaty's own name for a gateway without encryption, as ours with `--no-tls`. */
  WECHATY_PUPPET_SERVICE_NO_TLS_INSECURE_CLIENT: z.enum(['true', 'false']).default('false'),
  /**
   * Several chat lines at once, `name:kind` by comma; kinds: sandbox, wechaty, qq, wecom, robot, customers.
   * Empty: one line, that of WECHATY_PUPPET. Ids of the first sandbox or Wechaty line stand alone, all
   * others begin with the line's name.
   */
  LINES: z
    .string()
    .regex(
      linesPattern,
      '要写成 wechat:wechaty,qq1:qq 这样，名字用小写字母和数字，不要重复；冒号后面是 sandbox、wechaty、qq、wecom、robot 或 customers',
    )
    .default(''),
  /** Ids of the official QQ bot; several lines as `qq1=ID,qq2=ID`. */
  QQ_APP_ID: z.string().trim().default(''),
  QQ_APP_SECRET: z.string().trim().default(''),
  QQ_API_URL: z.url({ protocol: /^https?$/ }).default('https://api.bot.qq.com'),
  /** Domains that were entered for the bot in QQ's admin pages, by comma: links to others are refused by QQ. */
  QQ_LINK_DOMAINS: z.string().default(''),
  /** `yes`: where no link can stand in QQ, the source's address follows as a QR code. */
  QQ_SOURCE_QR: z.enum(['yes', 'no']).default('no'),
  /** Ids of the WeCom AI bot; several lines as `staff=ID,club=ID`. */
  WECOM_BOT_ID: z.string().trim().default(''),
  WECOM_BOT_SECRET: z.string().trim().default(''),
  /** The bot's name in its groups, to tell a mention from the message; empty: the first mention is taken off. */
  WECOM_BOT_NAME: z.string().trim().default(''),
  WECOM_WS_URL: z.url({ protocol: /^wss?$/ }).default('wss://openws.work.weixin.qq.com'),
  /** Group robots to push by, `name=webhook address` by comma; the addresses are secrets. */
  ROBOT_WEBHOOKS: z.string().trim().default(''),
  /** The WeCom app that prepares messages to customer groups; the secret is one. */
  WECOM_CORP_ID: z.string().trim().default(''),
  WECOM_APP_SECRET: z.string().trim().default(''),
  WECOM_API_URL: z.url({ protocol: /^https?$/ }).default('https://qyapi.weixin.qq.com'),
  /** Sets of customer groups by comma: `name=employee`, or `name=employee:word` for those with a word in their name. */
  CUSTOMER_GROUPS: z.string().trim().default(''),
  /** Interval between two pings of the line, ms. */
  LINE_DING_MS: z.coerce.number().int().min(10).default(5000),
  /** A line without a sign of life for this long counts as down; together with one ping that makes 20 s. */
  LINE_SILENCE_MS: z.coerce.number().int().min(10).default(12_000),
  /** Before the first attempt to connect again; doubles up to the last. */
  LINE_BACKOFF_FIRST_MS: z.coerce.number().int().min(10).default(5000),
  LINE_BACKOFF_LAST_MS: z.coerce.number().int().min(10).default(300_000),
}
