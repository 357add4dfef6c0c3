import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'

/** Ids become parts of record keys and of addresses, so they are kept plain. */
const id = z.string().regex(/^[a-z][a-z0-9]*$/)
const name = z.string().trim().min(1).max(40)

/** The people of the simulated groups; `data/community.yaml` is one such file. */
export const SimulatedCommunity = z
  .strictObject({
    bot: z.strictObject({ id, name }),
    people: z.array(z.strictObject({ id, name })).min(1),
    groups: z
      .array(
        z.strictObject({
          id,
          name,
          botAlias: name.optional(),
          members: z.array(z.strictObject({ id, alias: name.optional() })).min(1),
        }),
      )
      .min(1),
    /** Organizer, bound group and roster at the sandbox's first start; absent: none. */
    firstRun: z
      .strictObject({
        organizer: id,
        group: id,
        roster: z.array(z.strictObject({ person: id, name, branch: name, space: name })).default([]),
      })
      .optional(),
    /** Instructors by name with their desks and groups; none of either: all. */
    instructors: z
      .array(z.strictObject({ person: id, title: name, desks: z.array(name), spaces: z.array(id) }))
      .default([]),
  })
  .superRefine((community, context) => {
    const complain = (message: string) => context.addIssue({ code: 'custom', message })
    const people = community.people.map(person => person.id)
    for (const twice of repeated([community.bot.id, ...people])) complain(`two people have the id ${twice}`)
    for (const twice of repeated(community.groups.map(group => group.id))) {
      complain(`two groups have the id ${twice}`)
    }
    const groups = community.groups.map(group => group.id)
    for (const { person, spaces } of community.instructors) {
      if (!people.includes(person)) complain(`the instructor ${person} is not among the people`)
      for (const space of spaces.filter(one => !groups.includes(one))) complain(`there is no group ${space}`)
    }
    const { firstRun } = community
    if (firstRun && !people.includes(firstRun.organizer))
      complain(`the first organizer ${firstRun.organizer} is not among the people`)
    if (firstRun && !groups.includes(firstRun.group)) complain(`there is no group ${firstRun.group}`)
    for (const { person } of firstRun?.roster ?? [])
      if (!people.includes(person)) complain(`${person} on the roster is not among the people`)
    for (const group of community.groups) {
      const members = group.members.map(member => member.id)
      for (const twice of repeated(members)) complain(`${twice} is in ${group.id} twice`)
      for (const stranger of members.filter(member => !people.includes(member))) {
        complain(`${stranger} in ${group.id} is not among the people`)
      }
    }
  })
export type SimulatedCommunity = z.infer<typeof SimulatedCommunity>

/**
 * The community that a YAML file describes.
 * @throws with the file's name when it is no such thing.
 */
export function readCommunity(path: string): SimulatedCommunity {
  try {
    return SimulatedCommunity.parse(parse(readFileSync(path, 'utf8')))
  } catch (cause) {
    throw new Error(`${path} does not describe a community`, { cause })
  }
}

/** The instructors of the simulated groups, as the desks know people: by chat id, with their names. */
export function instructorsIn({ people, instructors }: SimulatedCommunity) {
  return instructors.map(({ person, ...instructor }) => ({
    ...instructor,
    chatId: person,
    name: people.find(one => one.id === person)?.name ?? person,
  }))
}

/** The first start with names: organizer, group and roster, with who of it is in the group. */
export function firstRunOf({ people, groups, firstRun }: SimulatedCommunity) {
  const organizer = people.find(({ id }) => id === firstRun?.organizer)
  const group = groups.find(({ id }) => id === firstRun?.group)
  if (!firstRun || !organizer || !group) return undefined
  const roster = firstRun.roster.map(({ person, ...row }) => {
    const nickname = people.find(({ id }) => id === person)?.name ?? ''
    const member = group.members.find(({ id }) => id === person)
    return { ...row, nickname, inGroup: member && { id: person, name: member.alias ?? nickname } }
  })
  return { organizer, group: { id: group.id, name: group.name }, roster }
}

const repeated = (ids: string[]) => ids.filter((one, index) => ids.indexOf(one) !== index)
