import { officePrefix } from '../../approval.ts'
import type { Person } from '../../feature.ts'

/**
 * The person of a log-in at the terminal or with the office's password. The directory does not know them, so the roles
 * stay as given here; approving takes a person of their own, see `refusalToApprove`.
 */
export function localAdmin(way: 'terminal' | 'password', name: string): Person {
  return { id: `${officePrefix}${way}`, name, roles: ['maker', 'organizer', 'reviewer'] }
}
