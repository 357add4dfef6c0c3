import { OutdatedFormRefusal } from '../../../feature.ts'
import { versionOf } from '../../../lib/hash.ts'
import { fold } from '../../../text/fold.ts'
import type { SourceState } from './source-states.ts'

type Words = NonNullable<SourceState['words']>

const mostWords = 30

/** Words that were written one behind the other, by blanks, commas or 「、」; at most 30. */
export const wordsIn = (written: string): string[] =>
  [
    ...new Set(
      written
        .split(/[\s、,，;；]+/u)
        .map(word => word.trim())
        .filter(word => word !== ''),
    ),
  ].slice(0, mostWords)

/** Whether an entry passes: with one of the words asked for, where there are any, and none of those excluded. */
export function passesFilter(words: Words | undefined, entry: { title: string; text: string }): boolean {
  if (!words) return true
  const said = fold(`${entry.title} ${entry.text}`)
  const has = (word: string) => said.includes(fold(word))
  return (words.any.length === 0 || words.any.some(has)) && !words.none.some(has)
}

/** 「只收：高企、补贴；不收：招聘」. */
export const sayFilter = ({ any, none }: Words): string =>
  [any.length > 0 ? `只收：${any.join('、')}` : '', none.length > 0 ? `不收：${none.join('、')}` : '']
    .filter(Boolean)
    .join('；')

/** Tells whether the words of a source have changed since its form was shown. */
export const filterVersion = (words: Words | undefined): string =>
  versionOf([words?.any ?? [], words?.none ?? []])

/** The page has a form for each source, and shows what stands now: what was typed is quoted instead. */
export const outdatedFilter = (name: string, now: Words | undefined, typed: Words): OutdatedFormRefusal =>
  new OutdatedFormRefusal(
    `「${name}」收哪些词刚被别人改过，现在是：${sayOrAll(now)}。你填的「${sayOrAll(typed)}」没有保存，还要改就在下面再改一次。`,
    filterVersion(now),
  )

const sayOrAll = (words: Words | undefined) => (words && sayFilter(words)) || '都收'
