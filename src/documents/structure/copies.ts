import { alternation } from '../../text/alternation.ts'
import { foldCharacters } from '../../text/characters.ts'
import { firstDay } from './dates.ts'
import { markerOf } from './markers.ts'
import { officesIn } from './offices.ts'

/** 「（此件主动公开）」 */
const openness = alternation([
  /^\(?此件(?:主动|依申请|不予)?公开/u,
  /^\(此件[^()]{1,24}\)$/u,
  /^\(?(?:信息)?公开(?:选项|类别|形式|属性|方式)\s*:/u,
])
/** Links and notes below the article of a web page. */
const footOfPage = alternation([
  /^(?:上一篇|下一篇|打印本页|关闭窗口|版权所有|主办单位|主办:|承办:|网站标识码|.{0,4}ICP备)/u,
  /^(?:[【[]?(?:打印|关闭|返回)(?:本页|窗口|顶部)?[】\]]?\s*){1,4}$/u,
  /^\(?责任编辑\s*:/u,
  /^[-—_─━═*·]{4,}$/u,
  /^相关文件\s*:?$/u,
  /^相关(?:解读|链接|阅读|新闻)\s*(?::.*)?$/u,
  /^(?:扫一扫|分享到)/u,
])
/** 「抄送：……」 */
const copiesTo =
  /^(?:抄\s*送|抄\s*报|分\s*送|(?:内部)?发\s*送|[印分]?发(?=\s*[:：])|主题词|共印|印数)\s*[:：]/u
/** 「某某局办公室　2026年3月2日印发」 */
const imprint =
  /^[^。;,]{2,48}(?:\d{1,2}|年\s*[一二三四五六七八九十]{1,2}\s*月\s*[一二三四五六七八九十]{1,3})\s*日\s*(?:印\s*发|印制)\s*$/u
const copies = alternation([copiesTo, openness, footOfPage])

/** 「抄送：……」, 「某某局办公室　2026年3月2日印发」, 「（此件主动公开）」, and what a web page has below the article. */
export function isCopyLine(text: string): boolean {
  const line = foldCharacters(text).trim()
  // 「第二条 本办法由区科技局2026年3月2日印发」 is a clause.
  return copies.test(line) || (imprint.test(line) && markerOf(text) === undefined)
}

/** A 「抄送：……」 that breaks off, and the line with the rest of its offices. */
export const goesOnCopying = (text: string, next: string): boolean =>
  copiesTo.test(foldCharacters(text).trim()) &&
  !/[。.;；]\s*$/u.test(text) &&
  /^[^:：]{1,60}。\s*$/u.test(next) &&
  !markerOf(next)

/** 「主办单位：……」, which stands below the article of a web page, or in the text of a notice. */
export const isOrganizer = (text: string): boolean =>
  /^(?:主办单位|主办:|承办:)/u.test(foldCharacters(text).trim())

/** The office and the day of printing, 「某某局办公室　2026年3月2日印发」: minutes and bulletins often name no other. */
export function imprintIn(texts: readonly string[]): { issuers: string[]; date: string | undefined } {
  for (const text of texts.toReversed()) {
    const found = /^(.{4,40}?)[\s|]*((?:\d{4}|[二〇零一九]{4})\s*年.{2,12}日)\s*(?:印\s*发|印制)\s*$/u.exec(
      foldCharacters(text).trim(),
    )
    if (found?.[1] && officesIn(found[1]).length > 0)
      return { issuers: officesIn(found[1]), date: firstDay(found[2] ?? '') }
  }
  return { issuers: [], date: undefined }
}
