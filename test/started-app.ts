import { existsSync } from 'node:fs'
import { readFolder } from '../src/adapters/lowdb/raw.ts'
import { createNodeCron } from '../src/adapters/node-cron.ts'
import { type DataFiles, readDataFiles } from '../src/app/files/files.ts'
import { hasSandbox } from '../src/app/lines/plan/plan.ts'
import { type App, startApp as startWhole } from '../src/app.ts'
import type { Config } from '../src/config.ts'
import type { Log } from '../src/log.ts'
import { checkWhatWasSent } from './sent-texts.ts'
import { shareFinder } from './shared-finder.ts'

let shipped: { files: DataFiles; openFinder: ReturnType<typeof shareFinder> } | undefined

/** The files of `data/`, read and indexed once for all bots of a worker. */
export async function readShippedFiles(config: Config, log: Log): Promise<DataFiles> {
  if (!shipped) {
    const files = readDataFiles(config, createNodeCron(log))
    shipped = { files, openFinder: shareFinder(files.knowledge) }
  }
  return { ...shipped.files, index: await shipped.openFinder() }
}

const hasShippedFiles = (config: Config) =>
  config.DATA_DIR === '' && config.SOURCES_FILE === '' && hasSandbox(config)

/** Starts a whole bot. When it is stopped, what it sent to groups is held against the rules on formalism. */
export async function startApp(config: Config, host: Parameters<typeof startWhole>[1]): Promise<App> {
  const files = host.files ?? (hasShippedFiles(config) ? await readShippedFiles(config, host.log) : undefined)
  const app = await startWhole(config, { ...host, ...(files ? { files } : {}) })
  async function stop(): Promise<void> {
    await app.stop()
    if (config.STORE === 'lowdb' && existsSync(config.STATE_DIR))
      await checkWhatWasSent(readFolder(config.STATE_DIR, () => {}))
  }
  return { ...app, stop }
}
