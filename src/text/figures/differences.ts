import { markFigures } from './marked-figures.ts'

/** A piece of a text as it stands there, and whether the other text lacks it. */
export type DifferingPiece = { text: string; isOther: boolean }

/** Longer stretches are marked as a whole: comparing them place by place takes time and memory with their product. */
const mostCompared = 1_000_000

/** Two texts, each with what the other lacks: a figure as a whole, other words by character. */
export function differingPieces(before: string, after: string): [DifferingPiece[], DifferingPiece[]] {
  const [old, now] = [unitsOf(before), unitsOf(after)]
  const start = commonStart(old, now)
  const end = commonStart(old.slice(start).reverse(), now.slice(start).reverse())
  const [oldMiddle, nowMiddle] = [old, now].map(units => units.slice(start, units.length - end)) as [
    string[],
    string[],
  ]
  const [oldKept, nowKept] = keptIn(oldMiddle, nowMiddle)
  const sideOf = (units: readonly string[], kept: ReadonlySet<number>) =>
    joined(
      units.map((text, at) => ({
        text,
        isOther: at >= start && at < units.length - end && !kept.has(at - start),
      })),
    )
  return [sideOf(old, oldKept), sideOf(now, nowKept)]
}

const unitsOf = (text: string): string[] =>
  markFigures(text).flatMap(piece => (piece.isFigure ? [piece.text] : [...piece.text]))

function commonStart(one: readonly string[], other: readonly string[]): number {
  const at = one.findIndex((unit, place) => unit !== other[place])
  return at < 0 ? one.length : at
}

/** The places of a longest common subsequence in each of two lists; none where they are too long. */
function keptIn(one: readonly string[], other: readonly string[]): [Set<number>, Set<number>] {
  const kept: [Set<number>, Set<number>] = [new Set(), new Set()]
  const width = other.length + 1
  if ((one.length + 1) * width > mostCompared) return kept
  const lengths = new Uint16Array((one.length + 1) * width)
  const lengthAt = (i: number, j: number) => lengths[i * width + j] ?? 0
  for (let i = one.length - 1; i >= 0; i -= 1)
    for (let j = other.length - 1; j >= 0; j -= 1)
      lengths[i * width + j] =
        one[i] === other[j] ? lengthAt(i + 1, j + 1) + 1 : Math.max(lengthAt(i + 1, j), lengthAt(i, j + 1))
  for (let i = 0, j = 0; i < one.length && j < other.length; ) {
    if (one[i] === other[j]) {
      kept[0].add(i++)
      kept[1].add(j++)
    } else if (lengthAt(i + 1, j) >= lengthAt(i, j + 1)) i += 1
    else j += 1
  }
  return kept
}

function joined(pieces: readonly DifferingPiece[]): DifferingPiece[] {
  const all: DifferingPiece[] = []
  for (const { text, isOther } of pieces) {
    const last = all.at(-1)
    if (last?.isOther === isOther) last.text += text
    else all.push({ text, isOther })
  }
  return all
}
