import { recentlyUsed } from '../lib/recently-used.ts'
import type { Message, Reply } from '../ports/chat.ts'
import { speakerKey } from '../ports/conversation-keys.ts'

const mostKept = 5000

/**
 * Leaves out a reply that its group read less than `mergeSeconds` ago in answer to the same command, without regard
 * to mentions: sixty people read it as well as one. A refusal of another command is no repetition. A person who was
 * told it before something else hears it again. In memory; reset on restart.
 * @param mergeSeconds 0 leaves out nothing
 */
export function createReplyMerger(mergeSeconds: number) {
  const ttl = mergeSeconds * 1000
  const saidMs = recentlyUsed<number>(mostKept)
  const toldTo = recentlyUsed<readonly { words: string; atMs: number }[]>(mostKept)
  const isRecent = (atMs: number, nowMs: number) => Math.abs(nowMs - atMs) < ttl

  /** Whether this person heard it and then something else, as who says 「暂停」, 「恢复」, 「暂停」. */
  function isBackAgain(person: string, words: string, nowMs: number): boolean {
    const told = (toldTo.get(person) ?? []).filter(({ atMs }) => isRecent(atMs, nowMs))
    const isLast = told.at(-1)?.words === words
    const isBack = !isLast && told.some(one => one.words === words)
    if (!isLast) toldTo.set(person, [...told, { words, atMs: nowMs }])
    return isBack
  }

  return ({ groupId, senderId }: Message, command: string, replies: Reply[], nowMs: number): Reply[] => {
    if (groupId === undefined || ttl === 0 || replies.length === 0) return replies
    if (replies.some(({ file }) => file)) return replies
    const words = JSON.stringify([groupId, command, ...replies.map(({ text }) => text)])
    const isBack = isBackAgain(speakerKey({ groupId, senderId }), words, nowMs)
    if (!isBack && isRecent(saidMs.get(words) ?? Number.NEGATIVE_INFINITY, nowMs)) return []
    saidMs.set(words, nowMs)
    return replies
  }
}
