import { Hono } from 'hono'
import { mountPage } from '../src/console/access.ts'
import type { ConsoleEnv, Page } from '../src/feature.ts'

type LoggedIn = ConsoleEnv['Variables']['person']

/**
 * Mounts pages as the console does, for a person who is logged in.
 * @param person asked at every request: a test may put another in their place
 */
export function openConsoleApp(pages: readonly Page[], person: () => LoggedIn): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>()
  app.use(async (c, next) => {
    c.set('person', person())
    c.set('csrfToken', 'token-1')
    await next()
  })
  for (const page of pages) mountPage(app, page)
  return app
}
