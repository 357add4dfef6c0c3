import { lstatSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { systemClock } from '../../src/adapters/clock.ts'
import { StoreFault } from '../../src/adapters/shards/fault.ts'
import { createStarts } from '../../src/app/platform/starts.ts'
import { readConfig } from '../../src/config.ts'
import { dayInShanghai } from '../../src/text/dates/time.ts'
import { createQuietLog } from '../conversation.ts'
import { startApp } from '../started-app.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chuangke-unreadable-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** The disk refuses both copies: a link to itself cannot be read, and stays one until a person repairs it. */
function refuse(shard: string): string[] {
  const files = [`${shard}.json`, `${shard}.json.bak`].map(name => join(folder, name))
  for (const file of files) {
    mkdirSync(dirname(file), { recursive: true })
    symlinkSync(file, file)
  }
  return files
}

const month = dayInShanghai(systemClock.now()).slice(0, 7)
test.each([
  'audit-state/state',
  'console-secret/cookie',
  `gaps/${month}`,
  'groups/groups',
  'hearing/line',
  'items/0',
  `lesson-slots/${month}`,
  'login-links/all',
  'officers/officers',
  'outbox-account/accounts',
  'outbox-open/open',
  'outbox-pause/outbox',
  `outbox-usage/${month}`,
  'sessions/all',
  'tickets/0',
])(
  'the bot starts although %s cannot be read, lets people in, says so, and leaves it as it is',
  async shard => {
    const files = refuse(shard)
    const log = createQuietLog()
    const app = await startApp(readConfig({ PORT: '0', STATE_DIR: folder }), { log, print: () => {} })
    const entered = await fetch(app.loginLink, {
      method: 'POST',
      redirect: 'manual',
      headers: { Origin: app.consoleUrl },
    })
    const cookie = entered.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    const home = await fetch(`${app.consoleUrl}/`, { headers: { Cookie: cookie }, redirect: 'manual' })
    expect([entered.status, home.status]).toEqual([303, 200])
    expect(await home.text()).toContain(`数据「${shard}」现在读不出来`)
    await app.stop()
    expect(files.map(file => lstatSync(file).isSymbolicLink())).toEqual([true, true])
  },
)

test('a part whose records are refused starts later, after the others', async () => {
  const begun: string[] = []
  let isBroken = true
  const starts = createStarts(createQuietLog())
  await starts.begin([
    async () => {
      if (isBroken) throw new StoreFault('数据现在读不出来。')
      begun.push('refused')
    },
    async () => begun.push('other'),
  ])
  const look = async () => starts.sweeps[0]?.run({} as never)
  await look()
  expect(begun).toEqual(['other'])
  isBroken = false
  await look()
  await look()
  expect(begun).toEqual(['other', 'refused'])
})

test('a fault that is not the store’s ends the start', async () => {
  const starts = createStarts(createQuietLog())
  await expect(starts.begin([() => Promise.reject(new Error('a bug'))])).rejects.toThrow('a bug')
})
