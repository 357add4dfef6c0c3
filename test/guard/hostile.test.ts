import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { withFrames } from '../../src/guard/frames.ts'
import { faultsOf } from '../../src/guard/index.ts'
import { withoutVerdict } from '../../src/guard/verdict.ts'
import { hostile } from './hostile.ts'

type Case = { id: string; question: string; text: string }
const entries = parse(readFileSync('test/data/faq-paraphrases.yaml', 'utf8')) as Case[]
const entry = entries.find(({ id }) => id.startsWith('hnte')) as Case

const lead = entry.text.split('\n')[0] ?? ''

const passes = (question: string, answer: string) => {
  const bare = withoutVerdict(answer)
  // A bare yes or no is taken out before the check, and an answer without anything else is refused.
  if (bare === '' || bare === withoutVerdict(lead)) return false
  const said = withFrames(bare, [entry.text])
  return faultsOf({ said, cited: [entry], question, names: new Map() }).length === 0
}

test('there are more than 100 hostile sentences', () => expect(hostile.length).toBeGreaterThan(100))
test('no hostile sentence passes, alone, behind the entry’s first line or before it', () => {
  const passed = hostile.flatMap(([kind, question, said]) =>
    [said, `${lead}${said}`, `${said.replace(/[。！]$/u, '')}，${lead}`]
      .filter(answer => passes(question, answer))
      .map(answer => `${kind}: ${answer}`),
  )
  expect(passed).toEqual([])
})
