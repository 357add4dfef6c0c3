import { appendFileSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createMemoryJournal, openFileJournal } from '../../src/adapters/journal.ts'

function newPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'chuangke-journal-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'state', 'taken.journal')
}

describe.each([
  ['in a file', () => openFileJournal(newPath())],
  ['in memory', createMemoryJournal],
])('a journal %s', (_, open) => {
  test('holds what was added, in order, until only some of it is kept', () => {
    const journal = open()
    for (const line of ['一', '二', '三']) journal.add(line)
    expect(journal.lines()).toEqual(['一', '二', '三'])
    journal.keepOnly(['三'])
    journal.add('四')
    expect(journal.lines()).toEqual(['三', '四'])
    journal.keepOnly([])
    expect(journal.lines()).toEqual([])
  })
})

test('what was added is there for the next process, whether or not this one came to close it', () => {
  const path = newPath()
  openFileJournal(path).add('一')
  const next = openFileJournal(path)
  next.add('二')
  expect(openFileJournal(path).lines()).toEqual(['一', '二'])
})

test('no other account of the machine may read it, also after a part was dropped', () => {
  const umask = process.umask(0)
  onTestFinished(() => void process.umask(umask))
  const path = newPath()
  const modes = () => [path, dirname(path)].map(one => statSync(one).mode & 0o777)
  const journal = openFileJournal(path)
  journal.add('一')
  expect(modes()).toEqual([0o600, 0o700])
  journal.keepOnly([])
  expect(modes()).toEqual([0o600, 0o700])
})

test('half a line that a power cut left does not swallow the next one', () => {
  const path = newPath()
  openFileJournal(path).add('一')
  appendFileSync(path, '{"id":"x')
  const next = openFileJournal(path)
  next.add('二')
  expect(next.lines()).toEqual(['一', '{"id":"x', '二'])
})
