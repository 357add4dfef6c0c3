import type { RecordedActor } from './actor.ts'

/** Port of the inbox to the knowledge editor. Nothing goes live through it: a reviewer decides. */
export type KnowledgeEdits = {
  /** The entries that a wording may be added to. */
  entries(): Promise<{ id: string; question: string; programme: string }[]>
  /**
   * Begins a draft with this standard question.
   * @returns the path of the page on which it goes on.
   * @throws a Refusal when the question cannot be one.
   */
  draftEntry(question: string, otherQuestions: readonly string[], by: RecordedActor): Promise<string>
  /**
   * Stores a person's answer as the draft of an entry, once per key.
   * @returns false where there is a draft of this key, or no room for another.
   */
  draftAnswer(key: string, said: { question: string; answer: string }, by: RecordedActor): Promise<boolean>
  /**
   * Adds a source, a title or an address, to a draft made by {@link draftAnswer}.
   * @returns false where there is no such draft.
   */
  addSource(key: string, source: string, by: RecordedActor): Promise<boolean>
  /** Deletes a draft made by {@link draftAnswer}; nothing happens where there is none. */
  removeDraft(key: string): Promise<void>
  /**
   * Proposes another way of asking for an entry.
   * @throws a Refusal when there is no such entry or it has that wording.
   */
  addWording(entryId: string, wording: string, by: RecordedActor): Promise<void>
}
