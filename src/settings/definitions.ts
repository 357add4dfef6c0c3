import { z } from 'zod'

/** Values of the settings that organizers own. Times are `HH:MM` in Asia/Shanghai. */
export type OrganizerSettings = {
  quietFrom: string
  quietUntil: string
  quietUntilRestDays: string
  sendsPerMinute: number
  sendsPerDay: number
  summaryTime: string
  welcome: string
  privacyHandler: string
  privacyContact: string
}
export type SettingName = keyof OrganizerSettings
export const settingNames = [
  'quietFrom',
  'quietUntil',
  'quietUntilRestDays',
  'sendsPerMinute',
  'sendsPerDay',
  'summaryTime',
  'welcome',
  'privacyHandler',
  'privacyContact',
] as const satisfies readonly SettingName[]

type Definition = { title: string; kind: 'time' | 'number' | 'line' | 'lines'; longest?: number }

/** Chinese titles and kinds of input. */
export const definitions: Readonly<Record<SettingName, Definition>> = {
  quietFrom: { title: '晚上几点起不推送', kind: 'time' },
  quietUntil: { title: '早上几点起可以推送', kind: 'time' },
  quietUntilRestDays: { title: '周末和节假日，早上几点起', kind: 'time' },
  sendsPerMinute: { title: '一分钟最多推送几条', kind: 'number' },
  sendsPerDay: { title: '一天最多推送几条', kind: 'number' },
  summaryTime: { title: '给指导员的每日汇总几点发', kind: 'time' },
  welcome: { title: '欢迎新人的话', kind: 'lines', longest: 300 },
  privacyHandler: { title: '谁负责大家的信息', kind: 'line', longest: 60 },
  privacyContact: { title: '负责人的联系方式', kind: 'line', longest: 80 },
}

const timeOfDay = z
  .string()
  .trim()
  .transform(text => text.replace(/：/u, ':').replace(/^(\d):/u, '0$1:'))
  .pipe(z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/u, '请写成 08:30 这样的时间。'))

/**
 * Reads one setting as it was typed.
 * @param most the machine's limit of a number; an account is blocked beyond it
 */
export function valueSchema(name: SettingName, most: number): z.ZodType<string> {
  const { kind, longest = 0 } = definitions[name]
  if (kind === 'time') return timeOfDay
  if (kind === 'number')
    return z.coerce
      .number('请写一个数字。')
      .int('请写一个整数。')
      .min(1, '至少 1 条。')
      .max(most, `最多 ${most} 条：再多账号容易被限制，要改请管机器的人改 .env。`)
      .transform(String)
  const text = z
    .string()
    .transform(typed => typed.replaceAll('\r\n', '\n').trim())
    .pipe(z.string().max(longest, `最多 ${longest} 个字。`))
  return name === 'welcome'
    ? text.refine(typed => typed !== '', '请写一句欢迎的话；不想欢迎，在群里发「本群设置 欢迎 关」。')
    : text
}
