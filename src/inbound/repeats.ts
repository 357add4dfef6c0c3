import { LRUCache } from 'lru-cache'
import type { Message, Reply } from '../ports/chat.ts'

const mostGroups = 1000

/** Leaves out a reply that a group has just heard as our last word. In memory; reset on restart. */
export function createRepeatFilter(mergeSeconds: number) {
  const lastOf = new LRUCache<string, { reply: string; atMs: number }>({ max: mostGroups })

  return ({ groupId }: Message, replies: Reply[], atMs: number): Reply[] => {
    if (groupId === undefined || mergeSeconds === 0) return replies
    return replies.filter(reply => {
      if (reply.file) return true
      const text = JSON.stringify([reply.text, reply.mention])
      const last = lastOf.get(groupId)
      if (last?.reply === text && Math.abs(atMs - last.atMs) < mergeSeconds * 1000) return false
      lastOf.set(groupId, { reply: text, atMs })
      return true
    })
  }
}
