import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { systemClock } from '../adapters/clock.ts'
import { openFileJournal } from '../adapters/journal.ts'
import { openLowdbStore } from '../adapters/lowdb/index.ts'
import { createAlarms } from '../alarms.ts'
import { copyShards, shardsOf } from '../backup/copy.ts'
import { Refusal } from '../feature.ts'
import { createClaims } from '../inbound/claims.ts'
import { createLog, type Log } from '../log.ts'
import { ProcessedMessage } from '../processed-messages.ts'
import { copyPending, noteAction } from './audit-notes.ts'
import { checkSource, folderOf, openRawStore } from './raw-stores.ts'

/**
 * Brings the claims of questions that a killed bot left in its journal into its
 * store, so that they are copied, too.
 */
async function settleClaims(folder: string, log: Log): Promise<void> {
  const path = join(folder, 'taken.journal')
  if (!existsSync(path) || statSync(path).size === 0) return
  const store = await openLowdbStore({ folder, alarms: createAlarms({ clock: systemClock, log }), log })
  const journal = openFileJournal(path)
  try {
    const seen = store.collection('taken', ProcessedMessage)
    await createClaims({ seen, clock: systemClock, journal }).flush()
  } finally {
    journal.close()
    await store.close()
  }
}

/** Copies every record of one store into another one, which must be empty or hold part of the same. */
export async function runDataCopy(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { from: { type: 'string' }, to: { type: 'string' } } })
  const { from, to } = values
  if (!from || !to) {
    throw new Refusal(
      '请写 npm run -s data:copy -- --from lowdb:data/state --to postgres://用户:密码@主机/库',
    )
  }
  checkSource(from)
  const log = createLog('warn')
  const folder = folderOf(from)
  if (folder !== undefined) await settleClaims(folder, log)
  const source = await openRawStore(from, log)
  try {
    const target = await openRawStore(to, log)
    try {
      const { count, sha256 } = await copyShards(await shardsOf(source), target, {
        replaces: false,
        async beforeWriting() {
          await noteAction(from, { kind: 'export', what: 'data:copy' })
          await copyPending(from, to)
        },
      })
      process.stdout.write(
        `抄好了，两边都是 ${count} 条，核对一致（${sha256.slice(0, 16)}）。原来的数据没有动。\n`,
      )
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}
