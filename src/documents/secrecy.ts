import { foldCharacters } from '../text/characters.ts'
import type { DocumentPage } from './text.ts'

/** Lines of the first page in which GB/T 9704 has the mark. */
const headLines = 8
const label = '(?:(?:密\\s*级|保密等级|秘密等级|密级和保密期限)\\s*:?\\s*)?'
const term = '(?:长期|永久|\\d{1,3}\\s*(?:年|个月|天)|[一二三四五六七八九十]{1,3}年)'
/** Marks of the state, of offices (工作秘密) and of companies (商密). */
const secret = `((?:工作|商业)?秘密|绝密|机密|(?:核心|普通|一般|重要)?商密)(?:\\s*(?:[★☆*▲△●·—:-]\\s*.{0,12}|${term}))?`
/** 「内部资料」, 「仅供内部参考」, with a request behind it: 「注意保存」, 「免费交流」. */
const internal =
  '((?:仅?[供限]|本单位)?内部(?:资料|文件|使用|刊物|材料|参考|交流|传阅|阅读|发行|掌握|讨论|情况|简报)?)'
const request =
  '(?:[,、·. ]*(?:(?:请?注意|妥善|请勿|不得|严禁|禁止|切勿|不予|谢绝)?(?:保存|保管|保密|外传|外泄|复制|转载|公开|翻印)|免费交流|阅后收回|阅后即焚))*'
/** In folded text. */
const mark = new RegExp(
  `^(?:\\d{1,8}\\s*)?${label}[[(]?(?:${secret}|${internal}${request})[\\])]?(?:\\s*(?:特急|加急|急件|平急))?$`,
  'u',
)

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
