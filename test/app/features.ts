import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MovableClock } from '../../src/adapters/clock.ts'
import { openFeatures } from '../../src/app/features.ts'
import { openLines } from '../../src/app/lines/index.ts'
import { createBase, openPlatform } from '../../src/app/platform/platform.ts'
import { readConfig } from '../../src/config.ts'
import { createPersonTurns } from '../../src/inbound/person-turns.ts'
import type { Store } from '../../src/ports/store.ts'
import { createQuietLog } from '../conversation.ts'
import { readShippedFiles } from '../started-app.ts'

/**
 * The features as the program opens them, over simulated groups and an empty folder.
 * @param clock default: that of the machine
 */
export async function openAllFeatures(store?: Store, clock?: MovableClock) {
  const state = mkdtempSync(join(tmpdir(), 'chuangke-features-'))
  const config = readConfig({ STATE_DIR: state, DATA_DIR: 'data', WECHATY_PUPPET: 'sandbox' })
  const log = createQuietLog()
  const base = { ...createBase(config, log), ...(clock ? { clock, sandboxClock: clock } : {}) }
  const files = await readShippedFiles(config, log)
  const opened = await openPlatform(config, base)
  const platform = store ? { ...opened, store } : opened
  const lines = await openLines(config, platform, { files, print: () => {} })
  const features = await openFeatures({
    config,
    platform,
    lines,
    files,
    turns: createPersonTurns(),
    createLoginLink: async () => 'http://localhost/',
    endSessionsOf: async () => {},
    hasAccount: async () => false,
  })
  return { ...features, platform }
}
