import type { DocumentPage } from './text.ts'

/** Lines of the first page in which GB/T 9704 has the mark. */
const headLines = 8
const mark =
  /^(?:\d{1,8}\s*)?(?:(绝密|机密|秘密)(?:\s*[★☆*].{0,12})?|(内部(?:资料|文件|使用)?)(?:[,，、 ]*(?:注意保存|不得外传|请勿外传))?)(?:\s*(?:特急|加急|急件))?$/u

/** The secrecy mark at the head of a document; words in a sentence are none. */
export function secrecyMark(pages: readonly DocumentPage[]): string | undefined {
  const lines = (pages[0]?.paragraphs ?? []).slice(0, headLines).flatMap(line => line.split(' | '))
  for (const line of lines) {
    const found = mark.exec(
      line
        .replaceAll(/\s+/gu, ' ')
        .replaceAll(/(?<=[绝机秘内]) (?=[密部])/gu, '')
        .trim(),
    )
    if (found) return found[1] ?? found[2]
  }
  return undefined
}
