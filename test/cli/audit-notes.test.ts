import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { openPendingFiles } from '../../src/adapters/lowdb/pending-actions.ts'
import { auditPolicy } from '../../src/app/platform/audit-policy.ts'
import { openAudit } from '../../src/audit/trail.ts'
import { noteAction } from '../../src/cli/audit-notes.ts'
import { runBackup } from '../../src/cli/backup.ts'
import { runDataCopy } from '../../src/cli/data-copy.ts'
import { runRestore } from '../../src/cli/restore.ts'
import { sayWhat } from '../../src/features/audit/words/words.ts'
import { createStoreFolder, type StoreFolder } from '../adapters/store-folder.ts'

const Counter = z.object({ count: z.int() })
let place: StoreFolder
let files: string
beforeEach(async () => {
  place = createStoreFolder()
  files = mkdtempSync(join(tmpdir(), 'chuangke-files-'))
  vi.stubEnv('STATE_DIR', place.folder)
  vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  await (await place.open()).collection('counters', Counter).update('a/1', () => ({ count: 1 }))
})
afterEach(async () => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  await place.dispose()
  rmSync(files, { recursive: true })
})

/** The log as the bot that owns this folder has it after a start: kind, road and command of each line. */
async function linesIn({ folder, clock, alarms, reopen }: StoreFolder) {
  const store = await reopen()
  const audit = openAudit({ store, clock, alarms, policy: auditPolicy })
  await audit.recordPending(openPendingFiles(folder))
  const entries = await audit.log.read()
  await store.close()
  for (const { detail } of entries) expect(detail?.actor?.value.id).toMatch(/^shell:./)
  expect((await audit.log.verify().catch(() => ({ problems: [] }))).problems).toEqual([])
  return entries.map(({ line: { kind, road, what } }) => `${kind} ${road} ${what}`)
}

test('each command that changes records or takes them out leaves a line with the bot that owns them', async () => {
  const backup = join(files, 'all.backup')
  const copied = createStoreFolder()
  // The store is open: this is a running bot.
  await runBackup(['--to', backup])
  expect(await linesIn(place)).toEqual(['export shell backup'])
  await expect(runRestore(['--from', backup])).rejects.toThrow('已经有别的数据')
  expect(await linesIn(place)).toEqual(['export shell backup'])
  await runRestore(['--from', backup, '--replace'])
  await runDataCopy(['--from', `lowdb:${place.folder}`, '--to', `lowdb:${copied.folder}`])
  expect(await linesIn(place)).toEqual(['deed shell restore', 'export shell data:copy'])
  // The copy has the restore's line, too, which was not recorded yet when it was made.
  expect(await linesIn(copied)).toEqual(['deed shell restore', 'export shell data:copy'])
  await copied.dispose()
})

test('an action is recorded once, though it is looked at again, and is not lost where the log cannot be written', async () => {
  await noteAction(`lowdb:${place.folder}`, { kind: 'export', what: 'backup' })
  const pending = openPendingFiles(place.folder)
  const store = await place.reopen()
  let isFull = true
  const full = {
    ...store,
    collection: ((...made: Parameters<typeof store.collection>) => ({
      ...store.collection(...made),
      update: (...change: [string, never]) =>
        isFull ? Promise.reject(new Error('no space left')) : store.collection(...made).update(...change),
    })) as typeof store.collection,
  }
  const audit = openAudit({ ...place, store: full, policy: auditPolicy })
  await expect(audit.recordPending(pending)).rejects.toThrow('no space')
  expect(await pending.list()).toHaveLength(1)
  isFull = false
  for (const _ of [1, 2]) await audit.recordPending(pending)
  expect((await audit.log.read()).map(({ line }) => line.what)).toEqual(['backup'])
  expect(await pending.list()).toEqual([])
})

test('a note that cannot be written stops no backup', async () => {
  const told = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  writeFileSync(join(place.folder, 'pending-actions'), 'in the way')
  await runBackup(['--to', join(files, 'all.backup')])
  expect(readFileSync(join(files, 'all.backup')).length).toBeGreaterThan(100)
  expect(told.mock.calls.join()).toContain('没能写进操作记录')
})

/** Commands that change nothing and take nothing out of the records. */
const without = [
  'ask',
  'audit:verify',
  'conditions:check',
  'digest:eval',
  'doctor',
  'documents:read',
  'documents:wanted',
  'faq:check',
  'faq:eval',
  'gateway',
  'licences',
  'match:eval',
  'vote:verify',
]

test('every command of the program is known to leave a line, which has words, or to need none', () => {
  const source = readFileSync('src/cli.ts', 'utf8')
  const names = [...source.matchAll(/^ {2}'?([a-z:]+)'?: async/gmu)].map(([, name = '']) => name)
  const recorded = names.filter(name => !without.includes(name))
  expect(recorded.sort()).toEqual(['backup', 'data:copy', 'restore', 'site'])
  for (const what of recorded) expect(sayWhat({ road: 'shell', what }, new Map())).not.toMatch(/「/u)
})
