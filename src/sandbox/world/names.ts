import { z } from 'zod'
import { Refusal } from '../../feature.ts'
import type { Store } from '../../ports/store.ts'
import type { SimulatedCommunity } from './community.ts'

/** No person or group has this id: a 404, in Chinese. */
export class UnknownInSandbox extends Refusal {
  override name = 'UnknownInSandbox'
}

/** A name as changed in the world; keys `group-names/group` and `group/person`. */
const ChangedName = z.object({ name: z.string() })

/** A person of the community who joined a group later; key `group/person`. */
const JoinedMember = z.object({ joined: z.literal(true) })

const maxNameLength = 40

/** Names of groups and people, and who is in which group: those of the community file until changed. */
export async function openNames(store: Store, community: SimulatedCommunity) {
  const records = store.collection('sandbox-names', ChangedName)
  const joins = store.collection('sandbox-joins', JoinedMember)
  const names = new Map<string, string>()
  for (const group of community.groups) {
    names.set(groupKey(group.id), group.name)
    if (group.botAlias) names.set(aliasKey(group.id, community.bot.id), group.botAlias)
    for (const { id, alias } of group.members) if (alias) names.set(aliasKey(group.id, id), alias)
  }
  for (const shard of ['group-names', ...community.groups.map(group => group.id)]) {
    for (const { key, value } of await records.list(`${shard}/`)) names.set(key, value.name)
  }
  const joined = new Set((await joins.list('')).map(({ key }) => key))
  const membersOf = new Map(
    community.groups.map(({ id, members }) => {
      const later = community.people.filter(person => joined.has(aliasKey(id, person.id)))
      return [id, [...members, ...later].map(member => member.id)] as const
    }),
  )
  const nicknames = new Map([community.bot, ...community.people].map(({ id, name }) => [id, name]))

  /** @returns ids of its members */
  function requireGroup(groupId: string): string[] {
    const ids = membersOf.get(groupId)
    if (!ids) throw new UnknownInSandbox('没有这个群。')
    return ids
  }

  function requireMember(groupId: string, personId: string) {
    if (!requireGroup(groupId).includes(personId)) throw new UnknownInSandbox('这个群里没有这个人。')
  }

  function nickname(personId: string): string {
    const name = nicknames.get(personId)
    if (name === undefined) throw new UnknownInSandbox('没有这个人。')
    return name
  }

  /** An alias that was taken away again is kept as an empty one. */
  const alias = (groupId: string, personId: string) => names.get(aliasKey(groupId, personId)) || undefined
  const seenIn = (groupId: string, personId: string) => alias(groupId, personId) ?? nickname(personId)

  async function change(key: string, name: string) {
    if (name.length > maxNameLength) throw new Refusal(`名字最多 ${maxNameLength} 个字。`)
    await records.update(key, () => ({ name }))
    names.set(key, name)
  }

  return {
    alias,
    nickname,
    seenIn,
    requireMember,
    groups: () =>
      community.groups.map(({ id }) => ({
        id,
        name: names.get(groupKey(id)) ?? id,
        members: requireGroup(id).map(personId => ({ id: personId, name: seenIn(id, personId) })),
      })),
    /** @throws {@link Refusal} for a person who is in it already */
    async join(groupId: string, personId: string) {
      const name = nickname(personId)
      if (personId === community.bot.id || requireGroup(groupId).includes(personId))
        throw new Refusal(`${name}已经在这个群里了。`)
      await joins.update(aliasKey(groupId, personId), () => ({ joined: true }))
      requireGroup(groupId).push(personId)
    },
    async renameGroup(groupId: string, name: string) {
      requireGroup(groupId)
      if (name.trim() === '') throw new Refusal('群名不能是空的。')
      await change(groupKey(groupId), name.trim())
    },
    async renameMember(groupId: string, personId: string, name: string) {
      if (personId !== community.bot.id) requireMember(groupId, personId)
      await change(aliasKey(groupId, personId), name.trim())
    },
  }
}

const groupKey = (groupId: string) => `group-names/${groupId}`
const aliasKey = (groupId: string, personId: string) => `${groupId}/${personId}`
