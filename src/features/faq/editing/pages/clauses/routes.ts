import { Hono } from 'hono'
import type { ConsoleEnv } from '../../../../../feature.ts'
import { figureCoverageOf } from '../../../figure-coverage.ts'
import { type EditorPageParts, knowledgePage } from '../parts.ts'
import { viewCoverage } from './coverage.ts'

/** 「数字依据」: the share of all figures that stand in checked clauses. */
export function coverageRoutes({ editor }: Pick<EditorPageParts, 'editor'>): Hono<ConsoleEnv> {
  const routes = new Hono<ConsoleEnv>()
  routes.get('/figures', c => {
    const live = editor.entries().filter(({ status }) => status === 'live')
    const body = viewCoverage(figureCoverageOf(live, editor.clauses), c.req.query('page'))
    return knowledgePage(c, { title: '数字依据', tab: '/figures', body })
  })
  return routes
}
