import type { Actor } from './ports/actor.ts'

/** Why an approval does not count. */
export type ApprovalObstacle = 'office' | 'author' | 'not-shown' | 'changed'

type ApprovalRequest = {
  by: Pick<Actor, 'id' | 'isOffice'>
  authorId: string | undefined
  /** One-person review is on. */
  mayAuthorApprove: boolean
  /** The revision (or seal) that this person was shown last; absent where none was. */
  shown: string | undefined
  /** The revision (or seal) that would go out. */
  current: string
}

/**
 * The four-eyes rule for whatever needs a second person. The caller has checked the right to review.
 * @returns the first obstacle, or nothing where the approval counts
 */
export function approvalObstacle(request: ApprovalRequest): ApprovalObstacle | undefined {
  const { by, authorId, mayAuthorApprove, shown, current } = request
  if (by.isOffice) return 'office'
  if (authorId === by.id && !mayAuthorApprove) return 'author'
  if (shown === undefined) return 'not-shown'
  return shown === current ? undefined : 'changed'
}
