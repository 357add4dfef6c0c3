import ipaddr from 'ipaddr.js'
import type { Config } from '../../config.ts'

/** The company that processes questions for the language model. */
export type ModelProcessor = { name: string; isOverseas: boolean }

/** Endpoints whose servers are in mainland China, by the end of their host names, and who runs them. */
const inChina: readonly [host: string, name: string][] = [
  ['api.deepseek.com', '深度求索（DeepSeek）'],
  ['dashscope.aliyuncs.com', '阿里云百炼'],
  ['open.bigmodel.cn', '智谱 AI'],
  ['api.moonshot.cn', '月之暗面（Kimi）'],
  ['volces.com', '火山引擎（豆包）'],
  ['cloud.tencent.com', '腾讯云（混元）'],
  ['qianfan.baidubce.com', '百度千帆'],
  ['xf-yun.com', '讯飞星火'],
  ['api.minimaxi.com', 'MiniMax'],
  ['api.stepfun.com', '阶跃星辰'],
  ['api.baichuan-ai.com', '百川智能'],
  ['api.sensenova.cn', '商汤日日新'],
  ['api.siliconflow.cn', '硅基流动'],
]

/** @returns who processes questions with these settings; undefined without a language model */
export function modelProcessorOf(
  config: Pick<Config, 'OPENAI_API_KEY' | 'OPENAI_BASE_URL' | 'OPENAI_OVERSEAS'>,
): ModelProcessor | undefined {
  if (!config.OPENAI_API_KEY) return undefined
  const host = new URL(config.OPENAI_BASE_URL).hostname.toLowerCase().replace(/^\[|\]$/gu, '')
  if (isLocal(host)) return { name: '本单位自己的模型', isOverseas: false }
  const known = inChina.find(([end]) => host === end || host.endsWith(`.${end}`))
  if (known) return { name: known[1], isOverseas: false }
  if (host.endsWith('.cn')) return { name: host, isOverseas: false }
  return { name: config.OPENAI_OVERSEAS || host, isOverseas: true }
}

/** On this machine or in this network. */
function isLocal(host: string): boolean {
  if (!ipaddr.isValid(host)) return !host.includes('.') || /\.(?:local|lan|internal)$/u.test(host)
  const range = ipaddr.process(host).range()
  return range === 'loopback' || range === 'private' || range === 'uniqueLocal' || range === 'linkLocal'
}
