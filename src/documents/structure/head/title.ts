import { joinedTitle } from '../offices.ts'
import { isTranslation } from '../paragraph-kinds.ts'

/** With what the title of a document ends. */
export const titleEnd =
  /(?:通知|办法|意见|细则|公告|通告|公示|规定|方案|函|批复|决定|指南|条例|措施|规划|计划|制度|规程|标准|要点|纲要|报告|请示|令|若干措施|政策|指引|章程|守则|决议|通报|纪要|清单|目录|预案|解读|问答|解答|启事|协议|书|讲话|致辞|倡议|公开信|说明|议程|规范|总结|合同|备忘录|名单|申请表|登记表|公约|条款|文件|手册|须知|简章|公报)(?:[(（][^()（）]{1,16}[)）])*$/u

/** 「政策解读」 and 「通知」 above the title tell the kind of document. */
export const isCategory = (lines: readonly string[]) =>
  lines.length === 1 && (lines[0] ?? '').length <= 6 && titleEnd.test(lines[0] ?? '')

/** The title again in Latin letters, below the one in Chinese. */
export const isTranslated = (line: string, above: readonly string[]): boolean =>
  isTranslation(line) && /\p{Script=Han}$/u.test(above.join(''))

/** Spaces stand between the offices of a title only. */
export const titleLine = (text: string) =>
  joinedTitle(areSpacedOut(text) ? [text.replaceAll(/\s/gu, '')] : [text])

export const unspaced = (text: string) => text.replaceAll(/\s/gu, '')
const areSpacedOut = (text: string) =>
  text
    .trim()
    .split(/\s+/u)
    .every(piece => [...piece].length === 1)

/** Chooses the title below the document number; web pages repeat it above. */
export function titleAmong(titles: readonly string[][]): string {
  const joined = titles.map(joinedTitle).filter(title => title !== '')
  const named = joined.filter(title => titleEnd.test(title))
  return named.at(-1) ?? joined.at(-1) ?? ''
}
