import type { Hono, MiddlewareHandler } from 'hono'
import { TrieRouter } from 'hono/router/trie-router'
import type { ConsoleEnv, Page } from '../feature.ts'
import { type Role, sayRoles } from '../ports/directory.ts'
import { renderProblem } from './widgets.ts'

/**
 * Mounts a page under its path. Each of its routes asks for the page's `read` or `write` roles before it runs.
 * A route that two patterns match asks for the roles of both.
 */
export function mountPage(app: Hono<ConsoleEnv>, page: Page): void {
  for (const route of page.routes.routes)
    app.on(route.method, join(page.path, route.path), requireRole(page.title, rolesAt(page, route.path)))
  app.route(`/${page.path}`, page.routes)
}

/** The address of a route inside a page. */
const join = (page: string, route: string) => `/${page}${route}`.replace(/^\/\//, '/').replace(/(.)\/$/, '$1')

type RouteRoles = Pick<Page, 'read' | 'write'> & { isForm: boolean }

const rolesAt = ({ read, write, writeAt, forms = [] }: Page, pattern: string): RouteRoles => ({
  read,
  write: writeAt?.[pattern] ?? write,
  isForm: forms.includes(pattern),
})

const holdsOne = (roles: readonly Role[], allowed: readonly Role[]) =>
  allowed.some(role => roles.includes(role))

/** Auditors read every page, forms included; to write, they need a role as all others do. */
const mayRead = (roles: readonly Role[], { read }: Pick<Page, 'read'>) =>
  holdsOne(roles, [...read, 'auditor'])

function requireRole(title: string, asked: RouteRoles): MiddlewareHandler<ConsoleEnv> {
  return async (c, next) => {
    const { roles } = c.get('person')
    if (!mayRead(roles, asked)) return renderProblem(c, `${title}只有${sayRoles(asked.read)}能看。`, 403)
    const mayWrite = holdsOne(roles, asked.write)
    const isAllowed = isReading(c.req.method)
      ? !asked.isForm || roles.includes('auditor') || mayWrite
      : mayWrite
    return isAllowed ? next() : renderProblem(c, `这件事只有${sayRoles(asked.write)}能办。`, 403)
  }
}

const isReading = (method: string): boolean => method === 'GET' || method === 'HEAD'

/** Permissions of people with certain roles on these pages, by the same rules as the pages' routes. */
export type Rights = {
  mayRead(roles: readonly Role[], page: Pick<Page, 'read'>): boolean
  /** Whether a link to this address, or a form that is sent there, is of use to them. An address of no page is. */
  may(roles: readonly Role[], method: 'GET' | 'POST', address: string): boolean
}

export function createRights(pages: readonly Page[]): Rights {
  const router = new TrieRouter<RouteRoles>()
  for (const page of pages)
    for (const { method, path } of page.routes.routes)
      router.add(method, join(page.path, path), rolesAt(page, path))
  return {
    mayRead,
    may: (roles, method, address) =>
      router
        .match(method, address)[0]
        .every(
          ([asked]) =>
            mayRead(roles, asked) && ((method === 'GET' && !asked.isForm) || holdsOne(roles, asked.write)),
        ),
  }
}
