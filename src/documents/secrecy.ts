import { foldCharacters } from '../text/characters.ts'
import type { DocumentPage } from './text.ts'

/** Lines of the first page in which GB/T 9704 has the mark. */
const headLines = 8
const mark =
  /^(?:\d{1,8}\s*)?(?:(?:密\s*级|保密等级|秘密等级|密级和保密期限)\s*:?\s*)?[[(]?(?:(绝密|机密|秘密)(?:\s*(?:[★☆*▲△●·—:-]\s*.{0,12}|(?:长期|永久|\d{1,3}\s*(?:年|个月|天)|[一二三四五六七八九十]{1,3}年)))?|(内部(?:资料|文件|使用|刊物|材料)?)(?:[,、 ]*(?:注意|妥善)?(?:保存|保管|不得外传|请勿外传|严禁外传|禁止外传|不得复制))?)[\])]?(?:\s*(?:特急|加急|急件|平急))?$/u

/** The secrecy mark at the head of a document; words in a sentence are none. */
export function secrecyMark(pages: readonly DocumentPage[]): string | undefined {
  const lines = (pages[0]?.paragraphs ?? []).slice(0, headLines).flatMap(line => line.split(' | '))
  return lines.map(secrecyMarkIn).find(found => found !== undefined)
}

/** The mark of which a line consists, without its term. */
export function secrecyMarkIn(line: string): string | undefined {
  const found = mark.exec(
    foldCharacters(line)
      .replaceAll('絕', '绝')
      .replaceAll('內', '内')
      .replaceAll(/[【〔［]/gu, '[')
      .replaceAll(/[】〕］]/gu, ']')
      .replaceAll(/\s+/gu, ' ')
      .replaceAll(/(?<=[绝机秘内]) (?=[密部])/gu, '')
      .trim(),
  )
  return found?.[1] ?? found?.[2]
}
