import { parseArgs } from 'node:util'
import { loadKnowledge } from '../../src/features/faq/knowledge/knowledge.ts'
import { makersWordsOf, readMakersWordsFile } from '../../src/features/faq/knowledge/makers-words.ts'
import { findableOf } from '../../src/features/faq/live-entries.ts'
import { countedOf, evidenceFor, grow } from './growth.ts'
import { leastEvidence, sharesHeldBack } from './held-back.ts'
import { measureRanking } from './measurements.ts'

const wordsFile = 'data/faq-words.yaml'

/**
 * Grows what makers say for what the rules say from the wordings of the base, and prints the pairs that are not judged
 * yet, to be put under `kept` or `rejected` in `data/faq-words.yaml`, and the kept ones that the wordings no longer
 * bear out. `--measure` prints instead how ranking does with and without them. Changes no file.
 */
function main(): void {
  const { values } = parseArgs({ options: { measure: { type: 'boolean' } } })
  const knowledge = loadKnowledge('data')
  if (values.measure) {
    print(measureRanking(knowledge))
    return
  }
  const entries = countedOf(knowledge.entries.map(entry => findableOf(entry, knowledge.situations)))
  const shares = sharesHeldBack(entries)
  const least = leastEvidence(shares)
  const { value: file } = readMakersWordsFile(wordsFile)
  const used = makersWordsOf(file)
  const isJudged = (word: string, meaning: string) =>
    used[word] !== undefined || file.rejected[word]?.includes(meaning) === true
  const grown = grow(entries).filter(({ evidence }) => evidence >= least)
  const fallen = evidenceFor(entries, file.kept).filter(({ evidence }) => evidence < least)
  const sayPair = ({ word, meaning, evidence }: (typeof grown)[number]) =>
    `  ${word}: [${meaning}] # ${evidence}`
  print([
    ...shares.map(
      ({ evidence, share, pairs }) =>
        `from ${evidence}: ${pairs} pairs, held-back wordings bear out ${(100 * share).toFixed(1)}%`,
    ),
    `taken from ${least}: ${grown.length} pairs`,
    'not judged yet:',
    ...grown.filter(({ word, meaning }) => !isJudged(word, meaning)).map(sayPair),
    'kept, and no longer borne out:',
    ...fallen.map(sayPair),
  ])
}

const print = (lines: readonly string[]) => process.stdout.write(`${lines.join('\n')}\n`)

main()
