import { foldCharacters } from '../../text/characters.ts'
import { annexedTitleIn } from './annexed.ts'
import { goesOnCopying, isCopyLine, isOrganizer } from './copies.ts'
import { levels, markerOf } from './markers.ts'
import { type Signature, signatureIn } from './signature.ts'
import type { DocumentLine } from './types.ts'

/**
 * A line below the head. With a label it begins a part whose clauses count anew: an attachment, the list of them,
 * or the document itself, whose label is empty.
 */
export type BodyLine = DocumentLine & { role: 'clause' | 'outside'; label?: string }

const attachment =
  /^附\s*(件|录|表|图)?\s*([\d一二三四五六七八九十]{0,3}|\d{1,2}-\d{1,2}|(?<=附\s*录\s*)[A-Z])\s*(?::\s*(.*)|(?<=[\dA-Z一二三四五六七八九十]\s+)(\S[^。;]{2,60}))?$/u
/**
 * Tells clauses from the signature, the table of contents and what is attached.
 * @param contents numbers of the lines of the table of contents
 */
export function sectionsOf(
  lines: readonly DocumentLine[],
  { title, contents }: { title: string; contents: ReadonlySet<number> },
): { lines: BodyLine[]; signature: Signature | undefined } {
  const signature = signatureIn(lines)
  const annexed = annexedTitleIn(lines, title, signature ? signature.end + 1 : 0)
  const bareLabels = bareLabelsIn(lines)
  const blanks = blanksToSign(lines)
  const copied = copiedIn(lines, endOfText(lines, { signature, annexed }))
  // The notice that is forwarded is an attachment where it stands below its label.
  const isForwarded =
    title.includes('转发') && bare.test(foldCharacters(lines[(annexed[0] ?? 0) - 1]?.text ?? '').trim())
  const roleOf = (line: DocumentLine, at: number): BodyLine => {
    if (at === signature?.end || (at === annexed[0] && !isForwarded))
      return { ...line, role: 'outside', label: '' }
    const isOutside =
      contents.has(at) ||
      at >= blanks ||
      signature?.lines.has(at) ||
      annexed.includes(at) ||
      attachedFile.test(line.text.trim())
    if (isOutside || copied.has(at) || isContactBelow(lines, at, copied)) return { ...line, role: 'outside' }
    return attachedOr(line, {
      at,
      lines,
      isSigned: signature === undefined || at > signature.end,
      bareLabels,
    })
  }
  return { lines: lines.map(roleOf), signature }
}

/** 「附件【某某办法.pdf】」 below the text of a page. */
const attachedFile =
  /^(?:相关)?附件(?:下载)?\s*\d{0,2}\s*[:：]?\s*[【[].{1,80}\.(?:pdf|docx?|xlsx?|wps|et|ofd|zip|rar)\s*[】\]]\s*(?:已?下载\s*\d*\s*次?)?$/iu

/** Where the fields for stamps at the end of an agreement begin; behind the last line where it has none. */
function blanksToSign(lines: readonly DocumentLine[]): number {
  const start = lines.findLastIndex(({ text }) => !isBlankToSign(text)) + 1
  return lines.slice(start).some(({ text }) => /方/u.test(text)) ? start : lines.length
}

/** 「甲方（盖章）：　乙方（签字）：」 and 「____年__月__日」 at the end of an agreement. */
const isBlankToSign = (text: string) =>
  /^(?:[\s_＿|]*(?:[甲乙丙丁]\s*方\s*[（(](?:盖章|签字|签章|公章|签名)[^（）()]{0,8}[）)]\s*[：:]|年[\s_＿]*月[\s_＿]*日))+[\s_＿|]*$/u.test(
    text,
  )

/** The signature where nothing is attached below it, or the last clause. */
function endOfText(
  lines: readonly DocumentLine[],
  { signature, annexed }: { signature: Signature | undefined; annexed: readonly number[] },
): number {
  const end = signature?.end ?? -1
  const isAttached = lines.some(({ text }, at) => at > end && attachment.test(foldCharacters(text).trim()))
  if (signature && annexed.length === 0 && !isAttached) return end
  const lastClause = lines.findLastIndex(({ text }) => markerOf(text) !== undefined)
  return Math.max(lastClause, end)
}

/** Those who organize an event are of the text above its end. */
const copiedIn = (lines: readonly DocumentLine[], end: number): ReadonlySet<number> =>
  new Set(
    lines.flatMap(({ text }, at) => {
      const isCopied = isCopyLine(text)
        ? at > end || !isOrganizer(text)
        : goesOnCopying(lines[at - 1]?.text ?? '', text)
      return isCopied ? [at] : []
    }),
  )

/** 「联系人：……」 below 「抄送：……」. */
const isContactBelow = (lines: readonly DocumentLine[], at: number, copied: ReadonlySet<number>) =>
  /^联\s*系\s*(?:人|电话)\s*:/u.test(foldCharacters(lines[at]?.text ?? '').trim()) &&
  [at - 2, at - 1].some(above => copied.has(above))

type Place = {
  at: number
  lines: readonly DocumentLine[]
  isSigned: boolean
  bareLabels: ReadonlyMap<string, number>
}

function attachedOr(line: DocumentLine, { at, lines, isSigned, bareLabels }: Place): BodyLine {
  const found = attachment.exec(foldCharacters(line.text).trim())
  if (!found) return { ...line, role: 'clause' }
  const [, word = '件', count = '', listed = '', named = ''] = found
  const name = listed || named
  const label = `附${word}${count}`
  // 「附件：申请表」 names what begins at 「附件」 further down.
  const isNamed = (bareLabels.get(label) ?? -1) > at
  const isStart = name === '' || (isSigned && !isNamed && !isList(lines, at))
  return isStart ? { ...line, role: 'outside', label } : { ...line, role: 'clause', label: `附${word}` }
}

const bare = /^附\s*([件录表图])\s*([\d一二三四五六七八九十]{0,3})\s*:?$/u

/** Where each 「附件1」 stands alone in its line for the last time. */
const bareLabelsIn = (lines: readonly DocumentLine[]): ReadonlyMap<string, number> =>
  new Map(
    lines.flatMap(({ text }, at) => {
      const found = bare.exec(foldCharacters(text).trim())
      return found ? [[`附${found[1]}${found[2]}`, at] as const] : []
    }),
  )

/** 「附件：1.申请表」 names what is attached; the text of an attachment goes on below its name. */
const isList = (lines: readonly DocumentLine[], at: number) =>
  lines.slice(at + 1, at + 4).every(({ text }) => {
    const marker = markerOf(text)
    return marker?.level === levels.number && !/[。；;]/u.test(text)
  })
