import type { Group } from './directory.ts'

/** Settings of how a group is addressed. */
export const groupForms = ['text', 'picture'] as const
type GroupForm = (typeof groupForms)[number]

/** Organizers' entries about a bound group; empty where nothing was entered. */
export type GroupCard = Group & {
  space: string
  branch: string
  tags: readonly string[]
  form: GroupForm
  /** The organizers' own: rehearsals go there, and what goes to all groups does not. */
  isOrganizers: boolean
}

/** The bound groups, for those who choose among them. */
export type GroupCards = {
  /** Every bound group, by name. */
  all(): Promise<GroupCard[]>
}
