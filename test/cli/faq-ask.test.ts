import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { runAsk } from '../../src/cli/faq/faq-ask.ts'
import { writtenBy } from './written.ts'

const ask = (...args: string[]) => writtenBy(() => runAsk(args))

test('a question gets one line of JSON with the entry, its programme and the words', () => {
  // As a process of its own, as `npm run ask` starts it.
  const args = ['src/cli.ts', 'ask', '高企怎么报', '--json']
  const out = execFileSync(process.execPath, args, { encoding: 'utf8' })
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
