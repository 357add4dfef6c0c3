import { z } from 'zod'
import { isJsonTemplate, placeholder } from '../text/json-template.ts'
import { webAddress } from './values.ts'

/** How people learn that something is wrong. */
export const alertSettings = {
  /**
   * Where alarms are told to people's phones, over another channel than the chat line;
   * holds a secret. Empty: nowhere.
   */
  ALERT_WEBHOOK_URL: webAddress,
  ALERT_WEBHOOK_KIND: z.enum(['wecom', 'dingtalk', 'feishu', 'custom']).default('wecom'),
  /** The secret that signs messages, for robots that ask for it. */
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
}
