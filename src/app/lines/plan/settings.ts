import type { QqSettings } from '../../../adapters/qq/api.ts'
import type { AppSettings } from '../../../adapters/wecom/customers/api/api.ts'
import type { GroupSet } from '../../../adapters/wecom/customers/api/directory.ts'
import type { Robot } from '../../../adapters/wecom/robot-line.ts'
import type { WecomSettings } from '../../../adapters/wecom/session.ts'
import type { Config } from '../../../config.ts'
import { qualified } from '../../../ports/line-ids.ts'
import { plannedLines } from './plan.ts'

/** The entries of a list; people write Chinese commas too. */
export const listed = (list: string): string[] => list.split(/[,，]/u).flatMap(entry => entry.trim() || [])

/** The domains that QQ lets through, lower case, also where a whole address was written. */
export const linkDomainsOf = ({ QQ_LINK_DOMAINS }: Pick<Config, 'QQ_LINK_DOMAINS'>): string[] =>
  listed(QQ_LINK_DOMAINS).map(domain => domain.toLowerCase().replace(/^https?:\/\/|\/.*$/gu, ''))

/** The value that a setting gives to one line: `ID` for every line of the kind, or `qq1=ID,qq2=ID` by name. */
export function settingOf(value: string, title: string): string {
  const named = listed(value).map(part => /^\s*([a-z][a-z0-9-]{0,15})=(.*)$/u.exec(part))
  if (named.some(match => match === null)) return value.trim()
  return named.find(match => match?.[1] === title)?.[2]?.trim() ?? ''
}

export const qqSettingsOf = (config: Config, title: string): QqSettings => ({
  apiUrl: config.QQ_API_URL.replace(/\/$/u, ''),
  appId: settingOf(config.QQ_APP_ID, title),
  secret: settingOf(config.QQ_APP_SECRET, title),
})

/** The QQ bots of all lines. */
export const qqAppIdsOf = (config: Config): string[] =>
  plannedLines(config).flatMap(({ kind, title }) =>
    kind === 'qq' ? [qqSettingsOf(config, title).appId] : [],
  )

export const wecomSettingsOf = (config: Config, title: string): WecomSettings => ({
  url: config.WECOM_WS_URL,
  botId: settingOf(config.WECOM_BOT_ID, title),
  secret: settingOf(config.WECOM_BOT_SECRET, title),
  botName: settingOf(config.WECOM_BOT_NAME, title),
})

/** The group robots of `name=address,…`; an entry without a name or an address is left out. */
export const robotsOf = ({ ROBOT_WEBHOOKS }: Pick<Config, 'ROBOT_WEBHOOKS'>): Robot[] =>
  listed(ROBOT_WEBHOOKS).flatMap(entry => {
    const [name = '', ...address] = entry.split('=')
    const url = address.join('=')
    return name !== '' && /^https?:/u.test(url) ? [{ name: name.trim(), url: url.trim() }] : []
  })

export const appSettingsOf = (config: Config): AppSettings => ({
  apiUrl: config.WECOM_API_URL.replace(/\/$/u, ''),
  corpId: config.WECOM_CORP_ID,
  secret: config.WECOM_APP_SECRET,
})

/** The sets of customer groups of `name=employee:word,…`; an entry without a name or an employee is left out. */
export const groupSetsOf = ({ CUSTOMER_GROUPS }: Pick<Config, 'CUSTOMER_GROUPS'>): GroupSet[] =>
  listed(CUSTOMER_GROUPS).flatMap(entry => {
    const [name = '', whose = ''] = entry.split('=').map(part => part.trim())
    const [employee = '', word = ''] = whose.split(/[:：]/u).map(part => part.trim())
    return name !== '' && employee !== '' ? [{ name, employee, word }] : []
  })

/** The groups that are only pushed into, as the community knows them: they cannot be bound from inside. */
export function pushGroupsOf(config: Config): { id: string; name: string }[] {
  const names = { robot: robotsOf(config), customers: groupSetsOf(config) }
  return plannedLines(config).flatMap(({ kind, name: line }) =>
    kind === 'robot' || kind === 'customers'
      ? names[kind].map(({ name }) => ({ id: qualified(line, name), name }))
      : [],
  )
}
