import type { Feature } from '../../feature.ts'
import type { CitedClause, Clauses, Recheck, SourcePage } from '../../ports/clauses.ts'
import { losesFigureOf } from '../../text/figures/lost-figures.ts'
import type { Dismissals } from './dismissals/dismissals.ts'
import type { ReadPages } from './pages/read-pages.ts'

type Parts = {
  features(): readonly Feature[]
  pages: Pick<ReadPages, 'changes'>
  dismissals: Pick<Dismissals, 'openChanges'>
  clauses: Clauses
}

/** Content of all features that rests on changed clauses or source pages, each thing once. */
export function createRechecks({ features, pages, dismissals, clauses }: Parts) {
  const sourcePages = async (): Promise<SourcePage[]> =>
    (await Promise.all(features().map(feature => feature.sourcePages?.() ?? []))).flat()

  async function rechecks(): Promise<Recheck[]> {
    const own = (await Promise.all(features().map(feature => feature.rechecks?.(clauses) ?? []))).flat()
    const isNamed = ({ path, changed: [change] }: Recheck) =>
      own.some(one => one.path === path && change !== undefined && one.changed.includes(change))
    const ofPages = pageRechecks(await sourcePages(), pages.changes(), dismissals)
    return [...own, ...ofPages.filter(one => !isNamed(one))]
  }

  return { sourcePages, rechecks }
}

/** Content that rests on source pages whose text changed. */
const pageRechecks = (
  resting: readonly SourcePage[],
  changes: ReadonlyMap<string, CitedClause>,
  { openChanges }: Parts['dismissals'],
): Recheck[] =>
  resting.flatMap(({ url, ...one }) => {
    const change = changes.get(url)
    const changed = change ? openChanges(one.text, [change]) : []
    const isLost = changed.some(({ before = '', after = '' }) => losesFigureOf(before, after, one.text))
    return changed.length === 0 ? [] : [{ ...one, changed, isHeld: one.kind === '知识' && isLost }]
  })
