import type { Temporal } from 'temporal-polyfill'

/**
 * One group of a task that a person has to send: arrived, still to be sent, not to arrive, or
 * stopped because we took it back.
 */
export type TaskGroup = {
  name: string
  state: 'confirmed' | 'waiting' | 'failed' | 'recalled'
  /** Why it failed, in Chinese. */
  reason?: string
  changedAt: Temporal.Instant
}

/** Messages to many groups at once, each sent by an employee after the bot has prepared it. */
export type GroupTasks = {
  /** The groups of a message by its id; undefined where it is no such message. */
  groupsOf(messageId: string): Promise<readonly TaskGroup[] | undefined>
  /**
   * Reminds the employee, at most as often as the platform allows.
   * @returns why not, one Chinese sentence; else undefined
   */
  remind(messageId: string): Promise<string | undefined>
  /** How many groups stand behind a target, and what those that got most may still get this month. */
  messagesLeft(groupId: string): Promise<{ groups: number; left: number } | undefined>
}

/** No line with such messages. */
export const noGroupTasks: GroupTasks = {
  groupsOf: async () => undefined,
  remind: async () => '这条推送不用提醒谁。',
  messagesLeft: async () => undefined,
}
