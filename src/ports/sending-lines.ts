import type { Reply, Target } from './chat.ts'
import { nameWithLine } from './line-ids.ts'
import { type LineTraits, wechatTraits } from './line-traits.ts'

/** The lines, for those who write what leaves by several of them. */
export type SendingLines = {
  /** The abilities of the conversation; undefined where its line left the settings. */
  traits(target: Target): LineTraits | undefined
  /** Chinese name of the line of this conversation; empty where there is only one. */
  titleOf(target: Target): string
  /** The reply as it leaves by this conversation's line. */
  worded(target: Target, reply: Reply): Promise<Reply>
}

/** A group's name with its line in brackets, where there are several; also where its line left the settings. */
export function nameOnLine(
  group: { id: string; name: string },
  lines: Pick<SendingLines, 'titleOf'>,
): string {
  const title = lines.titleOf({ groupId: group.id })
  return title === '' ? nameWithLine(group) : `${group.name}（${title}）`
}

/** A single line with the traits of a personal account. */
export const oneLine: SendingLines = {
  traits: () => wechatTraits,
  titleOf: () => '',
  worded: async (_target, reply) => reply,
}
