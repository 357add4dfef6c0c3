import { fold } from '../../text/fold.ts'
import { sayTopic, type Topic } from './topics.ts'

const verbs = '弄|搞|用|写|操作|使用|设置|设|办|说|填|来|去'
const asked = new RegExp(
  `^(?:请问|我(?!的)|[想要问])*(?<before>.{0,8}?)(?:要|该|应该|是)*(?:怎么|怎样|如何|咋)(?:才能|可以|能|样|去)?(?:${verbs}|(?<taking>导出|下载|发|查|看))?(?<after>.{0,8}?)(?:了|呢|啊|呀|吗|的)*[?。!]*$`,
  'u',
)
/** Longer texts name no command or page alone. */
const longestAsked = 40
/** Most messages ask nothing of the kind, and to build all topics takes long. */
export const asksHowTo = (text: string): boolean =>
  text.length <= longestAsked && /怎么|怎样|如何|咋/u.test(text)

/** Shorter words stand for no topic without a line of their own, and are not looked for in another order. */
const leastInexact = 3

/** A topic, and the word of the command in it that is meant; empty where it is the whole topic. */
type Asked = { topic: Topic; word: string }

/**
 * The command that a question asks how to use: 「开课怎么弄」「怎么绑定群」「推送怎么改」. The question has to be of
 * nothing but words of the bot, and of the person's own topics: to others it is a question like any other.
 */
export function commandAskedFor(text: string, topics: readonly Topic[]): Asked | undefined {
  const { what, taking } = whatIsAsked(text)
  if (what.length < 2) return undefined
  const known = topics
    .flatMap(topic => topic.words.map(word => ({ word: fold(word), topic })))
    .filter(({ word, topic }) => word.length >= leastInexact || linesOf(topic, word).length > 0)
  const named = (wanted: string) => known.find(({ word }) => word === wanted)
  const whole = topics.find(topic => topic.name === what && (taking === '' || isTaken(topic)))
  const own = known.find(({ word, topic }) => word === taking + what && linesOf(topic, word).length > 0)
  const exact = own ?? (whole && { topic: whole, word: '' })
  if (exact || (taking !== '' && !canBeTaken.test(what))) return exact
  const names = new Set([...known.map(({ word }) => word), ...topics.map(({ name }) => name)])
  return (
    named(what) ??
    known.find(({ word }) => isNearly(what, word)) ??
    known.find(({ word }) => what.startsWith(word) && names.has(what.slice(word.length)))
  )
}

/** Commands that give something out; 「发投票」 or 「看名单」 means more than the command of that name. */
const canBeTaken = /^我的|[表账图]$/u

/** Whether most commands of a topic give something out, so that the topic is what one may look at: 「统计怎么看」. */
const isTaken = ({ words }: Topic) =>
  words.filter(word => canBeTaken.test(fold(word))).length * 2 > words.length

/** The words of a question for the way besides those that ask; empty where it is none. */
function whatIsAsked(text: string): { what: string; taking: string } {
  const found = text.length <= longestAsked ? asked.exec(fold(text).replace(/\s+/gu, ''))?.groups : undefined
  return { what: `${found?.before ?? ''}${found?.after ?? ''}`, taking: found?.taking ?? '' }
}

const askedWhere = /(?:页面?)?(?:(?:在|去)(?:哪里?|哪儿|什么地方)|怎么|如何)(?:看|找|改|下载|导出)?[?。!]*$/u

/**
 * The console page that the whole text names: 「月报」「日历在哪看」「设置怎么改」.
 * @param pages those that this person may read
 */
export function pageAskedFor<T extends { title: string }>(text: string, pages: readonly T[]): T | undefined {
  if (text.length > longestAsked) return undefined
  const said = fold(text).replace(/\s+/gu, '')
  const named = new Set([said, said.replace(askedWhere, ''), whatIsAsked(said).what])
  return pages.find(({ title }) => named.has(fold(title)))
}

/** The lines of that command, or of the whole topic where it has none. */
export function sayHowTo({ topic, word }: Asked): string {
  const lines = word === '' ? [] : linesOf(topic, word)
  if (lines.length === 0) return sayTopic(topic, 1)
  return [...lines, `别的发「帮助 ${topic.name}」看。`].join('\n')
}

const linesOf = ({ lines }: Topic, word: string) => lines.filter(line => line.startsWith(word))

/**
 * Whether these are the characters of a command, in any order, with at most one of it left out, which is not the first:
 * to 请审核人 is not to 申请审核人.
 */
function isNearly(what: string, word: string): boolean {
  if (what.length < leastInexact || word.length < what.length || word.length > what.length + 1) return false
  if (!what.includes(word.charAt(0))) return false
  const left = [...word]
  return [...what].every(one => {
    const at = left.indexOf(one)
    if (at >= 0) left.splice(at, 1)
    return at >= 0
  })
}
