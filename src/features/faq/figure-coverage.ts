import type { CitedClause, Clauses } from '../../ports/clauses.ts'
import { saysSame } from '../../text/figures/figures.ts'
import { setFigures } from '../../text/figures/lost-figures.ts'
import { textOf } from './cited-clauses.ts'
import type { Entry } from './records.ts'

/** The figures that an entry tells, and those of them that no checked clause says. */
type CoveredEntry = { entry: Entry; figures: number; open: string[] }

/** How many of the figures that the bot can tell stand in a checked clause that the entry cites. */
export type FigureCoverage = { figures: number; covered: number; entries: CoveredEntry[] }

/** @param entries those that are told */
export function figureCoverageOf(entries: readonly Entry[], clauses: Clauses): FigureCoverage {
  const all = entries.map(entry => coverageOf(entry, (entry.clauses ?? []).map(clauses.resolve)))
  const figures = all.reduce((sum, one) => sum + one.figures, 0)
  const open = all.reduce((sum, one) => sum + one.open.length, 0)
  return { figures, covered: figures - open, entries: all.filter(one => one.open.length > 0) }
}

function coverageOf(entry: Entry, cited: readonly CitedClause[]): CoveredEntry {
  const checked = cited.filter(({ state }) => state === 'checked')
  const sources = checked.flatMap(({ after = '' }) => setFigures(after))
  const told = setFigures(textOf(entry))
  const open = told.filter(figure => !sources.some(source => saysSame(figure, source)))
  return { entry, figures: told.length, open: open.map(({ said }) => said) }
}
