import type { AuditPolicy } from '../../audit/changes.ts'

/** Records that the program keeps for itself: what they say is in no deed, or in another record that is. */
const bookkeeping = [
  'console-secret',
  'customer-attempts',
  'customer-tasks-open',
  'deliveries-over',
  'desk-notifications',
  'digest-counters',
  'digest-looks',
  'digest-pictures',
  'digest-restores',
  'digest-runs',
  'document-files',
  'erased',
  'faq-vectors',
  'gaps',
  'group-notices',
  'hearing',
  'language-spent',
  'lesson-recalls',
  'lesson-updates',
  'line-clock',
  'login-attempts',
  'login-links',
  'newcomers',
  'outbox-account',
  'outbox-contents',
  'outbox-contents-over',
  'outbox-nudges',
  'outbox-open',
  'outbox-pause',
  'outbox-usage',
  'runs',
  'sandbox-clock',
  'sandbox-files',
  'sandbox-joins',
  'sandbox-kinds',
  'sandbox-messages',
  'sandbox-names',
  'secret-attempts',
  'sessions',
  'source-pages',
  'taken',
  'ticket-counter',
  'watermark',
] as const

/** Questions are kept in a log of their own; when a ballot was cast, or a link to one made, would tell too much. */
const secret = ['questions', 'vote-batches', 'vote-links'] as const

/** The writes of the store that the audit log records. A collection that is not named is recorded by its fields. */
export const auditPolicy: AuditPolicy = {
  ignored: new Set([...bookkeeping, ...secret]),
  observed: {
    // A first contact or a new name is noted by the bot itself, not by a person.
    identities: ['+', 'names', 'seenAt', 'isPrivate', 'toldAt'],
    members: ['+', 'name'],
    'group-members': ['+', 'name'],
  },
  quoted: new Set(['officers', 'groups', 'instructors']),
}
