import { fold } from '../../text/fold.ts'
import { sayTopic, type Topic } from './topics.ts'

const verbs = '(?:弄|搞|用|发|写|操作|使用|设置|设|办|说|填|导出|下载|查|看|来|去)?'
const asked = new RegExp(
  `^(?:请问|想问问?|我想?要?|想要?)*(?:(?<before>.{0,8}?)(?:要|该|应该|是)*(?:怎么|怎样|如何|咋)(?:才能|可以|能|样|去)?${verbs}(?<after>.{0,8}?))(?:了|呢|啊|呀|吗|的)*[?。!]*$`,
  'u',
)
/** Most messages ask nothing of the kind, and to build all topics takes long. */
export const asksHowTo = (text: string): boolean => text.length <= 40 && /怎么|怎样|如何|咋/u.test(text)

/** Shorter words are not looked for in another order or with a character left out. */
const leastInexact = 3

/** A topic, and the word of the command in it that is meant; empty where it is the whole topic. */
type Asked = { topic: Topic; word: string }

/**
 * The command that a question asks how to use: 「开课怎么弄」「怎么绑定群」「推送怎么改」. The question has to be of
 * nothing but words of the bot, and of the person's own topics: to others it is a question like any other.
 */
export function commandAskedFor(text: string, topics: readonly Topic[]): Asked | undefined {
  const what = whatIsAsked(text)
  if (what.length < 2) return undefined
  const known = topics.flatMap(topic => topic.words.map(word => ({ word: fold(word), topic })))
  const names = new Set([...known.map(({ word }) => word), ...topics.map(({ name }) => name)])
  const whole = topics.find(({ name }) => name === what)
  return (
    known.find(({ word }) => word === what) ??
    (whole && { topic: whole, word: '' }) ??
    known.find(({ word }) => isNearly(what, word)) ??
    known.find(({ word }) => what.startsWith(word) && names.has(what.slice(word.length)))
  )
}

/** The words of a question for the way besides those that ask; empty where it is none. */
function whatIsAsked(text: string): string {
  const found = asked.exec(fold(text).replace(/\s+/gu, ''))?.groups
  return `${found?.before ?? ''}${found?.after ?? ''}`
}

const askedWhere = /(?:页面?)?(?:在|去)(?:哪里?|哪儿|什么地方)(?:看|找|改|下载|导出)?[?。!]*$/u

/**
 * The console page that the whole text names: 「月报」「日历在哪看」「设置怎么改」.
 * @param pages those that this person may read
 */
export function pageAskedFor<T extends { title: string }>(text: string, pages: readonly T[]): T | undefined {
  const said = fold(text).replace(/\s+/gu, '')
  const named = new Set([said, said.replace(askedWhere, ''), whatIsAsked(said)])
  return pages.find(({ title }) => named.has(fold(title)))
}

/** The lines of that command, or of the whole topic where none begins with its word. */
export function sayHowTo({ topic, word }: Asked): string {
  const lines = word === '' ? [] : topic.lines.filter(line => line.startsWith(word))
  if (lines.length === 0) return sayTopic(topic, 1)
  return [...lines, `别的发「帮助 ${topic.name}」看。`].join('\n')
}

/** Whether these are the characters of a command, in any order, with at most one of it left out. */
function isNearly(what: string, word: string): boolean {
  if (what.length < leastInexact || word.length < what.length || word.length > what.length + 1) return false
  const left = [...word]
  return [...what].every(one => {
    const at = left.indexOf(one)
    if (at >= 0) left.splice(at, 1)
    return at >= 0
  })
}
