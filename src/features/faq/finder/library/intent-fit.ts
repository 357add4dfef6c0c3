/** How usual it is to ask an entry for what a question asks: where, how much, when. */
export type IntentFit = {
  /** Adds the intents of a document's wordings (`change` 1), or takes them away (-1). */
  count(doc: number, intents: readonly number[], change: 1 | -1): void
  /** Mean log odds of the asked intents in a document against all; 0 where nothing is asked or known. */
  of(doc: number, asked: number): number
}

type Counts = { wordings: number; byIntent: number[] }

/** Wordings of the whole base that are taken to stand in each document. */
const smoothing = 4

/** Counts by document and over all. Integers, so that adding and removing is exact. */
export function createIntentFit(): IntentFit {
  const docs = new Map<number, Counts>()
  const all: Counts = { wordings: 0, byIntent: [] }

  function add(counts: Counts, intents: number, change: 1 | -1) {
    counts.wordings += change
    for (const bit of bitsOf(intents)) counts.byIntent[bit] = (counts.byIntent[bit] ?? 0) + change
  }

  return {
    count(doc, intents, change) {
      const own = docs.get(doc) ?? { wordings: 0, byIntent: [] }
      for (const asked of intents) {
        add(own, asked, change)
        add(all, asked, change)
      }
      if (own.wordings > 0) docs.set(doc, own)
      else docs.delete(doc)
    },
    of(doc, asked) {
      const own = docs.get(doc)
      if (!own || asked === 0) return 0
      const odds = bitsOf(asked).map(bit => logOdds(own, all, bit))
      return odds.reduce((sum, each) => sum + each, 0) / odds.length
    },
  }
}

function logOdds(own: Counts, all: Counts, bit: number): number {
  const usual = ((all.byIntent[bit] ?? 0) + 1) / (all.wordings + 1)
  return Math.log(((own.byIntent[bit] ?? 0) + smoothing * usual) / (own.wordings + smoothing) / usual)
}

function bitsOf(set: number): number[] {
  const bits: number[] = []
  for (let bit = 0; set >> bit > 0; bit++) if ((set >> bit) & 1) bits.push(bit)
  return bits
}
