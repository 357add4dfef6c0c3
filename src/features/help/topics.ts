import type { Command } from '../../feature.ts'
import type { Role } from '../../ports/directory.ts'

/** Commands for one person on one subject. */
export type Topic = {
  name: string
  /** The least role that has something in it; `instructor` where a feature adds it for a person. */
  audience: Role | 'instructor'
  /** First words of its commands. */
  words: readonly string[]
  lines: readonly string[]
}

type Reader = {
  roles: readonly Role[]
  place: 'group' | 'private'
  /** Topics that features add for this person. */
  more: readonly { name: string; lines: readonly string[] }[]
}

/** No reply of the help is longer. */
const mostLines = 10
const wordsExplained = 5

const audienceNames: readonly (readonly [Topic['audience'], string])[] = [
  ['organizer', '组织者'],
  ['reviewer', '审核人'],
  ['instructor', '指导员'],
]

/** The topics of this person in the order of the commands; a command without a help line is left out. */
export function topicsOf(commands: readonly Command[], { roles, place, more }: Reader): Topic[] {
  const held = Map.groupBy(
    commands.filter(command => heldRole(command, roles) !== undefined),
    topicOf,
  )
  const mine = [...held].map(([name, all]) => ({ name, all, group: all.filter(({ help }) => help !== '') }))
  const topics = mine
    .filter(({ group }) => group.length > 0)
    .map(
      ({ name, all, group }): Topic => ({
        name,
        audience: group.some(command => heldRole(command, roles) === 'maker')
          ? 'maker'
          : (heldRole(group[0], roles) ?? 'maker'),
        words: all.flatMap(command => command.words),
        lines: group.map(command => lineOf(command, place)),
      }),
    )
  return [...topics, ...more.map((one): Topic => ({ ...one, audience: 'instructor', words: [] }))]
}

/** The topic under which the help lists a command. */
export const topicOf = ({ topic }: Command): string => topic ?? '其他'

/** The first of a command's roles that this person holds. */
const heldRole = (command: Command | undefined, held: readonly Role[]) =>
  [command?.role ?? []].flat().find(role => held.includes(role))

/** The help line, with the place where the command can be said if that is another. */
function lineOf({ help, where }: Command, place: 'group' | 'private'): string {
  if (where === 'private' && place === 'group' && !help.includes('私聊')) return `${help}（私聊）`
  return where === 'group' && place === 'private' ? `${help}（群里）` : help
}

type Overview = {
  /** A thing to do without a command word, one line. */
  tip: string
  /** The topics that are explained, at most four; the others are named. */
  explained: readonly string[]
}

/** All topics in at most ten lines. */
export function sayOverview(topics: readonly Topic[], { tip, explained: wanted }: Overview): string {
  const ofMakers = topics.filter(({ audience }) => audience === 'maker')
  const explained = wanted.flatMap(name => ofMakers.find(topic => topic.name === name) ?? [])
  const named = ofMakers.filter(topic => !explained.includes(topic))
  return [
    tip,
    ...explained.map(topic => `${topic.name}：${wordsOf(topic)}`),
    ...(named.length > 0 ? [`还有：${namesOf(named)}`] : []),
    ...audienceNames.flatMap(([audience, title]) => {
      const theirs = topics.filter(topic => topic.audience === audience)
      return theirs.length > 0 ? [`${title}：${namesOf(theirs)}`] : []
    }),
    `发「帮助 ${(explained[0] ?? topics[0])?.name ?? ''}」看怎么用，换成别的类也行。`,
  ].join('\n')
}

const namesOf = (topics: readonly Topic[]) => topics.map(({ name }) => name).join('、')

/** 「签到、请假、报名」: what stands before the explanation of each line. */
function wordsOf({ lines }: Topic): string {
  const said = lines.map(line => line.split(/ —— |（/u)[0]?.split(' ')[0] ?? '')
  return `${said.slice(0, wordsExplained).join('、')}${said.length > wordsExplained ? '……' : ''}`
}

/** One topic in at most ten lines, page by page. */
export function sayTopic({ name, lines }: Topic, wanted: number): string {
  const isOnePage = lines.length <= mostLines - 1
  const perPage = isOnePage ? lines.length : mostLines - 2
  const pages = Math.max(1, Math.ceil(lines.length / perPage))
  const page = Math.min(Math.max(wanted, 1), pages)
  return [
    isOnePage ? `${name}：` : `${name}（${page}/${pages}）：`,
    ...lines.slice((page - 1) * perPage, page * perPage),
    ...(page < pages ? [`更多：发「帮助 ${name} ${page + 1}」`] : []),
  ].join('\n')
}
