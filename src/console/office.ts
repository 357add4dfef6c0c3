import type { Person } from '../feature.ts'

const mark = 'office:'

/**
 * Whoever logs in by being at the machine, or by knowing the office's password: nobody whom the directory knows,
 * so the roles stay as they are given here.
 */
export function officePerson(way: 'terminal' | 'password', name: string): Person {
  return { id: `${mark}${way}`, name, roles: ['maker', 'organizer', 'reviewer'] }
}

export function isOfficePerson(person: Person): boolean {
  return person.id.startsWith(mark)
}
