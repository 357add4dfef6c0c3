/** Puts work on all records of a person in its place among the messages of that person. */
export type PersonTurns = {
  /**
   * Runs `work` once all messages that were received from these senders are handled, in whatever conversation, and
   * keeps those received from now on waiting until it has ended. A handler that hangs delays it by 30 seconds at most;
   * once that has ended, within five minutes, `work` runs again before the messages that wait. A fault of the second
   * run is dropped.
   * @param senderIds ids on chat platforms
   * @param own the message whose handler asks for it: it, and those behind it in its conversation, are not waited for
   * @param work gets whether all those messages were handled in time; its fault is passed on
   */
  between<T>(
    senderIds: readonly string[],
    own: { id: string } | undefined,
    work: (areHandled: boolean) => Promise<T>,
  ): Promise<T>
}
