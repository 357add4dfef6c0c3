import { sayKeptDay } from '../../../text/dates/kept-day.ts'
import type { Quotation } from './quotations.ts'

/** Most characters that {@link sayQuotation} puts around the quoted words. */
export const quotationFrame = 90

/** 「文件原文（榕科〔2026〕12号 第三条）：……」, and that it is no interpretation; of an old one, that it holds no longer. */
export function sayQuotation(quotation: Quotation): string {
  const { title, number, clause, texts, left, isHistory, isHeld, isSuperseded, asked, example } = quotation
  if (asked === 'missing') return texts.join('\n')
  const name = `${number ?? `《${short(title)}》`} ${clause}`.trim()
  if (isHeld) return sayHeld(name, quotation)
  const titled = asked === 'overview' ? [`《${title}》`] : []
  const more =
    asked === 'overview' && example ? [`要看哪一条，回复「${number ?? `《${title}》`} ${example}」。`] : []
  const rest = left > 0 ? [`……（这一条后面还有 ${left} 段，回复「完整答案」看全。）`] : []
  if (!isHistory)
    return [`文件原文（${name}）：`, ...titled, ...texts, ...rest, '这是原文，不是解读。', ...more].join('\n')
  return [
    `历史文件原文（${name}，${isSuperseded ? '已被代替' : '已失效'}）：`,
    ...titled,
    ...texts,
    ...rest,
    `这是原文，不是解读；这份文件${whyOver(quotation)}，现在不能按它办，只供了解。`,
  ].join('\n')
}

/** Why it holds no longer. A newer document ends an older one before the last day that it names itself. */
const whyOver = ({ isSuperseded, replacedBy, until = '' }: Quotation): string => {
  if (isSuperseded) return replacedBy ? `已由${replacedBy}代替` : '已有新的规定'
  return `有效期到${sayKeptDay(until)}`
}

/** The reply in place of a clause that a newer version under review changes. */
const sayHeld = (name: string, { issuer }: Quotation): string =>
  `文件有更新，正在核：${name} 有新版本，核好以前先不引用。急着用，请问${issuer ?? '发文单位'}。`

const short = (title: string) => (title.length > 30 ? `${title.slice(0, 29)}…` : title)

/** A quotation as an answer. One that is held is no quotation to go on from, and is not reworded. */
export function saidQuotation(quotation: Quotation) {
  const score = Math.round(quotation.covered * 1e4) / 1e4
  const text = sayQuotation(quotation)
  const { isHeld, documentId } = quotation
  return {
    kind: 'answer' as const,
    text,
    score,
    quotedFrom: isHeld ? undefined : documentId,
    isJudged: isHeld,
    entry: undefined,
    offered: [],
  }
}
