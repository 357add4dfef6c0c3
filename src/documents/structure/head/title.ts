import { joinedTitle, officesIn } from '../offices.ts'
import { isTranslation } from '../paragraph-kinds.ts'

/** With what the title of a document ends. */
export const titleEnd =
  /(?:通知|办法|意见|细则|公告|通告|公示|规定|方案|函|批复|决定|指南|条例|措施|规划|计划|制度|规程|标准|要点|纲要|报告|请示|令|若干措施|政策|指引|章程|守则|决议|通报|纪要|清单|目录|预案|解读|问答|解答|启事|协议|书|讲话|致辞|倡议|公开信|说明|议程|规范|总结|合同|备忘录|名单|申请表|登记表|公约|条款|文件|手册|须知|简章|公报|答复|回复|提示|声明|导则|名录|安排|日程)(?:[(（][^()（）]{1,16}[)）])*$/u

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

/** The offices of 「某某市人民政府令」 and 「某某区人民政府专题会议纪要」, which tell a kind and no matter. */
export const officeOfKind = (text: string): string[] =>
  officesIn(
    /^(.+?)(?:令|公告|通告|公报|简报|(?:专题)?(?:会议|办公会议)?纪要)$/u.exec(unspaced(text))?.[1] ?? '',
  )
