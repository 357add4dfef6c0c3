import { familyNames } from './family-names.ts'
import { usualIn } from './usual-words.ts'

/** Words behind a family name alone, or behind a whole name. */
const title =
  /^(?:老师|同志|先生|女士|小姐|教授|博士|院士|书记|主任|科长|处长|局长|区长|市长|镇长|所长|院长|校长|会长|秘书长|经理|总经理|总监|董事长|总裁|主席|律师|会计师|工程师|老板|师傅|总|工|哥|姐)/u
/** They end a name, and are no part of one. */
const functionWords = new Set(
  '的了和与在是有为及或等将把被对从到由向于不也都就还要会能可请让给以中上下内外年月日号元人个家项条第各该本此其',
)

/** Words behind the name of a place. */
const place = /^(?:省|市|区|县|镇|乡|州|街|村|岛|港|路|口|开发区|工业区|广场|大厦|高新区|山|河|湖|江|客家)/u
const office = /^(?:局|厅|委|会|科技局|工作|发展)/u
/** Before a name that is a word too: 「联系人：高洁」. */
const label = /^(?:由|请|找|叫|问|：|:|、|和|与|主讲|嘉宾|讲师|主持|欢迎|祝贺|联系|老师|同志)$/u

/** Verbs and nouns of people: behind a name that is a word too, 「周明主讲」, 「黄洋的公司」. */
const doing = /^(?:讲|主讲|分享|分享会|带|带你|主持|授课)$/u
const owned = /^(?:公司|企业|团队|工作室|店|工厂|项目|课|讲座|分享|作品|发明)$/u

const foreign = /\p{Script=Han}{2,6}[·•‧]\p{Script=Han}{2,8}/gu
const han = /^\p{Script=Han}+$/u
const words = new Intl.Segmenter('zh', { granularity: 'word' })

type Span = { from: number; to: number }

/**
 * Makes a function that replaces what looks like the name of a person, known or not, by 「某某」, and a family name
 * before a title by 「某」. A name is a family name that is no part of a word, with one or two characters behind it;
 * the function takes a word too many rather than miss a name.
 * @param usualTexts texts that name no person: what stands in them is no name
 */
export function createPersonMask(usualTexts: Iterable<string>): (text: string) => string {
  const usual = usualIn(usualTexts)
  const isUsual = (characters: string) => usual.has(characters)

  /** The end of the name that begins with this token; undefined where none does. */
  function endOf(tokens: readonly string[], at: number): number | undefined {
    const family = tokens[at] ?? ''
    const [next = '', afterNext = '', third = ''] = tokens.slice(at + 1)
    if (!familyNames.has(family)) return isWordAndName(tokens, at) ? at + 1 : undefined
    if (title.test(next + afterNext)) return isUsual(family + next) && next.length === 1 ? undefined : at + 1
    if (!han.test(next) || functionWords.has(next) || next.length > 2) return undefined
    if (office.test(next) || isUsual(family + next.slice(0, 1)) || place.test(next + afterNext))
      return undefined
    const isLonger = next.length === 1 && afterNext.length === 1 && han.test(afterNext)
    if (!isLonger || functionWords.has(afterNext)) return place.test(afterNext + third) ? undefined : at + 2
    return place.test(afterNext + third) || place.test(third) ? undefined : at + 3
  }

  /** Names that stand in the dictionary are told by what stands before them, or behind. */
  function isWordAndName(tokens: readonly string[], at: number): boolean {
    const word = tokens[at] ?? ''
    if (word.length < 2 || word.length > 3 || !han.test(word) || isUsual(word)) return false
    if (!familyNames.has(word.slice(0, 1))) return false
    const next = tokens[at + 1] ?? ''
    if (place.test(next) || office.test(next)) return false
    const isOwner = next === '的' && owned.test(tokens[at + 2] ?? '')
    return label.test(tokens[at - 1] ?? '') || title.test(next) || doing.test(next) || isOwner
  }

  function spansIn(text: string): Span[] {
    const tokens = [...words.segment(text)]
    const said = tokens.map(({ segment }) => segment)
    const spans: Span[] = [...text.matchAll(foreign)].map(({ 0: name, index }) => ({
      from: index,
      to: index + name.length,
    }))
    for (let at = 0; at < tokens.length; at += 1) {
      const end = endOf(said, at)
      const from = tokens[at]?.index
      if (end === undefined || from === undefined) continue
      spans.push({ from, to: tokens[end]?.index ?? text.length })
      at = end - 1
    }
    return spans.sort((a, b) => a.from - b.from)
  }

  return text => {
    let bare = ''
    let from = 0
    for (const span of spansIn(text)) {
      if (span.from < from) continue
      bare += `${text.slice(from, span.from)}${span.to - span.from > 1 ? '某某' : '某'}`
      from = span.to
    }
    return bare + text.slice(from)
  }
}
