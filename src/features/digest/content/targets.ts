import { Refusal } from '../../../feature.ts'
import type { GroupCard } from '../../../ports/groups.ts'
import { nameWithLine, withDistinctNames } from '../../../ports/line-ids.ts'
import type { AimedGroup } from '../broadcast/records.ts'

/** All bound groups except the organizers' own. */
export const everyGroup = '全部'

const kinds = ['群', '空间', '支部', '标签'] as const
type Kind = (typeof kinds)[number]

/**
 * The groups meant by 「全部」「空间:优空间、标签:科技」「优空间创客群」, without duplicates. A bare word may be a group,
 * space, branch or tag; several words mean the union.
 * @throws {@link Refusal} for an unknown word, with the known ones
 */
export function chooseGroups(written: string, groups: readonly GroupCard[]): AimedGroup[] {
  const makers = groups.filter(group => !group.isOrganizers)
  const words = targetsIn(written, groups)
  if (words.length === 0) return makers.map(aimedAt)
  const chosen = new Set(words.flatMap(word => groupsOf(word, groups)))
  return groups.filter(group => chosen.has(group)).map(aimedAt)
}

/** The targets in canonical form. */
export function sayTargets(written: string, groups: readonly GroupCard[]): string {
  const words = targetsIn(written, groups)
  return words.length === 0 ? everyGroup : words.join('、')
}

const aimedAt = ({ id, name, form }: GroupCard): AimedGroup => ({ id, name, form })

/** A group is called by its name; one of several with that name with its line too. */
const namesOf = (group: GroupCard): string[] =>
  [group.name, nameWithLine(group)].map(name => name.normalize('NFKC'))

/** The words that select groups; none for all groups. */
export function targetsIn(written: string, groups: readonly GroupCard[]): string[] {
  const whole = written
    .normalize('NFKC')
    .replace(/^(?:发到|发给|给)\s*/u, '')
    .trim()
  if (whole === '' || /^(?:全部|所有)(?:的?群)?$/u.test(whole)) return []
  // A group's name may contain spaces and commas.
  if (groups.some(group => namesOf(group).includes(whole))) return [whole]
  const { names, rest } = takeSpacedNames(whole, groups)
  const words = rest
    .split(/[、,，;；\n]+|\s+(?![:：])(?<![:：]\s*)/u)
    .map(word => word.trim())
    .filter(word => word !== '')
  return [...names, ...words]
}

/** Names of groups with a separator inside, between other separators, and what is left without them. */
function takeSpacedNames(written: string, groups: readonly GroupCard[]): { names: string[]; rest: string } {
  const spaced = groups.flatMap(namesOf).filter(name => /[、,，;；\s]/u.test(name))
  const names: string[] = []
  let rest = `、${written}、`
  for (const name of spaced.sort((a, b) => b.length - a.length)) {
    const found = new RegExp(`(?<=[、,，;；\\n]\\s*)${RegExp.escape(name)}(?=\\s*[、,，;；\\n])`, 'u').exec(
      rest,
    )
    if (!found) continue
    names.push(name)
    rest = rest.slice(0, found.index) + rest.slice(found.index + name.length)
  }
  return { names, rest }
}

function groupsOf(word: string, groups: readonly GroupCard[]): GroupCard[] {
  const [, kind, name] = /^(群|空间|众创空间|支部|标签)\s*[:：]\s*(.+)$/u.exec(word) ?? []
  const meant = kind === '众创空间' ? '空间' : kinds.find(one => one === kind)
  const said = name ?? word.replace(/^#/u, '')
  const found = (meant ? [meant] : word.startsWith('#') ? (['标签'] as const) : kinds).flatMap(one =>
    groups.filter(group => is(group, one, said)),
  )
  if (found.length === 0) throw new Refusal(sayUnknown(said, meant, groups))
  return found
}

function is(group: GroupCard, kind: Kind, said: string): boolean {
  if (kind === '群') return namesOf(group).includes(said)
  if (kind === '标签') return group.tags.includes(said)
  return (kind === '空间' ? group.space : group.branch) === said
}

function sayUnknown(said: string, kind: Kind | undefined, groups: readonly GroupCard[]): string {
  const names: Record<Kind, string[]> = {
    群: withDistinctNames(groups).map(({ name }) => name),
    空间: groups.map(({ space }) => space),
    支部: groups.map(({ branch }) => branch),
    标签: groups.flatMap(({ tags }) => tags),
  }
  const known = (kind ? [kind] : kinds).flatMap(one => {
    const distinct = [...new Set(names[one].filter(name => name !== ''))]
    return distinct.length > 0 ? [`${one}：${distinct.slice(0, 12).join('、')}`] : []
  })
  const list = known.length > 0 ? `现在有：\n${known.join('\n')}` : '现在一个也没有写。'
  const how = kind === '标签' || kind === undefined ? '标签在群里发「本群设置 标签 科技」来写。' : ''
  return `没有叫「${said}」的${kind ?? '群、空间、支部或标签'}。${list}${how ? `\n${how}` : ''}`
}

/** All words that select groups, for suggestions. */
export function targetWords(cards: readonly GroupCard[]): string[] {
  const words = withDistinctNames(cards).flatMap(({ name, space, branch, tags }) => [
    name,
    ...(space ? [`空间:${space}`] : []),
    ...(branch ? [`支部:${branch}`] : []),
    ...tags.map(tag => `标签:${tag}`),
  ])
  return ['全部', ...new Set(words)]
}
