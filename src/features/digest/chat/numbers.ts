import { Refusal } from '../../../feature.ts'

/** The leading number and the rest: 「12 金额不对」「#12」「第12号」. */
export function numberAndRest(said: string): { number: number; rest: string } | undefined {
  const found = /^(?:第|#)?\s*([\d０-９]{1,6})\s*号?(?:[\s:：，,]+([\s\S]*))?$/u.exec(said.trim())
  if (!found?.[1]) return undefined
  return { number: Number(found[1].normalize('NFKC')), rest: (found[2] ?? '').trim() }
}

/** @throws {@link Refusal} if the text is not a number */
export function numberIn(said: string): number | undefined {
  if (said === '') return undefined
  const found = numberAndRest(said)
  if (found?.rest !== '') throw new Refusal('编号没看懂，请只写数字，比如「推送情况 17」。')
  return found.number
}
