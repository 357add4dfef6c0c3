import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

/** The command as a process of its own, as `npm run ask` starts it. */
async function ask(...args: string[]) {
  const script = "const { runAsk } = await import('./src/cli/faq-ask.ts'); runAsk(process.argv.slice(1))"
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', script, '--', ...args],
    {
      timeout: 30_000,
    },
  )
  return stdout
}

test('a question gets one line of JSON with the entry, its programme and the words', async () => {
  const out = await ask('高企怎么报', '--json')
  expect(out.trim()).not.toContain('\n')
  expect(JSON.parse(out)).toEqual({
    kind: 'answer',
    entryId: expect.stringContaining('hnte'),
    programmeId: 'hnte',
    score: expect.any(Number),
    text: expect.stringContaining('国科发火〔2016〕32号'),
    tookMs: expect.any(Number),
  })
})

test('what nobody knows is none', async () => {
  expect(JSON.parse(await ask('--json', '孩子咳嗽一周了怎么办'))).toMatchObject({
    kind: 'none',
    entryId: null,
    programmeId: null,
  })
})

test('without --json it says what the bot would say', async () => {
  expect(await ask('高企怎么报')).toContain('依据：')
})
