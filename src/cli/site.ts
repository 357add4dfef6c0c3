import { parseArgs } from 'node:util'
import { openFeatures } from '../app/features.ts'
import { readDataFiles } from '../app/files/files.ts'
import { openLines } from '../app/lines/index.ts'
import { createBase, openPlatform } from '../app/platform/platform.ts'
import { Refusal } from '../feature.ts'
import { createPersonTurns } from '../inbound/person-turns.ts'
import { createLog } from '../log.ts'
import { SiteFolderFault, writeSite } from '../site/folder.ts'
import { noteActionOn } from './audit-notes.ts'
import { chosenTenant } from './chosen-tenant.ts'

const inConsole = '请在控制台「E空间」页下载 zip'

/**
 * Writes the public pages as files: `--out FOLDER`. Reads the store, so the bot must not run; while it runs, the
 * console's page 「E空间」 gives the same as a zip.
 * @returns the exit code: 0 written or unchanged, 1 refused
 */
export async function runSite(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { out: { type: 'string' }, tenant: { type: 'string' } },
  })
  if (!values.out) throw new Refusal('请用 --out 写上要放网页的文件夹，例如 npm run -s site -- --out site。')
  const tenant = chosenTenant(values.tenant)
  const { config } = tenant
  if (config.STORE === 'postgres') throw new Refusal(`记录在 PostgreSQL 里时，${inConsole}。`)
  const base = createBase(config, createLog(config.LOG_LEVEL))
  const files = readDataFiles(config, base.scheduler)
  const platform = await openPlatform(config, base).catch(cause => {
    if (cause instanceof Error && cause.name.endsWith('Fault'))
      throw new Refusal(`${cause.message}\n机器人在运行的话，${inConsole}。`)
    throw cause
  })
  try {
    const lines = await openLines(config, platform, { files, print: () => {} })
    const { pages } = await openFeatures({
      ...{ config, platform, lines, files, turns: createPersonTurns() },
      createLoginLink: async () => '',
      endSessionsOf: async () => {},
      hasAccount: async () => false,
    })
    const site = await pages.exported()
    await noteActionOn(tenant, { kind: 'export', what: 'site' })
    const isChanged = writeSite(site, values.out)
    process.stdout.write(`${isChanged ? '写好了' : '没有变化'}：${site.size} 个文件，${values.out}\n`)
    return 0
  } catch (cause) {
    if (!(cause instanceof SiteFolderFault)) throw cause
    throw new Refusal(cause.message)
  } finally {
    await platform.web.close()
    await platform.store.close()
    platform.journal?.close()
  }
}
