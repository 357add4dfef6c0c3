import { type Figure, figuresIn, saysSame } from './figures.ts'

/** What names a place in a text, and bare articles, are no figures that a clause sets. */
const none = new Set<Figure['kind']>(['article', 'document', 'link', 'one', 'vague'])

/** The figures that a text sets. */
export const setFigures = (text: string): Figure[] => figuresIn(text).filter(({ kind }) => !none.has(kind))

/** The figures of a text that another does not set, or limits in another way: 「不超过」 for 「不低于」. */
export function lostFigures(before: string, after: string): Figure[] {
  const kept = setFigures(after)
  return setFigures(before).filter(
    figure => !kept.some(one => saysSame(one, figure) && one.bounds.join() === figure.bounds.join()),
  )
}
