import { chownSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { openPendingFiles } from '../../src/adapters/lowdb/pending-actions.ts'
import { auditPolicy } from '../../src/app/platform/audit-policy.ts'
import { openAudit } from '../../src/audit/trail.ts'
import { noteAction } from '../../src/cli/audit-notes.ts'
import { runAuditVerify } from '../../src/cli/audit-verify.ts'
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
  const lines = ['export shell backup', 'deed shell restore', 'export shell data:copy']
  expect(await linesIn(place)).toEqual(lines)
  // The copy has the restore's line, too, which was not recorded yet when it was made.
  expect(await linesIn(copied)).toEqual(lines)
  await copied.dispose()
})

/** Does something that leaves a line, and says the line's day and number. */
async function act({ clock, alarms, open }: StoreFolder, count: number) {
  const store = await open()
  const audit = openAudit({ store, clock, alarms, policy: auditPolicy })
  const counters = audit.watching(store).collection('counters', Counter)
  const mei = { by: { id: 'wx-mei', name: '林小美' }, road: 'chat' as const, from: '', what: '记一笔' }
  await audit.trail.watch(mei, () => counters.update('a/1', () => ({ count })))
  await store.close()
}

/** Numbers and words of the log, and its problems. */
async function logIn({ clock, alarms, folder, open }: StoreFolder) {
  const store = await open()
  const audit = openAudit({ store, clock, alarms, policy: auditPolicy })
  await audit.recordPending(openPendingFiles(folder))
  const entries = await audit.log.read()
  const { problems } = await audit.log.verify()
  const counter = await store.collection('counters', Counter).get('a/1')
  await store.close()
  return { lines: entries.map(({ line: { number, what } }) => `${number} ${what}`), problems, counter }
}

test('a restore takes the records back and keeps every line of the log, with its own behind them', async () => {
  const backup = join(files, 'all.backup')
  const started = await place.reopen()
  await started.collection('sessions', Counter).update('all/s', () => ({ count: 1 }))
  await started.close()
  await act(place, 2)
  await runBackup(['--to', backup])
  place.clock.forward({ hours: 24 })
  await act(place, 3)
  await act(place, 4)
  for (const _ of [1, 2]) await runRestore(['--from', backup, '--replace'])
  const lines = ['1 记一笔', '2 记一笔', '3 记一笔', '4 backup', '5 restore', '6 restore']
  expect(await logIn(place)).toEqual({ lines, problems: [], counter: { count: 2 } })
  // A session of the backup may have been ended since.
  expect(readdirSync(join(place.folder, 'sessions'))).toEqual([])
  // Over an older state, the log of the backup is the newer one.
  const older = createStoreFolder()
  await runRestore(['--from', backup, '--to', `lowdb:${older.folder}`])
  rmSync(join(older.folder, 'audit-lines'), { recursive: true })
  await runRestore(['--from', backup, '--to', `lowdb:${older.folder}`])
  expect((await logIn(older)).lines).toEqual(['1 记一笔', '2 restore', '3 restore'])
  await older.dispose()
})

test('a log that the backup does not belong to makes way for its own, and its lines are kept in a file', async () => {
  const backup = join(files, 'all.backup')
  await place.reopen().then(store => store.close())
  await act(place, 2)
  await runBackup(['--to', backup])
  const other = createStoreFolder()
  for (const count of [7, 8]) await act(other, count)
  vi.stubEnv('BACKUP_DIR', files)
  await runRestore(['--from', backup, '--to', `lowdb:${other.folder}`, '--replace'])
  expect(await logIn(other)).toEqual({
    lines: ['1 记一笔', '2 restore'],
    problems: [],
    counter: { count: 2 },
  })
  const [kept = ''] = readdirSync(files).filter(name => name.startsWith('replaced-audit-log-'))
  expect(readFileSync(join(files, kept), 'utf8').split('\n')).toHaveLength(3)
  expect(runAuditVerify([join(files, kept)])).toBe(0)
  expect(readFileSync(join(files, kept), 'utf8')).not.toContain('林小美')
  await other.dispose()
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
  await audit.recordPending(pending)
  expect(await pending.list()).toHaveLength(1)
  isFull = false
  // As the sweep does each minute.
  for (const _ of [1, 2]) {
    await audit.log.flush()
    await audit.recordPending(pending)
  }
  expect((await audit.log.read()).map(({ line }) => line.what)).toEqual(['backup'])
  expect(await pending.list()).toEqual([])
})

test.runIf(process.getuid?.() === 0)('what root leaves in the data folder belongs to its owner', async () => {
  await place.reopen().then(store => store.close())
  const [user, backups] = [4711, join(files, 'new', 'backups')]
  writeFileSync(
    join(place.folder, 'taken.journal'),
    `${JSON.stringify({ id: 'f'.repeat(32), print: 'p', receivedMs: 1 })}\n`,
  )
  for (const path of [files, ...filesIn(place.folder)]) chownSync(path, user, user)
  vi.stubEnv('BACKUP_DIR', backups)
  await runBackup(['--to', join(backups, 'all.backup')])
  await act(place, 7)
  await runRestore(['--from', join(backups, 'all.backup'), '--replace'])
  await runDataCopy(['--from', `lowdb:${place.folder}`, '--to', `lowdb:${join(files, 'copied')}`])
  const made = [...filesIn(place.folder), ...filesIn(files)]
  expect(made.filter(path => statSync(path).uid !== user || statSync(path).gid !== user)).toEqual([])
  expect(made.filter(path => /pending-actions.+\.action$/.test(path))).toHaveLength(6)
})

/** The folder, and everything in it. */
const filesIn = (folder: string) => [
  folder,
  ...readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(name => join(folder, name)),
]

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
