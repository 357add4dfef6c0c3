import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'

/** The command as a process of its own, as `npm run ask` starts it. */
function ask(...args: string[]): string {
  return execFileSync(process.execPath, ['src/cli.ts', 'ask', ...args], { encoding: 'utf8', timeout: 30_000 })
}

test('a question gets one line of JSON with the entry, its programme and the words', async () => {
  const out = ask('高企怎么报', '--json')
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
  expect(JSON.parse(ask('--json', '孩子咳嗽一周了怎么办'))).toMatchObject({
    kind: 'none',
    entryId: null,
    programmeId: null,
  })
})

test('without --json it says what the bot would say', async () => {
  expect(ask('高企怎么报')).toContain('依据：')
})
