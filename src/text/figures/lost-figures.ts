import { type Figure, figuresIn, saysSame } from './figures.ts'

/** Kinds that are no figures of a clause: places in a text, and bare articles. */
const none = new Set<Figure['kind']>(['article', 'document', 'link', 'one', 'vague'])

/** The figures that a text sets. */
export const setFigures = (text: string): Figure[] => figuresIn(text).filter(({ kind }) => !none.has(kind))

/** The figures of a text that another does not set, or limits in another way: 「不超过」 for 「不低于」. */
function lostFigures(before: string, after: string): Figure[] {
  const kept = setFigures(after)
  return setFigures(before).filter(
    figure => !kept.some(one => saysSame(one, figure) && one.bounds.join() === figure.bounds.join()),
  )
}

/** Whether a text tells a figure that a clause said before and does not say now. */
export function losesFigureOf(before: string, after: string, text: string): boolean {
  const lost = lostFigures(before, after)
  return lost.length > 0 && setFigures(text).some(told => lost.some(figure => saysSame(told, figure)))
}
