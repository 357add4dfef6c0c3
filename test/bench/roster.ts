import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { Temporal } from 'temporal-polyfill'
import { createMovableClock } from '../../src/adapters/clock.ts'
import { openLowdbStore } from '../../src/adapters/lowdb/index.ts'
import { createAlarms } from '../../src/alarms.ts'
import { createIdentityLinks } from '../../src/features/community/identities/identity-links.ts'
import { createIdentityLedger } from '../../src/features/community/identities/ledger.ts'
import { openCommunityRecords } from '../../src/features/community/records/records.ts'
import { createRosterActions } from '../../src/features/community/roster/actions.ts'
import { createRosterStore } from '../../src/features/community/roster/book.ts'
import { makeRosterFile } from '../../src/features/community/roster/file/file.ts'
import { createLog } from '../../src/log.ts'

/**
 * Cost of a roster of 10,000 rows, from the file's bytes to a roster that would survive a power cut: the dry run
 * (unpacking, reading, comparing) and the import (comparing again, writing, and looking for 3,000 people who chat).
 * Beside it, in the same run, what ExcelJS alone takes to open the file. To reach: the whole under 3 s.
 * `--json` prints one line. The folder is made where the program is started, as /tmp may be no disk.
 */
const rowCount = 10_000
const chatting = 3000
const mib = 1024 * 1024

function rowsOfPeople() {
  return Array.from({ length: rowCount }, (_, n) => ({
    id: '',
    name: `张${String.fromCodePoint(0x4e00 + (n % 5000))}${n % 2 ? '明' : '华'}`,
    branch: `第${(n % 36) + 1}支部`,
    space: `空间${n % 12}号`,
    team: `福州第${n % 317}科技有限公司`,
    phoneTail: String(n).padStart(4, '0').slice(-4),
    alias: '',
    nickname: `昵称${n}`,
    note: '',
    party: '',
  }))
}

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const from = performance.now()
  const value = await work()
  return { ms: Math.round(performance.now() - from), value }
}

const folder = mkdtempSync(join(process.cwd(), '.bench-roster-'))
let peakBytes = 0
const watching = setInterval(() => {
  peakBytes = Math.max(peakBytes, process.memoryUsage().rss)
}, 5)
try {
  const clock = createMovableClock({ startAt: Temporal.Now.instant(), isRunning: true })
  const log = createLog('error')
  const store = await openLowdbStore({ folder, clock, log, alarms: createAlarms({ clock, log }) })
  const records = openCommunityRecords(store)
  const book = createRosterStore(records.roster)
  const ledger = createIdentityLedger(records, { clock, line: () => ({ platform: 'bench', account: 'bot' }) })
  const links = createIdentityLinks({ records, ledger, book, clock, personal: () => [] })
  const desk = createRosterActions({
    book,
    members: records.members,
    clock,
    keepsParty: false,
    matchAll: links.matchAll,
  })
  const people = rowsOfPeople()
  for (let from = 0; from < chatting; from += 100) {
    const some = people.slice(from, from + 100)
    await Promise.all(
      some.map(({ name, space }, n) =>
        links.see(`chat-${from + n}`, { name: `${space}-${name}`, groupId: 'g' }),
      ),
    )
  }
  const { bytes } = await makeRosterFile(people)
  const file = { name: '名单.xlsx', bytes }
  const startBytes = process.memoryUsage().rss
  const alone = await timed(() => new ExcelJS.Workbook().xlsx.load(bytes.slice().buffer))
  const dryRun = await timed(() => desk.dryRun('me', file))
  const saved = await timed(() => desk.confirm({ id: 'me', name: '我' }))
  const again = await timed(() => desk.dryRun('me', file))
  const exported = await timed(async () => makeRosterFile(await book.rows()))
  await store.close()

  const figures = {
    rows: saved.value.rows.length,
    fileKb: Math.round(bytes.length / 1024),
    excelAloneMs: alone.ms,
    dryRunMs: dryRun.ms,
    importMs: saved.ms,
    totalMs: dryRun.ms + saved.ms,
    matched: saved.value.matched,
    againMs: again.ms,
    changedAgain: again.value.lines.filter(({ kind }) => kind !== 'same').length,
    exportMs: exported.ms,
    peakMb: Math.round(peakBytes / mib),
    peakAboveStartMb: Math.round((peakBytes - startBytes) / mib),
  }
  process.stdout.write(
    process.argv.includes('--json') ? `${JSON.stringify(figures)}\n` : `${table(figures)}\n`,
  )
} finally {
  clearInterval(watching)
  rmSync(folder, { recursive: true, force: true })
}

function table(figures: Record<string, number>): string {
  return Object.entries(figures)
    .map(([name, figure]) => `${name.padEnd(18)} ${figure}`)
    .join('\n')
}
