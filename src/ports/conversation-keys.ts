import type { Message, Target } from './chat.ts'

/** Key of a person in one group or in the private chat, for maps in memory. */
export const speakerKey = ({ groupId = '', senderId }: Pick<Message, 'groupId' | 'senderId'>): string =>
  JSON.stringify([groupId, senderId])

/** Key of a group or of a person's private chat, for maps in memory. */
export const targetKey = (target: Target): string =>
  'groupId' in target ? `g ${target.groupId}` : `p ${target.personId}`
