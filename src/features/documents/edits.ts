import { Refusal } from '../../feature.ts'
import { versionOf } from '../../lib/hash.ts'
import type { RecordedActor } from '../../ports/actor.ts'
import { type DocumentLibrary, missing } from './library/library.ts'
import type { InForce, LibraryDocument } from './library/records.ts'
import {
  correctPassage,
  type DocumentDeed,
  type DocumentEdit,
  editDocument,
  editPart,
  typeFigures,
} from './library/rules.ts'
import {
  factsVersion,
  figuresVersion,
  outdatedFacts,
  outdatedFigures,
  outdatedPart,
  outdatedPassage,
  partVersion,
} from './library/shown-forms.ts'

type Parts = {
  library: DocumentLibrary
  deedOf(by: RecordedActor): DocumentDeed
  tellMarks(document: LibraryDocument, by: RecordedActor): Promise<void>
}

/** Corrections of a document under review, each held to the text that its form showed. */
export function createDocumentEdits({ library, deedOf, tellMarks }: Parts) {
  return {
    /**
     * @param seen {@link factsVersion} that the form showed; empty where none was shown
     * @throws {@link OutdatedFormRefusal} where it is another by now
     */
    async edit(number: number, typed: DocumentEdit, by: RecordedActor, seen = ''): Promise<void> {
      const before = library.find(number)?.supersedes
      const edited = await library.change(number, now => {
        const { supersedes } = typed
        if (seen !== '' && seen !== factsVersion(now)) throw outdatedFacts(now)
        if (supersedes !== undefined && !library.find(supersedes)) throw new Refusal(missing(supersedes))
        return editDocument(now, typed, deedOf(by))
      })
      if (edited.supersedes !== before) await tellMarks(edited, by)
    },
    /**
     * @param typed the place of a document in a collection, from 0, and its days
     * @param seen {@link partVersion} that the form showed; empty where none was shown
     * @throws {@link OutdatedFormRefusal} where it is another by now
     */
    editPart: (number: number, typed: { at: number; inForce: InForce }, by: RecordedActor, seen = '') =>
      library.change(number, now => {
        const part = now.parts?.[typed.at]
        if (part && seen !== '' && seen !== partVersion(part)) throw outdatedPart(part, typed.inForce)
        return editPart(now, typed, deedOf(by))
      }),
    /**
     * @param corrected the place of the passage, from 0, and its text
     * @param seen its {@link versionOf} that the form showed; empty where none was shown
     * @throws {@link OutdatedFormRefusal} where it is another by now
     */
    correctPassage: (number: number, corrected: { at: number; text: string }, by: RecordedActor, seen = '') =>
      library.change(number, now => {
        const { text = '' } = now.passages[corrected.at] ?? {}
        if (seen !== '' && seen !== versionOf(text)) throw outdatedPassage(text, corrected.text)
        return correctPassage(now, corrected, deedOf(by))
      }),
    /**
     * @param typed the place of the passage, from 0, and its figures in order
     * @param seen {@link figuresVersion} that the form showed; empty where none was shown
     * @throws {@link OutdatedFormRefusal} where it is another by now
     */
    typeFigures: (
      number: number,
      typed: { at: number; typed: readonly string[] },
      by: RecordedActor,
      seen = '',
    ) =>
      library.change(number, now => {
        const passage = now.passages[typed.at]
        if (passage && seen !== '' && seen !== figuresVersion(passage)) throw outdatedFigures(passage)
        return typeFigures(now, typed, deedOf(by))
      }),
  }
}
