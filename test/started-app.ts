import { existsSync } from 'node:fs'
import { readFolder } from '../src/adapters/lowdb/raw.ts'
import { type App, startApp as startWhole } from '../src/app.ts'
import type { Config } from '../src/config.ts'
import { checkWhatWasSent } from './sent-texts.ts'

/** Starts a whole bot. When it is stopped, what it sent to groups is held against the rules on formalism. */
export async function startApp(config: Config, host: Parameters<typeof startWhole>[1]): Promise<App> {
  const app = await startWhole(config, host)
  async function stop(): Promise<void> {
    await app.stop()
    if (config.STORE === 'lowdb' && existsSync(config.STATE_DIR))
      await checkWhatWasSent(readFolder(config.STATE_DIR))
  }
  return { ...app, stop }
}
