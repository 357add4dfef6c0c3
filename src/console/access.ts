import type { Hono, MiddlewareHandler } from 'hono'
import type { ConsoleEnv, Page } from '../feature.ts'
import { type Role, roleWords } from '../ports/directory.ts'
import { renderProblem } from './widgets.ts'

/**
 * Mounts a page under its path. Each of its routes asks for the page's `read` or `write` roles before it runs.
 * A route that two patterns match asks for the roles of both.
 */
export function mountPage(app: Hono<ConsoleEnv>, page: Page): void {
  for (const route of page.routes.routes) {
    const allowed = { read: page.read, write: page.writeAt?.[route.path] ?? page.write }
    app.on(route.method, join(page.path, route.path), requireRole(page.title, allowed))
  }
  app.route(`/${page.path}`, page.routes)
}

/** The address of a route inside a page. */
const join = (page: string, route: string) => `/${page}${route}`.replace(/^\/\//, '/').replace(/(.)\/$/, '$1')

function requireRole(
  title: string,
  { read, write }: Pick<Page, 'read' | 'write'>,
): MiddlewareHandler<ConsoleEnv> {
  return async (c, next) => {
    const { roles } = c.get('person')
    const holdsOne = (allowed: readonly Role[]) => allowed.some(role => roles.includes(role))
    // Auditors read every page; to write, they need a role as all others do.
    if (!holdsOne([...read, 'auditor'])) return c.text(`${title}只有${sayRoles(read)}能看。`, 403)
    if (isReading(c.req.method) || holdsOne(write)) return next()
    return renderProblem(c, `这件事只有${sayRoles(write)}能办。`, 403)
  }
}

const isReading = (method: string): boolean => method === 'GET' || method === 'HEAD'

const sayRoles = (roles: readonly Role[]) => roles.map(role => roleWords[role]).join('和')
