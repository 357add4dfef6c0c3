import { foldCharacters } from '../../text/characters.ts'
import { dayAlone, dayBehind } from './dates.ts'
import { levels, markerOf } from './markers.ts'
import { officesIn } from './offices.ts'
import type { Line } from './types.ts'

/** What a line below the head is; `start` begins a part whose clauses count anew, `list` the list of attachments. */
export type BodyLine = Line & { role: 'clause' | 'outside' | 'start' | 'list'; label?: string }
export type Signature = { issuers: string[]; date: string }

const attachment = /^附\s*(?:件|录|表)?\s*([\d一二三四五六七八九十]{0,3})\s*(?::\s*(.*))?$/u
const copies =
  /^(?:抄\s*送|抄\s*报|分\s*送|主题词|共印|印数)\s*[:：]|^\(?此件(?:主动|依申请|不予)?公开|^\(?(?:信息)?公开(?:选项|类别|形式|属性|方式)\s*:|\d{1,2}\s*日\s*(?:印\s*发|印制)\s*$|^(?:上一篇|下一篇|打印本页|关闭窗口|版权所有|主办单位|主办:|承办:|网站标识码|.{0,4}ICP备)|^相关(?:文件|解读|链接)\s*:?$|^(?:扫一扫|分享到)/u
/** An attachment's name stands in the list below the body, and again above its text. */
const mostSignatureLines = 6

/** Tells clauses from the signature, the table of contents and what is attached. */
export function sectionsOf(
  lines: readonly Line[],
  title: string,
): { lines: BodyLine[]; signature: Signature | undefined } {
  const contents = contentsIn(lines)
  const signed = signatureIn(lines)
  const annexed = annexedTitle(title)
  const found = lines.map((line, at): BodyLine => {
    const folded = foldCharacters(line.text).trim()
    if (contents.has(at) || signed?.lines.has(at) || copies.test(folded)) return { ...line, role: 'outside' }
    return startOf(line, { at, folded, annexed, lines, isSigned: signed === undefined || at > signed.end })
  })
  return { lines: withoutTitleParts(withAnnexedName(found, annexed)), signature: signed }
}

type Place = { at: number; folded: string; annexed: string; lines: readonly Line[]; isSigned: boolean }

function startOf(line: Line, { at, folded, annexed, lines, isSigned }: Place): BodyLine {
  const found = attachment.exec(folded)
  const isAlone = found !== null && (found[2] ?? '') === ''
  if (found && (isAlone || (isSigned && !isListOfAttachments(lines, at))))
    return { ...line, role: 'start', label: `附件${found[1] ?? ''}` }
  if (found) return { ...line, role: 'list', label: '附件' }
  const isAnnexed = annexed !== '' && isSigned && plain(folded) === annexed
  return { ...line, role: isAnnexed ? 'start' : 'clause', ...(isAnnexed && { label: '' }) }
}

/** 「附件：1.申请表 2.承诺书」 names what is attached; the text of an attachment goes on below its name. */
const isListOfAttachments = (lines: readonly Line[], at: number) =>
  lines.slice(at + 1, at + 4).every(({ text }) => {
    const marker = markerOf(text)
    return marker?.level === levels.number && !/[。；;]/u.test(text)
  })

/** An attachment that is the very document that the title names is cited by its clauses alone. */
function withAnnexedName(lines: readonly BodyLine[], annexed: string): BodyLine[] {
  return lines.map((line, at) => {
    if (line.role !== 'start' || line.label === '' || annexed === '') return line
    const below = [1, 2, 3].map(count =>
      plain(
        lines
          .slice(at + 1, at + 1 + count)
          .map(({ text }) => text)
          .join(''),
      ),
    )
    return below.some(text => text === annexed) ? { ...line, label: '' } : line
  })
}

/** 「（试行）」 and 「（2026年3月2日印发）」 below the title of what is attached. */
function withoutTitleParts(lines: readonly BodyLine[]): BodyLine[] {
  let isTitle = false
  return lines.map(line => {
    const isBracketed = isTitle && /^[（(].{1,60}[）)]$/u.test(line.text.trim())
    isTitle = line.role === 'start' || isBracketed
    return isBracketed ? { ...line, role: 'outside' } : line
  })
}

const plain = (text: string) =>
  foldCharacters(text)
    .replaceAll(/\s|[《》]/gu, '')
    .replace(/\([^()]{1,8}\)$/u, '')

/** 「办法」 of 「关于印发《办法》的通知」. */
const annexedTitle = (title: string) =>
  plain(/(?:印发|公布|发布|修订|下发|转发)[^《]*《(.+)》[^》]*$/u.exec(title)?.[1] ?? '')

/** The lines of a table of contents, by number. */
function contentsIn(lines: readonly Line[]): Set<number> {
  const found = new Set<number>()
  const start = lines.findIndex(({ text }) => /^目\s*[录次]$/u.test(text.trim()))
  for (const [at, { text }] of lines.entries()) if (/[.．…·]{4,}\s*\d{0,4}\s*$/u.test(text)) found.add(at)
  if (start < 0) return found
  found.add(start)
  const names = lines.map(({ text }) => plain(text).replace(/[.…·]*\d*$/u, ''))
  for (let at = start + 1; at < lines.length; at += 1) {
    const isRepeated = names.indexOf(names[at] ?? '', at + 1) > 0
    if (!isRepeated && !found.has(at)) break
    found.add(at)
  }
  return found
}

/** The first day in a line of its own, with the offices above it. */
function signatureIn(lines: readonly Line[]): (Signature & { lines: Set<number>; end: number }) | undefined {
  for (const [at, { text }] of lines.entries()) {
    const date = dayAlone(text)
    const joined = date ? undefined : dayBehind(text)
    const own = joined ? officesIn(joined.before) : []
    if (!date && own.length === 0) continue
    const above = officesAbove(lines, at)
    const numbers = [at, ...above.map(each => each.at)]
    return {
      date: date ?? joined?.day ?? '',
      issuers: [...above.toReversed().flatMap(({ offices }) => offices), ...own],
      lines: new Set(numbers),
      end: at,
    }
  }
  return undefined
}

function officesAbove(lines: readonly Line[], at: number): { at: number; offices: string[] }[] {
  const found: { at: number; offices: string[] }[] = []
  for (let above = at - 1; above >= 0 && above >= at - mostSignatureLines; above -= 1) {
    const offices = officesIn(lines[above]?.text ?? '')
    if (offices.length === 0) break
    found.push({ at: above, offices })
  }
  return found
}
