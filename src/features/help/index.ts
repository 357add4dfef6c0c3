import type { Command, Feature, Page } from '../../feature.ts'
import type { Message } from '../../ports/chat.ts'
import type { Directory } from '../../ports/directory.ts'
import { asksHowTo, commandAskedFor, pageAskedFor, sayHowTo } from './how-to.ts'
import { findTopic, type OtherNames } from './other-names.ts'
import { sayOverview, sayTopic, type Topic, topicOf, topicsOf } from './topics.ts'

type Parts = {
  /** Asked at every call, as the help is itself one of them. */
  features: () => readonly Feature[]
  directory: Directory
  /** A thing to do without a command word, one line in Chinese, and the topic that begins with it. */
  tip: string
  tipTopic: string
  /** The topics that the overview explains, at most four, in this order. */
  explained: readonly string[]
  otherNames: OtherNames
  /** Pages of the console that no feature has, and those of the features. Default: none. */
  pages?: () => readonly Pick<Page, 'title' | 'section' | 'read'>[]
}

const words = ['帮助', '幫助', '菜单', '菜單']
const attached = new RegExp(`^(?:${words.join('|')})(?<rest>\\S{2,8})$`, 'u')
const undoWords = /^(?:撤[回销銷消]|反悔)了?[。！!]?$/u
const undoLine = /^(?:撤[回销]|收回|取消|恢复|不去了)/u
const mostUndoLines = 9
const isForUs = (message: Message) => message.groupId === undefined || message.mentionsBot

/** Commands of this person that undo something, as 「撤回」 alone does not say which is meant. */
function sayUndo(topics: readonly Topic[]): string | undefined {
  const lines = topics.flatMap(topic => topic.lines).filter(line => undoLine.test(line))
  if (lines.length === 0) return undefined
  return ['要撤回哪一样？能撤回的有：', ...new Set(lines.slice(0, mostUndoLines))].join('\n')
}

/** 「帮助」: what this person may do, by topic, in at most ten lines; 「帮助 签到」 explains a topic. */
export function help({
  features,
  directory,
  tip,
  tipTopic,
  explained,
  otherNames,
  pages = () => [],
}: Parts): Feature {
  const commands = () => features().flatMap(feature => feature.commands ?? [])
  let names: Set<string> | undefined
  /** Whether a topic has this name: most messages name none, and to build all topics takes long. */
  const isTopic = (name: string) => {
    names ??= new Set([...commands().map(topicOf), ...features().flatMap(({ help }) => help?.topic ?? [])])
    return names.has(name)
  }

  async function topicsFor(message: Message): Promise<Topic[]> {
    const roles = await directory.rolesOf(message.senderId)
    const extra = features().flatMap(feature => feature.help ?? [])
    const more = await Promise.all(
      extra.map(async ({ topic, linesFor }) => ({ name: topic, lines: await linesFor(message) })),
    )
    const place = message.groupId ? 'group' : 'private'
    return topicsOf(commands(), { roles, place, more: more.filter(({ lines }) => lines.length > 0) })
  }

  async function run(message: Message, rest: string): Promise<string | undefined> {
    const topics = await topicsFor(message)
    const { name = '', page = '1' } = /^(?<name>\D*?)\s*(?<page>\d?)$/u.exec(rest.trim())?.groups ?? {}
    if (name === '') return sayOverview(topics, { tip, explained })
    const found = findTopic(topics, name, { otherNames, isPartEnough: isForUs(message) })
    if (found) return sayFound(found, topics, Number(page || '1'))
    return isForUs(message)
      ? `没有「${name}」这一类，我能做的有：\n${sayOverview(topics, { tip, explained: [] })}`
      : undefined
  }

  function sayFound(found: Topic | 'overview', topics: readonly Topic[], page: number): string {
    if (found === 'overview') return sayOverview(topics, { tip, explained })
    return sayTopic(found.name === tipTopic ? { ...found, lines: [tip, ...found.lines] } : found, page)
  }

  /** A topic of the list alone, said to the bot: 「身份」. */
  function listen(message: Message): Promise<string | undefined> | undefined {
    const said = message.text.trim()
    if (undoWords.test(said)) return isForUs(message) ? topicsFor(message).then(sayUndo) : undefined
    const rest = attached.exec(said)?.groups?.rest
    if (rest !== undefined) return isForUs(message) ? sayExactly(message, rest) : undefined
    if (isTopic(said)) return sayNamed(message, said)
    return isForUs(message) ? explain(message, said) : undefined
  }

  async function explain(message: Message, said: string): Promise<string | undefined> {
    const found = asksHowTo(said) ? commandAskedFor(said, await topicsFor(message)) : undefined
    return found ? sayHowTo(found) : sayPage(message, said)
  }

  /** A page of the console is no command: it is told where it is. */
  async function sayPage({ groupId, senderId }: Message, said: string): Promise<string | undefined> {
    const named = groupId === undefined ? pageAskedFor(said, pages()) : undefined
    if (!named) return undefined
    const roles = await directory.rolesOf(senderId)
    if (!named.read.some(role => roles.includes(role))) return undefined
    const way = [named.section ?? [], named.title].flat().map(one => `「${one}」`)
    return `这在控制台里：发「登录」要链接，进去点${[...new Set(way)].join('→')}，页上有「怎么用」。`
  }

  async function sayNamed(message: Message, said: string): Promise<string | undefined> {
    const topics = await topicsFor(message)
    const found = topics.find(({ name }) => name === said)
    return found && sayFound(found, topics, 1)
  }

  /** 「帮助问答」: without a blank a longer wording may be a question, 「帮助企业贷款」. */
  async function sayExactly(message: Message, name: string): Promise<string | undefined> {
    const topics = await topicsFor(message)
    const found = findTopic(topics, name, { otherNames, isPartEnough: false })
    return found && sayFound(found, topics, 1)
  }

  /** 「帮助签到」 without a blank, where it is a topic or a command; other names need to be said to the bot. */
  function matches(text: string): string | undefined {
    const rest = attached.exec(text.trim())?.groups?.rest
    if (rest === undefined) return undefined
    return commands().some(({ topic, words: known }) => topic === rest || known.includes(rest))
      ? rest
      : undefined
  }

  const command: Command = {
    words,
    takes: 'text',
    role: 'maker',
    where: 'anywhere',
    topic: '身份',
    help: '帮助 签到 —— 看一类怎么用',
    matches,
    run,
  }
  return { name: 'help', commands: [command], listen }
}
