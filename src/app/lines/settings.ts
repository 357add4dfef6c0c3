import type { QqSettings } from '../../adapters/qq/api.ts'
import type { Robot } from '../../adapters/wecom/robot-line.ts'
import type { WecomSettings } from '../../adapters/wecom/session.ts'
import type { Config } from '../../config.ts'
import { qualified } from '../../ports/line-ids.ts'
import { plannedLines } from './plan.ts'

/** What one line's setting says: `ID` for every line of the kind, or `qq1=ID,qq2=ID` by name. */
export function settingOf(value: string, title: string): string {
  const named = value.split(',').map(part => /^\s*([a-z][a-z0-9-]{0,15})=(.*)$/u.exec(part))
  if (named.some(match => match === null)) return value.trim()
  return named.find(match => match?.[1] === title)?.[2]?.trim() ?? ''
}

export const qqSettingsOf = (config: Config, title: string): QqSettings => ({
  apiUrl: config.QQ_API_URL.replace(/\/$/u, ''),
  appId: settingOf(config.QQ_APP_ID, title),
  secret: settingOf(config.QQ_APP_SECRET, title),
})

export const wecomSettingsOf = (config: Config, title: string): WecomSettings => ({
  url: config.WECOM_WS_URL,
  botId: settingOf(config.WECOM_BOT_ID, title),
  secret: settingOf(config.WECOM_BOT_SECRET, title),
  botName: settingOf(config.WECOM_BOT_NAME, title),
})

/** The group robots of `name=address,…`; an entry without a name or an address is left out. */
export const robotsOf = ({ ROBOT_WEBHOOKS }: Pick<Config, 'ROBOT_WEBHOOKS'>): Robot[] =>
  ROBOT_WEBHOOKS.split(',').flatMap(entry => {
    const [name = '', ...address] = entry.trim().split('=')
    const url = address.join('=')
    return name !== '' && /^https?:/u.test(url) ? [{ name: name.trim(), url: url.trim() }] : []
  })

/** The groups that robots push into, as the community knows them: nobody can bind them from inside. */
export function robotGroupsOf(config: Config): { id: string; name: string }[] {
  const line = plannedLines(config).find(({ kind }) => kind === 'robot')
  return line ? robotsOf(config).map(({ name }) => ({ id: qualified(line.name, name), name })) : []
}
