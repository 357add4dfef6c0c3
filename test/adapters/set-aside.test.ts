import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSetAside } from '../../src/adapters/lowdb/set-aside.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chuangke-'))
  mkdirSync(join(folder, 'members'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const fileOf = (day: string) => join(folder, 'members', `ab.json.broken-${day}T01-02-03-000Z`)

test('lines that name somebody go, and the bytes of the others stay', async () => {
  const others = Buffer.concat([Buffer.from('"b":{"name":"李四"},\n"c":'), Buffer.from([0xff, 0xfe, 0x00])])
  writeFileSync(fileOf('2026-11-28'), Buffer.concat([Buffer.from('"a":{"name":"张三"},\n'), others]))
  writeFileSync(join(folder, 'members', 'ab.json'), '"a":{"name":"张三"}')
  await openSetAside(folder).withoutLinesOf(['张三', 'wxid_1'])
  expect(readFileSync(fileOf('2026-11-28'))).toEqual(others)
  expect(readFileSync(join(folder, 'members', 'ab.json'), 'utf8')).toContain('张三')
})

test('what stands under a former id goes with the person', async () => {
  writeFileSync(fileOf('2026-11-28'), '"m1":{"text":"我家的事"},\n"m2":{"text":"别人的"}')
  const files = openSetAside(folder)
  await files.withIds(new Map([['m1', 'm9']]))
  await files.withoutLinesOf(['m9'])
  expect(readFileSync(fileOf('2026-11-28'), 'utf8')).toBe('"m2":{"text":"别人的"}')
})

test('files that were set aside long ago go, and nothing else', async () => {
  for (const day of ['2026-08-01', '2026-11-28']) writeFileSync(fileOf(day), 'x')
  writeFileSync(join(folder, 'members', 'ab.json.bak'), 'x')
  await openSetAside(folder).removeBefore(Temporal.Instant.from('2026-09-01T00:00:00Z'))
  expect(readdirSync(join(folder, 'members'))).toEqual([
    'ab.json.bak',
    'ab.json.broken-2026-11-28T01-02-03-000Z',
  ])
})
