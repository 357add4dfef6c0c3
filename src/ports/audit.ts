/** `refused`: a right was missing. `export`: a file went out, whether or not records changed. */
export const auditKinds = ['deed', 'export', 'login', 'logout', 'login-failed', 'refused'] as const
export type AuditKind = (typeof auditKinds)[number]

/**
 * How people do something: by a message, on the console, on the page of a link of
 * theirs, or by a command in a shell.
 */
export const auditRoads = ['chat', 'console', 'link', 'shell'] as const

/** Something that a person does, as the audit log describes it. */
export type AuditedAction = {
  /** Undefined where it is not known who. */
  by?: { id: string; name: string } | undefined
  road: (typeof auditRoads)[number]
  /** The network address, the id of the group, or the machine's name; empty for a private chat. */
  from: string
  /** A command's word or a route's pattern: nothing that was typed. */
  what: string
}

/** The log in which deeds are recorded; see `src/audit`. */
export type AuditTrail = {
  /**
   * Runs a deed and records it where it changed records, also when it throws after that.
   * @param run where its result is no promise, nothing has changed, and a line is written only for its kind
   * @param kindOf names the kind where the result alone is worth a line; `deed` where it returns undefined
   */
  watch<T>(deed: AuditedAction, run: () => T, kindOf?: (result: Awaited<T>) => AuditKind | undefined): T
  /** Records something that changed no record, such as a failed log-in. */
  note(kind: AuditKind, deed: AuditedAction): Promise<void>
}

/** Records nothing. */
export const noAuditTrail: AuditTrail = { watch: (_, run) => run(), note: async () => {} }
