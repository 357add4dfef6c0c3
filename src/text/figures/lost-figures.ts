import type { DifferingPiece } from './differences.ts'
import { type Figure, figuresIn, saysSame } from './figures.ts'
import { markFigures } from './marked-figures.ts'

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

/** A clause before and now; undefined where its text is not known, or there is no such clause. */
type ClauseTexts = { before: string | undefined; after: string | undefined }

/**
 * The sentences of a text that tell a figure which one of the clauses said before and does not say now, with these
 * figures marked. Where it is not known what a clause said, every figure counts that it does not say now.
 */
export function sentencesWithLostFigures(clauses: readonly ClauseTexts[], text: string): DifferingPiece[][] {
  const lost = clauses.flatMap(({ before, after }) => lostFigures(before ?? text, after ?? ''))
  const isLost = (words: string) =>
    setFigures(words).some(told => lost.some(figure => saysSame(told, figure)))
  return text
    .split(/(?<=[。；！？\n])/u)
    .map(sentence =>
      markFigures(sentence.trim()).map(({ text: words, isFigure }) => ({
        text: words,
        isOther: isFigure && isLost(words),
      })),
    )
    .filter(pieces => pieces.some(({ isOther }) => isOther))
}
