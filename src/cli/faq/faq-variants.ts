import { Converter } from 'opencc-js/cn2t'
import type { Findable } from '../../features/faq/finder/library/library.ts'
import { createTypoMaker } from '../../features/faq/finder/query/typos.ts'

/** The same question as others type it. */
export type Variant = (text: string) => string

/** Ways of typing a question, by the names that `faq:eval --typed` takes. */
export const variantNames = ['traditional', 'homophone', 'swapped', 'dropped', 'doubled'] as const
export type VariantName = (typeof variantNames)[number]

/** @param items where characters that sound alike are taken from. */
export function variantOf(name: VariantName, items: readonly Findable[]): Variant {
  const toTraditional = Converter({ from: 'cn', to: 'twp' })
  const variants: Record<VariantName, Variant> = {
    traditional: toTraditional,
    homophone: createTypoMaker(items),
    swapped: slipped(([one = '', other = '']) => other + one),
    dropped: slipped(([, other = '']) => other),
    doubled: slipped(([one = '', other = '']) => one + one + other),
  }
  return variants[name]
}

/** One slip of the finger on two neighbouring characters, each time in another place. */
function slipped(slip: (pair: string[]) => string): Variant {
  let turn = 0
  return text => {
    const chars = [...text]
    turn = (turn * 7919 + 101) % 1_000_003
    const at = turn % Math.max(1, chars.length - 1)
    return [...chars.slice(0, at), slip(chars.slice(at, at + 2)), ...chars.slice(at + 2)].join('')
  }
}
