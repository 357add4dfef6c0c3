import { isOffice, judgeApproval } from '../../../approval.ts'
import { FieldRefusal, Refusal } from '../../../feature.ts'
import { keyHash, versionOf } from '../../../lib/hash.ts'
import type { CitedClause, Recheck } from '../../../ports/clauses.ts'
import { losesFigureOf } from '../../../text/figures/lost-figures.ts'
import type { DocumentDeed } from '../library/rules.ts'
import type { Dismissal } from './records.ts'

/** Names a change by both texts, or by the name of the clause where neither is known. */
export const hashOfChange = ({ cited, before, after }: CitedClause): string =>
  versionOf(before === undefined && after === undefined ? [cited] : [before ?? '', after ?? ''])

/** Names a text beside its changes; it is another where the text or a change is another. */
export const idOfRecheck = ({ text, changed }: Pick<Recheck, 'text' | 'changed'>): string =>
  versionOf([keyHash(text), ...changed.map(hashOfChange).sort()])

/** Whether a figure that the text tells changed: one person alone must not say that it stays. */
export const needsSecond = ({ text, changed, isHeld }: Pick<Recheck, 'text' | 'changed' | 'isHeld'>) =>
  isHeld ||
  changed.some(
    ({ state, before, after }) => state === 'changed' && losesFigureOf(before ?? text, after ?? '', text),
  )

type Saying = { recheck: Recheck; reason: string; isSecondNeeded: boolean; isOnePerson: boolean }

/**
 * One person has compared the texts: nothing needs to change. It waits where a second person must agree.
 * @param now what was said before about the same text and changes
 * @throws {@link Refusal} where a person said so already, and for the shared log-in
 * @throws {@link FieldRefusal} without a reason
 */
export function dismissRecheck(
  now: Dismissal | undefined,
  { recheck, reason, isSecondNeeded, isOnePerson }: Saying,
  { by: { id, name }, at }: DocumentDeed,
): Dismissal {
  const by = { id, name }
  if (isOffice(by) && !isOnePerson)
    throw new Refusal('控制台的公用登录分不清是谁。请用自己的微信私聊机器人说「登录」，用那个链接进来再说。')
  if (reason === '') throw new FieldRefusal('reason', '请写一句为什么不用改，比如「说的就是去年的标准」。')
  if (now && now.state !== 'reopened') throw new Refusal(`${now.by.name}已经说过这里不用改了，请刷新看看。`)
  return {
    id: idOfRecheck(recheck),
    textHash: keyHash(recheck.text),
    changes: recheck.changed.map(hashOfChange),
    cited: recheck.changed.map(({ cited }) => cited),
    ...{ kind: recheck.kind, title: recheck.title, path: recheck.path, reason, by },
    state: isSecondNeeded && !isOnePerson ? 'waiting' : 'settled',
    history: [...(now?.history ?? []), { at: at.toString(), by, deed: `看过，不用改：${reason}` }],
  }
}

/** @throws {@link Refusal} for the person who said so first, the shared log-in, and where nothing waits */
export function agree(
  dismissal: Dismissal,
  { identities, isOnePerson }: { identities: ReadonlySet<string>; isOnePerson: boolean },
  { by: { id, name }, at }: DocumentDeed,
): Dismissal {
  if (dismissal.state !== 'waiting') throw new Refusal('这里没有等人同意的，请刷新看看。')
  const by = { id, name }
  const verdict = judgeApproval({
    ...{ by, identities, isOnePerson, authors: [dismissal.by] },
    toAuthor: '「不用改」是你自己说的，要另一位审核人同意。',
  })
  if (verdict.kind === 'refused') throw new Refusal(verdict.text)
  return {
    ...dismissal,
    state: 'settled',
    agreedBy: by,
    history: [...dismissal.history, { at: at.toString(), by, deed: '同意，不用改' }],
  }
}

/** The text does need a change: it is to be checked again, and held where a figure changed. */
export function reopenRecheck(dismissal: Dismissal, { by: { id, name }, at }: DocumentDeed): Dismissal {
  if (dismissal.state === 'reopened') throw new Refusal('这里已经重新列为要核了，请刷新看看。')
  const { agreedBy: _, ...rest } = dismissal
  const entry = { at: at.toString(), by: { id, name }, deed: '还是要改' }
  return { ...rest, state: 'reopened', history: [...dismissal.history, entry] }
}
