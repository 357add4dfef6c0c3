import { withDeadline } from '../../adapters/line/deadline.ts'
import { openSocket } from '../../adapters/line/socket.ts'
import { appErrorOf, createQqApi, type QqSettings } from '../../adapters/qq/api.ts'
import { notConnectedWords } from '../../adapters/qq/refusals.ts'
import { createAppApi } from '../../adapters/wecom/customers/api/api.ts'
import { createGroupDirectory } from '../../adapters/wecom/customers/api/directory.ts'
import { missingSettingsOf } from '../../app/lines/plan/check.ts'
import { type LinePlan, plannedLines } from '../../app/lines/plan/plan.ts'
import {
  appSettingsOf,
  groupSetsOf,
  linkDomainsOf,
  qqSettingsOf,
  wecomSettingsOf,
} from '../../app/lines/plan/settings.ts'
import type { Config } from '../../config.ts'
import { RefusedError } from '../../ports/chat.ts'
import { bad, type Diagnosis, good, warning } from './diagnosis.ts'

const timeoutMs = 5000

type Probe = (config: Config, title: string) => Promise<Diagnosis>
const probes: Partial<Record<LinePlan['kind'], Probe>> = {
  qq: reachQq,
  wecom: reachWecom,
  customers: reachCustomers,
}

/** The lines whose platform can be asked: their settings are complete, and asking disturbs nothing. */
const askableLines = (config: Config): LinePlan[] =>
  plannedLines(config).filter(
    plan => probes[plan.kind] !== undefined && missingSettingsOf(plan, config).length === 0,
  )

export const hasAskableLines = (config: Config): boolean => askableLines(config).length > 0

/** Asks the platform of each line whether it knows the bot. Sends nothing, and ends no connection of a running bot. */
export async function reachLines(config: Config): Promise<Diagnosis> {
  const found = await Promise.all(
    askableLines(config).map(async ({ kind, title }) => {
      const { state, text } = await (probes[kind] ?? reachQq)(config, title)
      return { state, text: `${title}：${text}` }
    }),
  )
  const text = found.map(one => one.text).join('\n    ')
  if (found.some(({ state }) => state === 'bad')) return bad(text)
  return found.some(({ state }) => state === 'warning') ? warning(text) : good(text)
}

async function reachQq(config: Config, title: string): Promise<Diagnosis> {
  const settings = qqSettingsOf(config, title)
  const answer = await createQqApi(settings)
    .call({ method: 'GET', path: '/gateway/bot', timeoutMs })
    .catch((cause: Error) => cause)
  if (answer instanceof Error) {
    const refusal = appErrorOf(answer)
    return refusal
      ? bad(notConnectedWords(refusal.code))
      : warning('连不上 QQ 开放平台，请检查网络和 QQ_API_URL。')
  }
  if (answer.url === undefined) return bad(notConnectedWords(answer.code ?? 0))
  return checkLinkDomains(config, settings)
}

/** QQ asks each registered domain for this file; without it links are refused again. */
async function checkLinkDomains(config: Config, { appId }: QqSettings): Promise<Diagnosis> {
  const domains = linkDomainsOf(config)
  const without = await Promise.all(
    domains.map(async domain => ((await servesAppFile(domain, appId)) ? [] : [domain])),
  )
  const lacking = without.flat()
  if (lacking.length === 0)
    return good('QQ 认得这个机器人；群主的「允许机器人主动发消息」开没开，发一条推送就知道')
  return warning(
    `${lacking.join('、')} 打不开 /${appId}.json，或者里面没有 bot_appid：QQ 会不放行这个域名的网址。`,
  )
}

async function servesAppFile(domain: string, appId: string): Promise<boolean> {
  const signal = AbortSignal.timeout(timeoutMs)
  const text = await fetch(`https://${domain}/${appId}.json`, { signal })
    .then(answer => answer.text())
    .catch(() => '')
  return text.includes('bot_appid') && text.includes(appId)
}

/** Opens a connection without subscribing: that would take the bot away from the one that runs. */
async function reachWecom(config: Config, title: string): Promise<Diagnosis> {
  const { url } = wecomSettingsOf(config, title)
  const socket = openSocket(url, { onFrame() {}, onFault() {} })
  const closed = socket.closed.then(() => Promise.reject(new Error('closed')))
  try {
    await withDeadline(Promise.race([socket.opened, closed]), timeoutMs, 'connecting')
    return good('连得上企业微信；Secret 对不对，启动以后看控制台「线路」页')
  } catch {
    return warning('连不上企业微信的长连接，请检查网络和 WECOM_WS_URL。')
  } finally {
    socket.end()
  }
}

async function reachCustomers(config: Config): Promise<Diagnosis> {
  const directory = createGroupDirectory(createAppApi(appSettingsOf(config)))
  try {
    const counts: string[] = []
    for (const set of groupSetsOf(config))
      counts.push(`${set.name} ${(await directory.groupsOf(set, timeoutMs)).length} 个群`)
    return good(counts.join('，'))
  } catch (cause) {
    return cause instanceof RefusedError
      ? bad(cause.message)
      : warning('连不上企业微信的接口，请检查网络和 WECOM_API_URL。')
  }
}
