import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const exit = JSON.stringify(resolve('src/app/platform/exit.ts'))
/** Opens a pipe that no process writes to, as a disk that does not answer; Node's exit waits for it. */
const deadDisk = `
import { open } from 'node:fs'
import { exitAfterLookUps, limitStop } from ${exit}
limitStop(300)
open('pipe', () => {})
setTimeout(exitAfterLookUps, 10)
`
const busy = `
import { limitStop } from ${exit}
limitStop(300)
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
`
const slowDisk = `
import { open } from 'node:fs'
import { exitAfterLookUps, limitStop } from ${exit}
limitStop(60_000)
open('pipe', () => process.stdout.write('opened '))
exitAfterLookUps()
setTimeout(() => open('pipe', 'w', () => {}), 100)
`

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'chuangke-exit-'))
  execFileSync('mkfifo', [join(folder, 'pipe')])
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** @returns the status of the program, or the signal that ended it, behind what it said */
function endOf(program: string): Promise<string> {
  writeFileSync(join(folder, 'program.ts'), program)
  const child = spawn(process.execPath, ['program.ts'], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] })
  let said = ''
  child.stdout.on('data', some => {
    said += some
  })
  return new Promise(done => child.once('close', (status, signal) => done(`${said}${signal ?? status}`)))
}

describe.skipIf(process.platform !== 'linux')('a stop', () => {
  test('kills the process that a dead disk would keep', async () => {
    expect(await endOf(deadDisk)).toBe('SIGKILL')
  })
  test('kills the process whose main thread is busy', async () => {
    expect(await endOf(busy)).toBe('SIGKILL')
  })
  test('waits for a disk that is only slow', async () => {
    expect(await endOf(slowDisk)).toBe('opened 0')
  })
})
