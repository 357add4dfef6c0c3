import type { QqSettings } from '../../adapters/qq/api.ts'
import type { WecomSettings } from '../../adapters/wecom/session.ts'
import type { Config } from '../../config.ts'

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
