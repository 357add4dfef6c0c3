import type { Message } from './chat.ts'

/**
 * An organizer schedules, corrects and exports; a reviewer also approves; an auditor reads every page and changes
 * nothing. Every person is a maker.
 */
export const roles = ['maker', 'organizer', 'reviewer', 'auditor'] as const
export type Role = (typeof roles)[number]

export const roleWords: Readonly<Record<Role, string>> = {
  maker: '创客',
  organizer: '组织者',
  reviewer: '审核人',
  auditor: '审计员',
}

/** 「组织者、审核人和审计员」. */
export const sayRoles = (roles: readonly Role[]): string =>
  new Intl.ListFormat('zh-CN').format(roles.map(role => roleWords[role]))

/** A chat group that an organizer has bound. Its name is as last seen. */
export type Group = { id: string; name: string }

/** A maker whom we know: our own id, the name as it stands on the roster or was last seen. */
export type Member = { id: string; name: string }

/** Members and bound groups: what features share about the community. */
export type Directory = {
  /** @returns the group when it is bound, else undefined. */
  group(id: string): Promise<Group | undefined>
  /** Every bound group, by name. */
  groups(): Promise<Group[]>
  /** The sender; a member is created at the first message that counts. */
  recognise(message: Message): Promise<Member>
  /** Never empty: every person is at least a maker. */
  rolesOf(senderId: string): Promise<Role[]>
  /** The chat ids of the same person, this one included. */
  identitiesOf(senderId: string): Promise<ReadonlySet<string>>
  /** The chat ids of all who hold this role, to be told things in private. */
  holders(role: Role): Promise<string[]>
}
