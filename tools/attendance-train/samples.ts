import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { longestNear, nearMatters } from '../../src/features/attendance/check-ins/meanings/near-attendance.ts'
import { nearFeaturesOf } from '../../src/features/attendance/check-ins/meanings/near-features.ts'
import { mayBeName, signInMeaning } from '../../src/features/attendance/check-ins/meanings/sign-in-meaning.ts'
import { isLeaving, isSignOut } from '../../src/features/attendance/check-ins/meanings/sign-out-meaning.ts'

/** Those whose messages are held back in turn to measure. */
export const authors = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'i']
/** Sentences of the tests, and those written after faults that were seen, are learnt from and never measured on. */
const onlyLearnt = ['cases', 'h']

export const truths = ['none', ...nearMatters] as const
type Truth = (typeof truths)[number]

/** A message with what it is about. */
export type Sample = {
  author: string
  text: string
  truth: Truth
  features: readonly string[]
  /** Whether rules read the message before the learnt weights are asked. */
  isTaken: boolean
}

const Line = z.object({ text: z.string(), truth: z.enum(truths) })

const sampleOf = (author: string, { text, truth }: z.infer<typeof Line>): Sample => ({
  author,
  text,
  truth,
  features: nearFeaturesOf(text),
  isTaken: signInMeaning(text, mayBeName) !== undefined || isSignOut(text) || isLeaving(text),
})

/** The labelled messages of `data/attendance` that are short enough to be read. */
export function readSamples(): Sample[] {
  return [...authors, ...onlyLearnt].flatMap(author =>
    readFileSync(`data/attendance/${author}.jsonl`, 'utf8')
      .trim()
      .split('\n')
      .map(line => sampleOf(author, Line.parse(JSON.parse(line))))
      .filter(({ text }) => text.length <= longestNear),
  )
}
