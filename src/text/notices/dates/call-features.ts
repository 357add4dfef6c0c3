import { addresseeFeatures } from './addressees.ts'
import { wordClasses } from './word-classes.ts'

const headLength = 60
const footLength = 80

/** The features by which a notice is known for a call: the words of its title, of its text, and their classes. */
export function callFeatures(text: string, titleLength: number): string[] {
  const title = text.slice(0, titleLength)
  const body = text.slice(titleLength + 1)
  const parts = [
    ['T', title],
    ['I', body.slice(0, headLength)],
    ['E', body.slice(-footLength)],
    ['W', body],
  ] as const
  return [
    'any',
    ...addresseeFeatures(text, titleLength),
    ...new Set([...pairs('t', title), ...pairs('w', body)]),
    ...parts.flatMap(([name, part]) =>
      wordClasses.flatMap(([word, pattern]) => (pattern.test(part) ? [`${name}=${word}`] : [])),
    ),
  ]
}

function* pairs(name: string, text: string): Generator<string> {
  const letters = text.replaceAll(/[\d\s]+/gu, '#')
  for (let at = 0; at + 2 <= letters.length; at++) yield `${name}:${letters.slice(at, at + 2)}`
}
