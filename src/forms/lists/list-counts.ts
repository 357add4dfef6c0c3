const person = '(?:人|老师|同学|同志|党员|学员|成员|组员|创客)'
const number = '(?:[一两二三四五六七八九十\\d]{1,3}|好?几)'
const lacking = '(?:今[天日晚]|现在|目前|就|只|还|尚|仍|也|有)*'
const notThere = '(?:还|都)?(?:没有?|未)(?:[到来签](?:到|齐)?)'
const unnamed = new RegExp(
  [
    `${lacking}(?:差|缺|少|剩)[了着]?(?:${number}[个位名]?${person}?|${person})(?:了|啦)?(?:${notThere})?(?:了|啦)?`,
    `${lacking}${number}[个位名]?${person}?${notThere}(?:了|啦)?`,
    `(?:今[天日晚])?(?:老师|讲师|书记|主任)${notThere}(?:了|啦)?`,
    '(?:今[天日晚])?(?:来的)?人(?:有点|很|太|比较)?[少多不齐]{1,2}(?:了|啊|啦)?',
  ]
    .map(words => `^${words}[。.!！]?$`)
    .join('|'),
  'u',
)

/** Words about people whom they do not name: 「还差3人」, 「今天少了老师」. */
export const isOfUnnamed = (piece: string): boolean => unnamed.test(piece)

/** Number of people of whom a piece tells: 2 of 「请假2人」. */
export const countIn = (piece: string): number | undefined => {
  const count = /^\p{Script=Han}{1,6}\s*(?<count>\d{1,3})\s*[人位名个]$/u.exec(piece)?.groups?.count
  return count === undefined ? undefined : Number(count)
}

const absence = '(?:请假|[事病公]假|缺[席勤]?|[未没]到|没来|出差)'
const heading =
  /^\s*[\p{Script=Han}\d]{1,16}(?:支部|空间|组|队|公司|大厦|工场|中心)\s*[（(](?<counts>[^（）()]{1,40})[)）]\s*[:：]?\s*$/u
const awayCount = new RegExp(
  `${absence}\\s*[:：]?\\s*(?<behind>\\d{1,3})|(?<before>\\d{1,3})\\s*[人位名个]?\\s*${absence}`,
  'gu',
)

/** How many are away by a heading, 「二支部（3人，1人请假）」; 0 where it tells of none, undefined for another line. */
export function awayByHeading(line: string): number | undefined {
  const counts = heading.exec(line)?.groups?.counts
  if (counts === undefined) return undefined
  return [...counts.matchAll(awayCount)].reduce(
    (sum, { groups }) => sum + Number(groups?.behind ?? groups?.before),
    0,
  )
}

const awayPeople = `(?:因[公事病私故])?${absence}\\s*[:：]?\\s*\\d{1,3}\\s*[人位名个]?|${number}\\s*[人位名个]${absence}`
const awayAtEnd = new RegExp(`(?:[，,、；;。\\s]+(?:另有?|还有|其中)?(?:${awayPeople}))+[。.\\s]*$`, 'u')

/** The names behind 「实到：」 without a number of other people: 「甘棠、柏舟」 of 「甘棠、柏舟，请假2人」. */
export function withoutAwayCounts(names: string): string {
  const from = Math.max(0, names.length - longestEnd)
  const found = awayAtEnd.exec(names.slice(from))
  if (!found) return names
  const ahead = names.slice(0, from + found.index)
  // 「甘棠、柏舟，郑风，1人请假」: the person may be the last one named.
  const isOpen = /[，,；;]/u.test(ahead) && numberFirst.test(found[0])
  return isOpen ? names : ahead
}
/** Characters at the end that are searched: over all of a long line the time would grow with its square. */
const longestEnd = 60
const numberFirst = new RegExp(`^[，,、；;。\\s]*${number}`, 'u')

const named =
  '(?<=(?:^|[、，,\\s])(?!另有|还有|其中|[应实已]到|请假|缺席|[未没]到|以上|上述|共)\\p{Script=Han}{2,4})'
const countedEnd = new RegExp(
  `${named}(?<counted>(?:\\d{1,2}|[两二三四五六七八九十])[人位名](?:因|无故|请|未|没|缺|[病事]假))`,
  'gu',
)
const oneAway = new RegExp(
  `${named}[1一][人位名](?<words>(?:因\\p{Script=Han}{1,2}|无故)?(?:请假|缺席|[未没]到|没来|[病事]假))`,
  'gu',
)

/**
 * A number of people away as a piece of its own behind their names, 「甘棠、柏舟，2人因公请假」; that of one person stands in
 * brackets, since it is not of the names before.
 */
export const withCountsApart = (names: string): string =>
  names.replaceAll(oneAway, '（$<words>）').replaceAll(countedEnd, '，$<counted>')

const deniedBehind =
  /[，,;；]\s*(?:以上|这)?(?:\d{1,2}|[两二三四五六七八九十])[人位](?:都|均|皆|全)\S{0,3}(?:请|没|未(?!迟到|早退|缺)|缺(?:[席勤课]|$)|假)/u

/** Whether words behind names say that these did not come: 「甘棠、柏舟，两人都请假」. */
export const deniesTheNamed = (names: string): boolean => deniedBehind.test(names)
