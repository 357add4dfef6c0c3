// Takes the place of weights.json in the browser: there it comes with the data, compressed.
export const weights = {
  get ranking() {
    return globalThis.siteTables.weights.ranking
  },
  get outcome() {
    return globalThis.siteTables.weights.outcome
  },
  get familiarity() {
    return globalThis.siteTables.weights.familiarity
  },
}
