import type { Target } from './chat.ts'

/** Prefix of an id that names its line: `qq1!OPENID`. Ids without it belong to the line without a name. */
const qualifiedId = /^(?<line>[a-z][a-z0-9-]{0,15})!(?<id>.*)$/su

/** The name of the line of an id; empty for the line without a name. */
export const lineNameOf = (id: string): string => qualifiedId.exec(id)?.groups?.line ?? ''

/** The name of the line that leads to a target. */
export const lineNameOfTarget = (target: Target): string => lineNameOf(idOf(target))

/** The id as it is known on all lines together. */
export const qualified = (line: string, id: string): string => (line === '' ? id : `${line}!${id}`)

/** The id as its platform knows it. */
export const unqualified = (id: string): string => qualifiedId.exec(id)?.groups?.id ?? id

/** Name with its line in brackets; unchanged on the line without a name. */
export function nameWithLine({ id, name }: { id: string; name: string }): string {
  const line = lineNameOf(id)
  return line === '' ? name : `${name}（${line}）`
}

/** Groups of one name on several lines, each with its line in brackets; the others as they are. */
export function withDistinctNames<Named extends { id: string; name: string }>(
  groups: readonly Named[],
): Named[] {
  const isShared = (name: string) => groups.filter(group => group.name === name).length > 1
  return groups.map(group => (isShared(group.name) ? { ...group, name: nameWithLine(group) } : group))
}

export function qualifiedTarget(line: string, target: Target): Target {
  return 'groupId' in target
    ? { groupId: qualified(line, target.groupId) }
    : { personId: qualified(line, target.personId) }
}

export function unqualifiedTarget(target: Target): Target {
  return 'groupId' in target
    ? { groupId: unqualified(target.groupId) }
    : { personId: unqualified(target.personId) }
}

const idOf = (target: Target) => ('groupId' in target ? target.groupId : target.personId)
