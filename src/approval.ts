import type { Reply } from './ports/chat.ts'

/** The console's shared log-in: its ids begin like this, since it is no one person. */
export const officePrefix = 'office:'

export const isOffice = ({ id }: { id: string }): boolean => id.startsWith(officePrefix)

type ApprovalParts = {
  by: { id: string }
  /** Every chat id of the approver: a second account is no second person. */
  identities: ReadonlySet<string>
  /** Undefined where the bot wrote it. */
  author: { id: string } | undefined
  /** One person may write and approve, as in the sandbox. */
  isOnePerson: boolean
  /** Sentence for an author who tries to approve. */
  toAuthor: string
}

/**
 * Why this person may not approve, for digests and knowledge, in chat and on the console alike.
 * @returns a Chinese sentence that says what to do; undefined where the person may
 */
export function refusalToApprove({
  by,
  identities,
  author,
  isOnePerson,
  toAuthor,
}: ApprovalParts): string | undefined {
  if (isOnePerson) return undefined
  if (author && (author.id === by.id || identities.has(author.id))) return toAuthor
  return isOffice(by)
    ? '控制台的公用登录分不清是谁，可以编辑和排期，不能批准。请用自己的微信私聊机器人说「登录」，用那个链接进来再批准，或者直接在私聊里批准。'
    : undefined
}

/** Tells once whether all of these replies were sent: one that a broken line lost was not shown. */
export const withReceipt = (replies: readonly Reply[], whenDone: NonNullable<Reply['whenDone']>): Reply[] =>
  replies.map((reply, at) => (at === replies.length - 1 ? { ...reply, whenDone } : reply))
