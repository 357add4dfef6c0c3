import { sha256 } from '../../../../lib/hash.ts'
import type { Table } from '../../../../tables/index.ts'
import { simplify } from '../../../../text/traditional.ts'
import type { Fields } from '../forms.ts'

/** A question and its answer on a sheet of two plain columns. */
export type PlainQuestion = {
  sheet: string
  line: number
  question: string
  answer: string
  /** Title or address of what the answer rests on; empty where no column says. */
  source: string
}

/** A header may stand below a title and a remark. */
const headerWithin = 10
const longestShort = 80

/** Titles of columns in forms of questions; they go before all other titles. */
const usualWords = {
  question:
    /^(?:常见|标准|咨询|热点|企业|群众|用户|客户|创客|[您你]?要?[问咨]询?的?)?(?:问题|问法|提问|疑问|问|咨询|诉求)(?:描述|内容)?$|^(?:q(?:uestion)?s?|prompt|instruction|query)$/iu,
  answer:
    /^(?:标准|参考|官方|统一|我们的|机器人|客服)?(?:答案|答复|回答|解答|回复|答)(?:口径|内容|意见)?$|^(?:a(?:nswer)?s?|completion|output|response)$/iu,
  source: /^(?:来源|依据|出处|政策依据|文件依据|链接|原文|文件)$/u,
}
const columnWords: typeof usualWords = {
  question:
    /^(?!存在|整改|主要|突出|发现)[\p{Script=Han}]{0,6}(?:问题|问法|提问|疑问|咨询|诉求)(?:描述|内容|清单|标题|名称)?$|^faq$/iu,
  answer:
    /^(?!是否|有无|已|未|负责|最新)[\p{Script=Han}]{0,6}(?:答案|答复|回答|解答|回复|应答|话术)(?:口径|内容|意见|清单|要点)?$|^(?:处理|办理)(?:意见|答复|结果|情况)$/iu,
  source: usualWords.source,
}
/** 「标题」 and 「内容」 stand over news as well: under them the first has to ask. */
const weakWords: typeof usualWords = {
  ...columnWords,
  question: /^(?:知识|词条)?(?:标题|主题|题目)$/u,
  answer: /^(?:知识|词条)?(?:内容|正文)$/u,
}
const asks = (cell = '') => /[?？]\s*$|吗|怎么|如何|哪|多少|什么/u.test(cell)

/** 「1.问：」 and 「答：」 in front of a cell. */
const questionMark = /^(?:\d{1,3}\s*[.、．)）]\s*)?(?:(?:问题?|Q)\s*\d{0,3}\s*[:：.]|问\s)\s*(?=\S)/iu
const answerMark = /^(?:(?:答案?|A)\s*\d{0,3}\s*[:：.]|答\s)\s*(?=\S)/iu
const numberMark = /^(?:\d{1,3}\s*[.、．)）]|[（(]\d{1,3}[)）])\s*(?=[^\d\s])/u

/** 「1. 您的问题（必填）」 as 「您的问题」, 「问题/Question」 as 「问题」. */
const asHeader = (cell: string) =>
  simplify(cell)
    .replaceAll(/[（(].*?[）)]|[\s：:*＊]/gu, '')
    .replace(/^\d+[.、．]/u, '')
    .replace(/\/.*$/u, '')

/**
 * Reads sheets of questions and answers: two columns with such a header, nothing but two columns of which the first
 * asks, or 「问：…」 and 「答：…」 below each other.
 * @returns undefined where no sheet is of this kind
 */
export function plainQuestionsIn(tables: readonly Table[]): PlainQuestion[] | undefined {
  const read = tables.flatMap(table => questionsOf(table) ?? [])
  return read.length > 0 ? read : undefined
}

function questionsOf({ name, rows }: Table): PlainQuestion[] | undefined {
  const { headerAt, columns = columnsWithoutHeader(rows) } = headerOf(rows, columnWords) ?? {
    headerAt: -1,
    ...askingHeader(rows),
  }
  if (!columns) return pairsBelow(name, rows)
  const found: PlainQuestion[] = []
  for (const [at, row] of rows.entries()) {
    if (at <= headerAt || columnsOf(row, columnWords)) continue
    const cell = (column: number) => (row[column] ?? '').trim()
    const question = cell(columns.question).replace(questionMark, '').replace(numberMark, '')
    const answer = cell(columns.answer).replace(answerMark, '')
    const last = found.at(-1)
    if (question === '' && answer === '') continue
    const goesOn = row.every((text, place) => place === columns.answer || text.trim() === '')
    if (goesOn && last?.answer) last.answer += `\n${answer}`
    else if (!isBesideQuestions(cell(columns.question), answer))
      found.push({ sheet: name, line: at + 1, question, answer, source: cell(columns.source) })
  }
  return found
}

const noteOfSheet = /^(?:备注|说明|注)\s*[:：]|^(?:以上|本表|(?:联系|咨询)(?:人|电话|方式)|制表|整理|更新)/u
const headingOfGroup = /^(?:[一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十]+[)）]|第.{1,3}部分)/u
const exampleMark = /^[（(【]?(?:示例|样例|例如|例)[)）】]?\s*[:：]/u

/** A group or a note that is merged over the row or has no answer beside it, or an example. */
const isBesideQuestions = (question: string, answer: string) =>
  question === answer ||
  exampleMark.test(question) ||
  (answer === '' && !asks(question) && (noteOfSheet.test(question) || headingOfGroup.test(question)))

/** 「问：…」 and below it 「答：…」, which goes on until the next question. */
function pairsBelow(sheet: string, rows: readonly string[][]): PlainQuestion[] | undefined {
  const pairs: PlainQuestion[] = []
  for (const [at, row] of rows.entries()) {
    const text = row
      .map(cell => cell.trim())
      .filter(Boolean)
      .join(' ')
    const last = pairs.at(-1)
    if (questionMark.test(text))
      pairs.push({ sheet, line: at + 1, question: text.replace(questionMark, ''), answer: '', source: '' })
    else if (last && answerMark.test(text)) last.answer = text.replace(answerMark, '')
    else if (last?.answer && text !== '') last.answer += `\n${text}`
  }
  const answered = pairs.filter(({ answer }) => answer !== '')
  return answered.length > 0 ? answered : undefined
}

type Columns = Record<keyof typeof usualWords, number>
type Header = { headerAt: number; columns: Columns }

function headerOf(rows: readonly string[][], words: typeof usualWords): Header | undefined {
  for (const [headerAt, row] of rows.slice(0, headerWithin).entries()) {
    const columns = columnsOf(row, words)
    if (columns) return { headerAt, columns }
  }
  return undefined
}

function askingHeader(rows: readonly string[][]): Header | undefined {
  const header = headerOf(rows, weakWords)
  if (!header) return undefined
  const questions = rows.slice(header.headerAt + 1).flatMap(row => row[header.columns.question]?.trim() || [])
  return questions.filter(asks).length * 2 > questions.length ? header : undefined
}

function columnsOf(row: readonly string[], words: typeof usualWords): Columns | undefined {
  const titles = row.map(asHeader)
  function at(column: keyof Columns): number {
    const usual = titles.findIndex(title => usualWords[column].test(title))
    return usual >= 0 ? usual : titles.findIndex(title => words[column].test(title))
  }
  const columns = { question: at('question'), answer: at('answer'), source: at('source') }
  return columns.question >= 0 && columns.answer >= 0 ? columns : undefined
}

function columnsWithoutHeader(rows: readonly string[][]): Columns | undefined {
  const filled = rows.filter(row => row.some(cell => cell.trim() !== ''))
  const from = filled.every(row => /^\d{1,4}$/u.test((row[0] ?? '').trim())) ? 1 : 0
  const isPair = (row: readonly string[]) =>
    row.slice(from).filter(cell => cell.trim() !== '').length === 2 && row[from]
  const asking = filled.filter(row => asks(row[from]))
  const isPlain = filled.length > 1 && filled.every(isPair) && asking.length * 2 > filled.length
  return isPlain ? { question: from, answer: from + 1, source: -1 } : undefined
}

/** The same for the same question and answer, so that a sheet that is imported twice makes one draft of each. */
export const draftIdOf = ({ question, answer }: PlainQuestion) =>
  `sheet-${sha256(`${question}\n${answer}`).slice(0, 16)}`

/** The form of a draft with what the sheet says; the rest is to be filled in. */
export function draftFieldsOf({ question, answer, source, sheet, line }: PlainQuestion): Fields {
  const [short, rest] = splitAnswer(answer)
  const details = rest.flatMap((text, at) => [
    [`d${at}.about`, 'how'],
    [`d${at}.text`, text],
  ])
  const isAddress = /^https?:\/\/\S+$/u.test(source)
  return {
    question,
    short,
    ...Object.fromEntries(details),
    ...(source ? { [isAddress ? 'doc..url' : 'doc..title']: source } : {}),
    note: `来自表格${sheet ? `「${sheet}」` : ''}第 ${line} 行`,
  }
}

/** The line that answers, as long as it may be, and the lines under it. */
function splitAnswer(answer: string): [short: string, rest: string[]] {
  const [first = '', ...rest] = answer
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean)
  if ([...first].length <= longestShort) return [first, rest]
  const sentence = /^[^。！？；]+[。！？；]/u.exec(first)?.[0] ?? first
  if ([...sentence].length > longestShort) return ['', [first, ...rest]]
  return [sentence, [first.slice(sentence.length).trim(), ...rest].filter(Boolean)]
}
