/** Answers that a platform holds back from {@link hold} until {@link letGo}. */
export function createHeldAnswers() {
  let held: (() => void)[] | undefined

  return {
    /** Sends an answer, or keeps it back. */
    send(answer: () => void) {
      if (held) held.push(answer)
      else answer()
    },
    controls: {
      hold() {
        held = []
      },
      held: () => held?.length ?? 0,
      letGo() {
        const late = held ?? []
        held = undefined
        for (const send of late) send()
      },
    },
  }
}
