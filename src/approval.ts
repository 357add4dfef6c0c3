import type { RecordedActor } from './ports/actor.ts'
import type { Reply } from './ports/chat.ts'

/** The console's shared log-in: its ids begin like this, since it is no one person. */
export const officePrefix = 'office:'

export const isOffice = ({ id }: { id: string }): boolean => id.startsWith(officePrefix)

type ApprovalParts = {
  by: { id: string }
  /** Every chat id of the approver: a second account is no second person. */
  identities: ReadonlySet<string>
  /**
   * Those whose words no other named person has had before them; empty where the bot
   * or the shipped files wrote all.
   */
  authors: readonly { id: string }[]
  /** Named persons who agreed to exactly this before, in the order in which they did. Default: none. */
  agreed?: readonly RecordedActor[] | undefined
  /** One person may write and approve, as in the sandbox. */
  isOnePerson: boolean
  /** Sentence for an only author who tries to approve. */
  toAuthor: string
}

/** `agreed`: the person's agreement counts as one of two, and `why` says in Chinese why one is not enough. */
export type ApprovalVerdict =
  | { kind: 'approved' }
  | { kind: 'agreed'; why: string }
  | { kind: 'refused'; text: string }

const officeMayNot =
  '控制台的公用登录分不清是谁，可以编辑和排期，不能批准。请用自己的微信私聊机器人说「登录」，用那个链接进来再批准，或者直接在私聊里批准。'
const byOffice = '里面有用公用登录写的内容，分不清是谁写的'
const byApprover = '里面有你经手的内容，也有别人经手的'

/**
 * Decides what the approval of a person is worth, for digests, knowledge and documents, in chat and on the console
 * alike: nothing is published that fewer than two persons have had before them. A person who wrote none of it
 * approves alone. One of several authors needs a second approval, and so does every approval of what came through
 * the shared log-in, whose writer may be the approver.
 */
export function judgeApproval(parts: ApprovalParts): ApprovalVerdict {
  const { by, identities, authors, agreed = [], isOnePerson, toAuthor } = parts
  const isOwn = ({ id }: { id: string }) => id === by.id || identities.has(id)
  if (isOnePerson) return { kind: 'approved' }
  if (isOffice(by)) return { kind: 'refused', text: officeMayNot }
  if (agreed.some(one => !isOwn(one))) return { kind: 'approved' }
  if (authors.length > 0 && authors.every(isOwn)) return { kind: 'refused', text: toAuthor }
  const isUnknown = authors.some(isOffice)
  if (!isUnknown && !authors.some(isOwn)) return { kind: 'approved' }
  const why = isUnknown ? byOffice : byApprover
  if (agreed.some(isOwn)) return { kind: 'refused', text: `你已经同意过了。${why}，还要另一位来通过。` }
  return { kind: 'agreed', why }
}

/** The authors after an edit, the last one at the end. */
export const authorsAfter = <A extends { id: string }>(authors: readonly A[], by: A): A[] => [
  ...authors.filter(({ id }) => id !== by.id),
  by,
]

/**
 * The authors whose words no other named person has had before them.
 * @param hasLastSeenAll the last author was shown all of the present content, and so vouches for what others wrote
 */
export function soleAuthors<A extends { id: string }>(
  authors: readonly A[],
  hasLastSeenAll: boolean,
): readonly A[] {
  const last = authors.at(-1)
  return last && hasLastSeenAll && !isOffice(last) ? [last] : authors
}

/** Tells once whether all of these replies were sent: one that a broken line lost was not shown. */
export const withReceipt = (replies: readonly Reply[], whenDone: NonNullable<Reply['whenDone']>): Reply[] =>
  replies.map((reply, at) => (at === replies.length - 1 ? { ...reply, whenDone } : reply))
