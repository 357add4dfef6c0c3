import { Jieba } from '@node-rs/jieba'
import { dict } from '@node-rs/jieba/dict.js'
import { isFunctionCode } from '../../src/text/intents.ts'

const jieba = Jieba.withDict(dict)
/** Lengths of a phrase in characters. */
const shortest = 2
const longest = 8

/** Neighbouring words of a folded text, at most this many, that neither begin nor end with a word that only asks. */
export function phrasesIn(folded: string, mostWords: number): Set<string> {
  const phrases = folded.split(/[^\p{L}\p{N}]+/u).flatMap(clause => {
    const words = jieba.cut(clause, true)
    return words.flatMap((_, from) =>
      Array.from({ length: mostWords }, (_, more) => words.slice(from, from + more + 1)).filter(
        (phrase, more) => phrase.length === more + 1 && isPhrase(phrase),
      ),
    )
  })
  return new Set(phrases.map(phrase => phrase.join('')))
}

function isPhrase(words: readonly string[]): boolean {
  const text = words.join('')
  const isTaken = text.length >= shortest && text.length <= longest && /^\p{Script=Han}+$/u.test(text)
  return isTaken && !isFunction(words[0]) && !isFunction(words.at(-1))
}

const isFunction = (word = '') => [...word].every(char => isFunctionCode(char.charCodeAt(0)))
