import { existsSync } from 'node:fs'
import { z } from 'zod'
import { alertSettings } from './config/alerts.ts'
import { answerSettings } from './config/answers.ts'
import { chatLineSettings } from './config/chat-lines.ts'
import { installationSettings } from './config/installation.ts'
import { privacySettings } from './config/privacy.ts'
import { sendLimitSettings } from './config/send-limits.ts'
import { inChinese } from './lib/words/input-faults.ts'

z.config({ localeError: inChinese })

/**
 * Every setting of the bot, by the name it has in the environment. Numbers that come from somewhere name
 * their source; `.env.example` says the same in Chinese and a test holds the two together.
 */
export const Settings = z.object({
  ...installationSettings,
  ...chatLineSettings,
  ...alertSettings,
  ...answerSettings,
  ...privacySettings,
  ...sendLimitSettings,
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
