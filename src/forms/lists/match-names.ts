import type { RosterMember } from '../../ports/roster.ts'
import { nameParts } from '../../text/names/names.ts'
import { endsOf, type KnownPeople, knownPeople, sameName } from './known-people.ts'
import { onceEach } from './list-row.ts'
import { sentenceIn } from './list-sentences.ts'
import { type PastedStatus, proxy } from './list-status.ts'
import { type NamesOfPeople, namesWithin } from './names-within.ts'
import type { PastedEntry } from './pasted-list.ts'

/** A name and whom it may mean: one is a match, none or several are for a person to decide. */
export type PastedLine = { line: string; status: PastedStatus; found: RosterMember[] }

/** Titles speak of the lesson, of times and places. */
const title =
  /课|会议|活动|名单|签到表|地点|时间|报名|统计|培训|路演|沙龙|论坛|要求|自带|注意|通知|截止|Saturday|Sunday|lesson|meeting/iu

/**
 * Finds the person whom each name means. 「张三」 is who is called so, 「张三 优空间」 the one of that space; two of
 * one name stay two. Names in one line by spaces are told apart where each of them is a person. Titles
 * that mean no person are left out.
 * @param people those who belong to the lesson's groups and roster, each once
 */
export function matchNames(entries: readonly PastedEntry[], people: readonly RosterMember[]): PastedLine[] {
  const known = knownPeople(people)
  const lines = entries.flatMap((entry): ReadLine[] => {
    if (entry.isAside) return ofAside(entry, known)
    const label = labelOver(entry)
    const isDoubtful = label !== undefined && !known.isPlace(label) && known.match(label).length === 0
    const own = ofEntry(entry, known).map(line =>
      isDoubtful && line.status === 'here' ? { ...line, status: 'unclear' as const } : line,
    )
    const beside = besideOf(entry, known.names)
    const status = entry.statusBeside ?? (entry.status === 'away' ? 'unclear' : undefined)
    const isOfOther = beside.length > 0 && status !== undefined
    return [...own.map(line => (isOfOther ? { ...line, status } : line)), ...beside].map(line => ({
      ...line,
      isExpected: entry.isExpected ?? false,
    }))
  })
  const isAnyLost = lines.some(
    ({ line, found, isExpected }) => !isExpected && found.length !== 1 && sentenceIn(line) === undefined,
  )
  return oncePerPerson(lines).map(({ isExpected, ...line }) =>
    // 「请假：小甘，其余均到」: one of the rest may be the one who is away.
    isExpected && isAnyLost && line.status === 'here' ? { ...line, status: 'unclear' } : line,
  )
}

/** People in the brackets behind a label: what is told of them elsewhere holds. */
function ofAside({ name }: PastedEntry, { match, names }: KnownPeople): ReadLine[] {
  const found = match(name)
  const within = found.length > 0 ? undefined : namesWithin(name, 'unclear', names)
  const each = within?.map(({ person }) => [person]) ?? (found.length > 0 ? [found] : [])
  return each.map(people => ({ line: name, status: 'unclear', found: people, isExpected: true }))
}

function ofEntry(entry: PastedEntry, known: KnownPeople): PastedLine[] {
  const { names, match } = known
  const { status, alsoNames = [] } = entry
  const name = entry.wholes?.find(known.isCalled) ?? entry.name
  const others = alsoNames.filter(cell => !known.places.has(cell) && match(cell).length > 0)
  if (others.length > 0) return [name, ...others].map(line => ofRow(line, entry, others.length, match))
  const each = severalIn({ ...entry, name }, known)
  if (each) return each
  const found = status === 'unclear' && proxy.test(name) ? [] : match(name)
  const several = /[:：]/u.test(name) ? namesWithin(name, status, names) : undefined
  if (found.length === 1 && several && several.length > 1)
    // 「柏舟：郑风来不了」 is said by the first of the other.
    return several.map((one, at) => ({
      line: name,
      status: at === 0 ? 'unclear' : one.status,
      found: [one.person],
    }))
  const isTitle = title.test(name)
  const within =
    found.length > 0 || (isTitle && status !== 'away') ? undefined : namesWithin(name, status, names)
  if (within) return within.map(one => ({ line: name, status: one.status, found: [one.person] }))
  if (found.length === 0 && isTitle) return []
  const isApart = isBehindLabel(name, found, known)
  return [{ line: name, status: isApart && status === 'here' ? 'unclear' : status, found }]
}

/** Other people in the words behind a name, who are away or for whom it signed: 「甘棠（柏舟请假）」, 「甘棠（代柏舟签）」. */
function besideOf({ name, remark = '' }: PastedEntry, names: NamesOfPeople): PastedLine[] {
  return remark.split(/[，,。；;]+/u).flatMap(clause =>
    (namesWithin(clause, 'unclear', names) ?? []).flatMap(({ person, status }) => {
      const [before = '', ...rest] = clause.split(person.name)
      const behind = rest.join(person.name)
      const isListed = listsAway.test(before) || (behind === '' && endsAway.test(before))
      const isAway = isListed || (status === 'away' && isSubject(before, behind))
      const isSigned = /(?<!接)[代替帮]$/u.test(before) && signedFor.test(behind)
      if (sameName(person.name) === sameName(name.replace(labelBefore, '')) || (!isAway && !isSigned))
        return []
      return [{ line: remark, status: isAway ? 'away' : status, found: [person] }]
    }),
  )
}

/** Words behind the name of a person who did not sign: 「代柏舟签」. */
const signedFor = /^\s*(?:补?签|打卡|报[到名]|[点登到参]|出席|$)/u

/** 「缺席的有郑风、」 before 「卫淇」. */
const listsAway =
  /(?:请假|[没未][到来]|缺[席勤课]|出差)(?:的|人员|名单)?[有是为：:]\s*(?:\p{Script=Han}{2,4}[、和跟与\s])*$/u
const endsAway = /(?:缺[席勤课]|[没未][到来])$/u
const begins = /(?:^|\s|另外|还有|以及|收到)(?:\p{Script=Han}{2,4}、)*$/u
const joins = /^还?[和跟与]$/u
const together = /^(?:都|均|也|一起|一同|俩|两人)/u
const tells = /^\P{P}*?(?:同意|批|准|允|知道|[代帮替说告跟向给]|通知)/u

/** Whether a person is the one of whom a clause tells: not 「已跟柏舟请假」, where it was told, nor 「柏舟同意请假」. */
const isSubject = (before: string, behind: string) =>
  (begins.test(before) || (joins.test(before) && together.test(behind))) && !tells.test(behind)

type ReadLine = PastedLine & { isExpected: boolean }

/** One person written in two ways, 「张三」 and 「张三 优空间」, stands once. */
const oncePerPerson = (lines: readonly ReadLine[]): ReadLine[] =>
  onceEach(lines, ({ found: [only, ...others] }, at) =>
    only && others.length === 0 ? `id ${only.id}` : `line ${at}`,
  )

type Match = KnownPeople['match']

/** A row of names and nothing else names all of them; who a name beside others is, a person decides. */
function ofRow(line: string, { status, alsoNames }: PastedEntry, count: number, match: Match): PastedLine {
  const isWhole = alsoNames?.length === count
  return { line, status: isWhole || status !== 'here' ? status : 'unclear', found: match(line) }
}

/** Several people in one entry: by spaces, 「张三 李四」, or by a word between, 「张三和李四」. */
function severalIn(entry: PastedEntry, known: KnownPeople): PastedLine[] | undefined {
  const { name, status, isOfLast } = entry
  const { match } = known
  const bare = name.replace(labelBefore, '')
  const tokens = withoutSpread(bare, match) ?? withoutPlace(bare.split(/\s+/u), known)
  const each = tokens.map(match)
  // Whether those before the last are away too, a person must say.
  if (tokens.length > 1 && each.every(found => found.length > 0) && isSeveralPeople(each))
    return tokens.map((line, at) => ({
      line,
      status: isOfLast && at < tokens.length - 1 ? 'unclear' : status,
      found: each[at] ?? [],
    }))
  const called = tokens.filter(known.isCalled)
  // 「我们公司来四个 甘棠 柏舟」: what the other words tell of them, a person must say.
  if (called.length > 1 && isSeveralPeople(called.map(match)))
    return called.map(line => ({ line, status: status === 'here' ? 'unclear' : status, found: match(line) }))
  if (match(bare).length > 0) return undefined
  const pair =
    pairs(bare).find(two => two.every(one => match(one).length > 0)) ??
    pairs(bare).find(two => two.some(one => match(one).length > 0)) ??
    unspaced(bare, match)
  return pair?.map(line => ({ line, status, found: match(line) }))
}

/** 「福新百货 甘棠 柏舟」: names behind the place of them all. */
function withoutPlace([first = '', ...others]: readonly string[], known: KnownPeople): string[] {
  const isOfAll = others.length > 1 && known.places.has(first) && !known.isCalled(first)
  return isOfAll ? others : [first, ...others]
}

const labelBefore = /^(?<label>[^:：]{1,20})[:：]\s*/u

/** Every way to read two names with 「和」 between; a name may hold that character itself. */
const pairs = (text: string): string[][] =>
  [...text.matchAll(/(?<=^\p{Script=Han}{2,6})[和跟与及](?=\p{Script=Han}{2,6}$)/gu)].flatMap(({ index }) => {
    const two = [text.slice(0, index), text.slice(index + 1)]
    return [two, two.map(withoutTitle)]
  })

/** 「甘棠老师」. */
const withoutTitle = (name: string): string =>
  name.replace(/(?<=\p{Script=Han}{2,4})(?:同志|老师|主任|书记)$/u, '')

/** 「甘棠 王 磊 毛宁」: the names of people where one way to join the single characters leads through. */
const withoutSpread = (text: string, match: Match) =>
  /(?:^|\s)\p{Script=Han}(?:\s|$)/u.test(text) ? unspaced(text.replaceAll(/\s+/gu, ''), match) : undefined

const longestUnspaced = 40

/** 「甘棠柏舟林小美」, as dictation writes them: the names of people, each after the other, where one way leads through. */
function unspaced(text: string, match: Match): string[] | undefined {
  if (text.length > longestUnspaced || !/^\p{Script=Han}{4,}$/u.test(text)) return undefined
  /** The ways to read the text up to each place, two at most. */
  const ways: string[][][] = [[[]]]
  for (let end = 1; end <= text.length; end++) {
    ways[end] = [2, 3, 4].flatMap(length => {
      const before = ways[end - length] ?? []
      const name = text.slice(end - length, end)
      return before.length > 0 && match(name).length === 1 ? before.map(way => [...way, name]) : []
    })
    ways[end] = (ways[end] ?? []).slice(0, 2)
  }
  const [way, ...others] = ways[text.length] ?? []
  return way && others.length === 0 && way.length > 1 ? way : undefined
}

/** Words before a colon in front of several names, of which this is one or holds some. */
function labelOver({ name, label }: PastedEntry): string | undefined {
  const own = labelBefore.exec(name)
  const found = label ?? (own && /\s/u.test(name.slice(own[0].length)) ? own.groups?.label : undefined)
  return found?.replace(/[（(][^（）()]*[)）]$/u, '')
}

/** 「缺位：张三」: an unknown label before a name. */
function isBehindLabel(name: string, [only]: readonly RosterMember[], known: KnownPeople): boolean {
  const [label = '', ...rest] = name.split(/[:：]/u)
  const word = label.trim()
  return only !== undefined && rest.join('').trim() !== '' && !known.isPlace(word) && matchesNot(word, only)
}

const matchesNot = (word: string, { name }: RosterMember) =>
  sameName(word) !== sameName(name) && !nameParts(word).some(part => endsOf(name).includes(part))

/** 「张三 优空间」 names one person twice over; 「张三 李四」 two. */
const isSeveralPeople = (each: readonly RosterMember[][]) =>
  new Set(each.map(found => found.map(({ id }) => id).join())).size === each.length &&
  each.every((found, at) => each.every((other, to) => at === to || !found.some(one => other.includes(one))))
