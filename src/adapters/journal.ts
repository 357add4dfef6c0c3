import { closeSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { giveToFolderOwnerSync } from '../lib/owned-files.ts'
import type { Journal } from '../ports/journal.ts'

/**
 * A journal in a file. It is written at once and not in the background, since handing some bytes to the operating
 * system takes microseconds, and the threads for the background are those that wait for the disk.
 */
export function openFileJournal(path: string): Journal & { close(): void } {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  let file = openSync(path, 'a', 0o600)
  giveToFolderOwnerSync(path)
  // A power cut may have left half a line, to which the next one would be appended.
  const found = readFileSync(path, 'utf8')
  if (found !== '' && !found.endsWith('\n')) writeSync(file, '\n')

  return {
    lines: () => linesIn(readFileSync(path, 'utf8')),
    add: line => void writeSync(file, `${line}\n`),
    keepOnly(lines) {
      const draft = `${path}.tmp`
      writeFileSync(draft, lines.map(line => `${line}\n`).join(''), { mode: 0o600 })
      giveToFolderOwnerSync(draft)
      // Windows renames onto no file that is open.
      closeSync(file)
      try {
        renameSync(draft, path)
      } finally {
        file = openSync(path, 'a')
      }
    },
    close: () => closeSync(file),
  }
}

/** The same in memory, for a store that forgets too. */
export function createMemoryJournal(): Journal {
  let kept: string[] = []
  return {
    lines: () => [...kept],
    add: line => void kept.push(line),
    keepOnly(lines) {
      kept = [...lines]
    },
  }
}

const linesIn = (text: string) => text.split('\n').filter(line => line !== '')
