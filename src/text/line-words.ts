/**
 * 「发「签到」」, 「再发一次「签到」」, 「发，例如「签到 1」」 and their like; not 「印发「…」」, nor what is to be sent in private,
 * nor what names the bot already.
 */
const instruction =
  /(?<!私聊[^。！？\n]{0,100}|[印颁下核研开分被])(?<verb>(?:发送?|回复?|说|问我|请问)(?:一次|一遍)?(?:就行)?(?:，(?:例如|比如))?)(?<words>\s?「(?!@)[^」\n]{1,40}」(?:[、或和]{0,2}「(?!@)[^」\n]{1,40}」)*)/gu
/** The beginning of a day or time, which is only a part of a command: 「像「12月5日 14:00」」. */
const dayOrTime = '[今明后]|每|(?:[本这下上]个?)?周|星期|凌晨|早上|[上中下]午|晚上|\\d{1,4}[年月日点:：./-]'
/** 「像「签到 四位数字」」, 「例如「补签 张三」」: a quotation with a blank inside is a command. */
const example = new RegExp(
  `(?<!私聊[^。！？\\n]{0,100})(?<verb>例如|比如|像|请用|请写)(?<words>(?:「(?!@|${dayOrTime})[^」\\n ]{1,12} [^」\\n]{1,40}」[、或和]{0,2})+)`,
  'gu',
)
const listWords = '这个群里要先 @我，再写这些字。'
const bareNumber = /(?<![@我] ?)回序号/gu

/** The text for a group in which the bot receives only what mentions it: 「发「签到」」 becomes 「发「@我 签到」」. */
export function withBotMention(text: string): string {
  const isList = [...text.matchAll(/ —— /gu)].length > 1 && !text.endsWith(listWords)
  const mentioned = (_all: string, verb: string, words: string) =>
    `${verb}${words.replaceAll('「', '「@我 ')}`
  return `${text}${isList ? `\n${listWords}` : ''}`
    .replace(instruction, mentioned)
    .replace(example, mentioned)
    .replace(bareNumber, '@我 回序号')
}

/** The text for a private chat with a person in whose group the bot receives only mentions. */
export function addressedInGroup(text: string): string {
  return text.replace(/([群里]里?面?发)「(?!@)/gu, '$1「@我 ')
}

/** The text for a group in which the bot receives nothing: without the sentences that invite people to talk to it. */
export function withoutInvitations(text: string): string {
  const lines = text.split('\n').flatMap(line => {
    if (!line.includes('@我')) return [line]
    const rest = line.split(/(?<=[。！？])/u).filter(sentence => !sentence.includes('@我'))
    return rest.length > 0 ? [rest.join('')] : []
  })
  return lines.join('\n').trimEnd()
}

const mentionPromise = /(?<before>我[^@\n，。；]{0,4}?) ?@ ?你/gu

/** The text for a group in which the bot cannot mention people: 「有答复我在这里 @ 你」 becomes 「有答复我在这里告诉你」. */
export const withoutMentionPromise = (text: string): string => text.replace(mentionPromise, '$<before>告诉你')

const scheme = String.raw`[a-z][a-z0-9+.-]{1,12}:\/\/`
const hostLabel = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?'
const topLevel =
  'com|cn|net|org|gov|edu|mil|int|info|biz|top|xyz|vip|cc|tv|io|me|co|app|dev|shop|site|online|tech|club|ltd|group|link|work|ink|pro|asia|hk|tw|mo|us|uk|jp|ru|de|ai|im|so|fun|store|wang|ren|red|mobi|name|中国|公司|网络|政务|公益|在线|xn--[a-z0-9-]{2,59}'
const host = String.raw`(?:${hostLabel}\.)+(?:${topLevel})(?![a-z0-9-]|\.[a-z])`
const numbers = String.raw`\d{1,3}(?:\.\d{1,3}){3}(?=[:/])`
/** Han characters belong to a path where more of it follows: 「/政策/1.html」; 「/x查看」 ends before them. */
const hanInPath = String.raw`(?:\p{Script=Han}{1,60}[/.?&=#])+(?=[\w%])`
const pathCharacters = String.raw`[\w.:[\]/?#@!$&'*+,;=%~()-]`
const path = `(?:${pathCharacters}|${hanInPath})*`
const tail = String.raw`(?::\d{1,5})?(?:[/?#]${path})?`
/** 「1.APP」 is a number and a word. */
const listNumber = String.raw`\d{1,2}\.[a-z]+(?![\w/:-]|\.[a-z])`
const unicodeHost = String.raw`(?:[\p{L}\p{N}-]{1,63}\.){1,9}(?:${topLevel})(?![a-z0-9-]|\.[a-z])`
const afterScheme = `(?:${unicodeHost}${tail}|${pathCharacters}${path})`
const webAddress = new RegExp(String.raw`(https?:\/\/${afterScheme})`, 'iu')
const addresses = String.raw`(?<mail>(?<![\w.+-])[\w.+-]+@${host})|(?<url>${scheme}${afterScheme}|(?<![\w.@-])(?!${listNumber})(?:(?:${host})|${numbers})${tail})`
/** An address with or without a scheme, or an e-mail address. */
const addressPattern = new RegExp(addresses, 'giu')
/** Endings of file names that are none of addresses. */
const fileEnding =
  'xlsx?|docx?|pptx?|wps|ofd|pdf|txt|csv|rar|jpe?g|png|gif|html?|mp[34]|json|ics|eml|exe|apk|xml|log'
/** A dot of what a platform may take for an address: 「福州.中国」, 「www.a.la」, 「t.la/x」, 「a.cloud」. */
const addressDot = String.raw`(?<=[\p{L}\p{N}_-])\.(?=(?:[\p{L}\p{N}_-]{1,63}\.){0,9}(?:${topLevel})(?![a-z0-9-]|\.[a-z])|(?:[a-z0-9-]{1,63}\.){0,9}(?!(?:${fileEnding})(?![a-z0-9]))[a-z]{2,18}(?![a-z0-9-]))|(?<=www)\.(?=[\p{L}\p{N}])|(?<=www\.[\p{L}\p{N}.-]{1,63})\.(?=[\p{L}\p{N}])`
const addressOrDot = new RegExp(`${addresses}|(?<dot>${addressDot})`, 'giu')
const markdownLink = /\[([^[\]\n]{0,300})\]\(([^)\s[]{1,2048})\)/gu

export type LinkRule = {
  /** Domains that the platform lets through, lower case. */
  domains: readonly string[]
  /**
   * Our own page about the source of this address; undefined where there is none.
   * @param isPart the address is a part of a sentence, which may be about another source
   */
  pageOf(url: string, isPart: boolean): string | undefined
}

/**
 * The text without any address that a platform with registered domains refuses. A source keeps its title, office and
 * document number; its address becomes that of our own page about it, or is left out. An address that is a part of a
 * sentence (「登录 a.gov.cn 填报」) becomes the title of its source where another line gives it, else a noun where the
 * sentence needs one; our pages about such addresses follow at the end. Of e-mail addresses, and of what only may be an
 * address, the dots become full-width.
 */
export function withoutLinks(text: string, { domains, pageOf }: LinkRule): string {
  const plain = text.replace(markdownLink, (_all, words: string, url: string) => `${words} ${url}`)
  const all = plain.split('\n')
  const pages = new Map<string, string>()
  const lines = all.map((line, at) => {
    let isCut = false
    const replaced = (found: string, mail: string | undefined, _url: string | undefined, start: number) => {
      if (mail !== undefined) return mail.replaceAll('.', '．')
      const { url, after } = trimmed(found)
      if (domains.includes(hostOf(url))) return found
      const before = line.slice(0, start)
      const isPart = isPartOfSentence(before, after + line.slice(start + found.length))
      const page = pageOf(url, isPart)
      if (page !== undefined && !isPart) return `${page}${after}`
      if (page !== undefined) pages.set(page, nounFor(url))
      isCut = true
      const noun = governing.test(before) ? nounFor(url) : undefined
      const words = isPart ? (titleOf(url, all, at) ?? noun) : undefined
      return `${words === undefined ? leftOut : begin + words + end}${after}`
    }
    const rest = line.replace(addressPattern, replaced)
    return isCut ? tidy(rest) : rest
  })
  const linked = [...pages].map(([page, noun]) => `${noun}：${page}`)
  const bare = [...lines, ...linked].filter((line): line is string => line !== undefined).join('\n')
  return bare.replace(addressOrDot, found => (found === '.' ? '．' : found))
}

/** Words that must be followed by a noun: 「登录」, 「在」, 「入口是」. */
const governing = /(?:[在从到经是为或和与及]|登[录陆入]|访问|打开|进入|通过|点击|浏览|搜索)\s*$/u
const isPartOfSentence = (before: string, after: string) =>
  !/[（([]\s*$/u.test(before) &&
  !labelBefore.test(before) &&
  (governing.test(before) || /^\s*\p{Script=Han}/u.test(after))

/** The noun that stands for an address: an office's is an official site. */
const nounFor = (url: string) => (/\.gov\.cn$/u.test(hostOf(url)) ? '官网' : '网站')

/** Title and number of the source with this address, as another line, or the one above it, gives them. */
function titleOf(url: string, lines: readonly string[], own: number): string | undefined {
  const at = lines.findIndex((line, i) => i !== own && line.includes(url))
  if (at === -1) return undefined
  const titles = [lines[at], lines[at - 1]].flatMap(
    line => line?.match(/《[^》]+》[^\s，。；《》]*/u)?.[0] ?? [],
  )
  return titles.find(title => title.search(addressPattern) === -1)
}

/** The addresses that such a platform refuses, each once; e-mail addresses are none. */
export function refusedLinks(text: string, domains: readonly string[]): string[] {
  const found = [...text.matchAll(addressPattern)].flatMap(({ 0: address, groups }) =>
    groups?.mail === undefined ? [trimmed(address).url] : [],
  )
  return [...new Set(found.filter(url => !domains.includes(hostOf(url))))]
}

/** Whether a platform that lets only these domains through would refuse the text for a link. */
export function hasRefusedLink(text: string, domains: readonly string[]): boolean {
  return [...text.matchAll(addressOrDot)].some(
    ({ 0: found, groups }) => groups?.url === undefined || !domains.includes(hostOf(found)),
  )
}

/** The text in parts, of which every second is a web address with its scheme. */
export function splitAtLinks(text: string): string[] {
  let behind = ''
  return text.split(webAddress).map((part, at) => {
    if (at % 2 === 0) return behind + part
    const { url, after } = trimmed(part)
    behind = after
    return url
  })
}

/** Punctuation that ends a sentence, not an address. */
function trimmed(found: string) {
  const after = /[.,;:!?)\]'*]*$/u.exec(found)?.[0] ?? ''
  return { url: found.slice(0, found.length - after.length), after }
}

const hostOf = (url: string) =>
  url
    .toLowerCase()
    .replace(new RegExp(`^${scheme}`, 'iu'), '')
    .split(/[/?#:]/u)[0] ?? ''

/** Stands where an address was left out; no text contains it. */
const leftOut = '\u{e000}'
/** Stand before and behind words that replace an address; no text contains them. */
const [begin, end] = ['\u{e001}', '\u{e002}']
const edges = new RegExp(`(?<=\\p{Script=Han}) *${begin}|${begin}|${end} *(?=\\p{Script=Han})|${end}`, 'gu')
/** 「意见」, 「看见」, 「常见」 are words of their own. */
const labelOfSeeing = '请?(?:[详参]|(?<![意看常罕少多可听遇碰会接再偏创高成定主远预洞政拜召引想习显足]))见'
const label = `(?:原文|网址|链接|地址|来源|官网|入口|${labelOfSeeing}){1,2}\\s*[:：]?`
const labelBefore = new RegExp(`${label}\\s*$`, 'u')
const addressLabel = new RegExp(`(?:${label})?\\s*${leftOut}\\s*(?=[，,。；;、）)]|$)`, 'gu')

/** The line after addresses were left out; undefined where nothing but a label stays. */
function tidy(line: string): string | undefined {
  const rest = line
    .replace(new RegExp(`[（(<]\\s*${leftOut}\\s*[）)>]`, 'gu'), '')
    .replace(addressLabel, '')
    .replaceAll(leftOut, '')
    .replace(edges, '')
    .replace(/(官网|网站)\s*[或和、]\s*(?:官网|网站)/gu, '$1')
    .replace(/[（(]\s*[）)]/gu, '')
    .replace(/(?<=\p{Script=Han}) {2,}(?=\p{Script=Han})/gu, '')
    .replace(/(?<=\S) {2,}/gu, ' ')
    .replace(/^\s*原文[:：]\s*（[^）]*）\s*$/u, '')
    .replace(/^[\s:：，,。；;、·-]+$/u, '')
    .trimEnd()
  return rest.trim() === '' ? undefined : rest
}
