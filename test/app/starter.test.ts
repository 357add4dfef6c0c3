import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

/** Goes on until it is told to end, as the bot does. */
const program = `
import { whenStarterEnds } from ${JSON.stringify(resolve('src/app/platform/starter.ts'))}
setInterval(() => {}, 1000)
process.on('SIGTERM', () => process.exit(0))
whenStarterEnds(() => { process.stdout.write('ended'); process.exit(0) })
process.stdout.write('up')
`

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'chuangke-starter-'))
  writeFileSync(join(folder, 'program.ts'), program)
  const scripts = { start: `"${process.execPath}" program.ts --ends-with-starter` }
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module', scripts }))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Everything that was written until the last process that holds the output has ended. */
function outputOf(child: ChildProcess, onUp: () => void): Promise<string> {
  let said = ''
  child.stdout?.on('data', some => {
    said += some
    if (said.endsWith('up')) onUp()
  })
  return new Promise(done => child.once('close', () => done(said)))
}

describe.skipIf(process.platform !== 'linux')('npm start', () => {
  test.each(['SIGKILL', 'SIGTERM'] as const)('ends the bot with it on %s', async signal => {
    const child = spawn('npm', ['start', '--silent'], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] })
    expect(await outputOf(child, () => child.kill(signal))).toMatch(/^up(?:ended)?$/u)
  })
})
