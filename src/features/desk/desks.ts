import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import { fold } from '../../text/fold.ts'
import type { Instructor, Owner, Ticket } from './records.ts'

export const Desk = z.strictObject({
  name: z.string().trim().min(1).max(20),
  /** Where a question goes that no desk claims; just one desk. */
  default: z.literal(true).optional(),
  words: z.array(z.string().trim().min(1)).min(1),
})
export type Desk = z.infer<typeof Desk>

const DesksFile = z
  .strictObject({ desks: z.array(Desk).min(1) })
  .refine(({ desks }) => desks.filter(desk => desk.default).length === 1, '要有且只有一张台写 default: true')
export type DesksFile = z.infer<typeof DesksFile>

/** The file of desks can not be used. */
class DesksFault extends Error {
  override name = 'DesksFault'
}

/** @throws {@link DesksFault} with one Chinese sentence that names the file and the place. */
export function readDesks(path: string): DesksFile {
  try {
    return DesksFile.parse(parse(readFileSync(path, 'utf8')))
  } catch (cause) {
    const issue = cause instanceof z.ZodError ? cause.issues[0] : undefined
    const where = issue ? `${issue.path.join('.')} ${issue.message}` : '读不出来，请检查格式'
    throw new DesksFault(`${path} 有误：${where}`, { cause })
  }
}

/**
 * The desk that a question goes to: the one with the most of its words in it (its name counts as one; of equals
 * the first), else the one that looks after the nearest entry, else the default.
 * @param nearOwner the desk of the nearest entry, where one came near
 */
export function deskFor(desks: readonly Desk[], question: string, nearOwner: string | undefined): string {
  const folded = fold(question)
  const scored = desks.map(desk => ({
    name: desk.name,
    found: [desk.name, ...desk.words].filter(word => folded.includes(fold(word))).length,
  }))
  const best = scored.reduce((a, b) => (b.found > a.found ? b : a))
  if (best.found > 0) return best.name
  const owner = desks.find(desk => desk.name === nearOwner)
  return (owner ?? desks.find(desk => desk.default) ?? best).name
}

/**
 * Instructors for this desk and space, the most specific first: desk and space named, then the desk,
 * then the space, then those who answer for everything; within that in the order of the list.
 * @param groupId undefined for a question in private: its space is not known then, so spaces do not count
 */
export function answerersFor(
  instructors: readonly Instructor[],
  { desk, groupId }: { desk: string; groupId: string | undefined },
): Instructor[] {
  const fits = instructors.filter(
    ({ desks, spaces }) =>
      (desks.length === 0 || desks.includes(desk)) &&
      (spaces.length === 0 || groupId === undefined || spaces.includes(groupId)),
  )
  const closeness = ({ desks, spaces }: Instructor) =>
    (desks.length > 0 ? 2 : 0) + (spaces.length > 0 ? 1 : 0)
  return fits.toSorted((a, b) => closeness(b) - closeness(a))
}

/** Chat ids to notify about a desk: all instructors who name it, else the first who answers for every desk. */
export function chatIdsToNotify(instructors: readonly Instructor[], desk: string): string[] {
  const named = instructors.filter(({ desks }) => desks.includes(desk))
  const first = answerersFor(instructors, { desk, groupId: undefined }).slice(0, 1)
  return (named.length > 0 ? named : first).map(({ chatId }) => chatId)
}

/** The owner who comes next: the first who was not asked yet and did not ask it, else the organizers. */
export function nextOwner(answerers: readonly Instructor[], passed: readonly string[]): Owner {
  const next = answerers.find(({ chatId }) => !passed.includes(chatId))
  return next
    ? { kind: 'instructor', chatId: next.chatId, name: next.name, title: next.title }
    : { kind: 'organizers' }
}

/** 「何国平指导员」, 「组织者」. */
export function ownerNameOf(owner: Owner): string {
  return owner.kind === 'instructor' ? `${owner.name}指导员` : '组织者'
}

/** True for the present owner and for people asked before; their answers are accepted. */
export function isAskedOf(ticket: Ticket, chatId: string): boolean {
  return ticket.tried.includes(chatId)
}
