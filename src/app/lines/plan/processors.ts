import type { Config } from '../../../config.ts'
import { plannedLines } from './plan.ts'

const tencent = '深圳市腾讯计算机系统有限公司'
const qq = `QQ（${tencent}）转发 QQ 群和私聊里的消息`
const wecom = `企业微信（${tencent}）转发企业微信群和私聊里的消息`

const processors = {
  sandbox: undefined,
  wechaty: '聊天平台和收发消息的网关',
  qq,
  wecom,
  robot: wecom,
  customers: wecom,
} as const

/** The companies that carry messages over the configured lines, each once, as the privacy notice names them. */
export function lineProcessorsOf(config: Pick<Config, 'LINES' | 'WECHATY_PUPPET'>): string[] {
  return [...new Set(plannedLines(config).flatMap(({ kind }) => processors[kind] ?? []))]
}
