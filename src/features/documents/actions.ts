import { Temporal } from 'temporal-polyfill'
import { Refusal } from '../../feature.ts'
import { sha256 } from '../../lib/hash.ts'
import { createMutex } from '../../lib/queue.ts'
import type { RecordedActor } from '../../ports/actor.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Directory } from '../../ports/directory.ts'
import { createDocumentEdits } from './edits.ts'
import { olderVersion, readFile } from './library/intake.ts'
import { type DocumentLibrary, missing } from './library/library.ts'
import type { OriginalFiles } from './library/original-files.ts'
import type { LibraryDocument } from './library/records.ts'
import {
  approveDocument,
  type DocumentDeed,
  isRestorable,
  reject,
  restorableDays,
  restore,
  stateWords,
  type Withdrawal,
  withdrawDocument,
} from './library/rules.ts'

type Parts = {
  library: DocumentLibrary
  files: OriginalFiles
  clock: Clock
  /** Called after a person added a document, or changed which version it replaces. */
  tellMarks(document: LibraryDocument, by: RecordedActor): Promise<void>
} & ApprovalRules

type ApprovalRules = { isOnePerson: boolean; identitiesOf: Directory['identitiesOf'] }

export type Upload = {
  name: string
  bytes: Uint8Array
  /** Where it is published; empty where that is not known. */
  source?: string
  /** The number of the version that it replaces. */
  supersedes?: number | undefined
  /** The number of the collected item that it is attached to. */
  item?: number | undefined
  /** Sent in chat, where it may be meant for a push. Default: false. */
  isFromChat?: boolean
}

/** A file from chat may be attached to a push, and leaves the review for it, this long after its upload. */
const attachableMinutes = 30

/** The document, and whether the same file was there already. */
export type Uploaded = { document: LibraryDocument; isRepeat: boolean }

export type DocumentActions = ReturnType<typeof createDocumentActions>

/** The deeds on documents; the same in chat and on the console. */
export function createDocumentActions(parts: Parts) {
  const { library, files, clock, isOnePerson, identitiesOf, tellMarks } = parts
  const deedOf = (by: RecordedActor): DocumentDeed => ({ by: { id: by.id, name: by.name }, at: clock.now() })
  const change = (number: number, how: (now: LibraryDocument) => LibraryDocument) =>
    library.change(number, how)

  /** The live document that took the place of a withdrawn one: by its number, or as another version of the same. */
  function newerThan(number: number): LibraryDocument | undefined {
    const document = library.find(number)
    if (document?.state !== 'withdrawn') return undefined
    const older = document.restoredOlder ?? document.supersedes
    const live = library.all().filter(({ state }) => state === 'live')
    const named = live.find(
      ({ supersedes }) => supersedes === number || (older !== undefined && supersedes === older),
    )
    const ofSameName = olderVersion(
      { title: document.title, repeals: [] },
      live.filter(one => one.number !== older),
    )
    return named ?? live.find(one => one.number === ofSameName)
  }

  /** A file that two people send at once is one document, and none is deleted while it is stored anew. */
  const runStoring = createMutex()

  /** A file that is uploaded on the console is meant for the library, also where it came from chat before. */
  const keepInLibrary = async (document: LibraryDocument): Promise<LibraryDocument> =>
    document.isFromChat ? change(document.number, ({ isFromChat: _, ...kept }) => kept) : document

  return {
    /** @throws {@link Refusal} where there is no such document */
    documentOf(number: number): LibraryDocument {
      const found = library.find(number)
      if (!found) throw new Refusal(missing(number))
      return found
    },
    /**
     * Reads a file and keeps it for review. A refused file is not stored.
     * @throws {@link Refusal} in Chinese, with what to do
     */
    async upload(upload: Upload, by: RecordedActor): Promise<Uploaded> {
      const { item, isFromChat = false } = upload
      if (upload.supersedes !== undefined && !library.find(upload.supersedes))
        throw new Refusal(missing(upload.supersedes))
      const { kind, pages, repeals, ...read } = await readFile(upload.bytes, upload.name)
      const { by: author, at } = deedOf(by)
      return runStoring(async () => {
        const hash = sha256(upload.bytes)
        const same = library
          .all()
          .find(({ file, state }) => file.sha256 === hash && (state === 'waiting' || state === 'live'))
        if (same) return { document: isFromChat ? same : await keepInLibrary(same), isRepeat: true }
        const supersedes = upload.supersedes ?? olderVersion({ ...read, repeals }, library.all())
        await files.add(upload.bytes)
        const document = await library.add({
          ...read,
          revision: 1,
          state: 'waiting',
          ...(supersedes === undefined ? {} : { supersedes }),
          ...(item === undefined ? {} : { item }),
          ...(isFromChat ? { isFromChat } : {}),
          file: { name: upload.name, kind, sha256: hash, bytes: upload.bytes.length, pages },
          source: upload.source ?? '',
          authors: [author],
          uploadedAt: at.toString(),
          history: [{ at: at.toString(), by: author, deed: '上传' }],
        })
        await tellMarks(document, author)
        return { document, isRepeat: false }
      })
    },
    ...createDocumentEdits({ library, deedOf, tellMarks }),
    async approve(
      number: number,
      seen: { revision: number; isValidityChecked: boolean; unseen: string | undefined },
      by: RecordedActor,
    ): Promise<LibraryDocument> {
      const approval = { ...seen, isOnePerson, identities: await identitiesOf(by.id) }
      return change(number, now => approveDocument(now, approval, deedOf(by)))
    },
    reject: (number: number, reason: string, by: RecordedActor) =>
      change(number, now => reject(now, reason, deedOf(by))),
    /**
     * Sends back what a person sent in chat in the last half hour and now attached to a push: it was not meant for the
     * library. Documents that were uploaded on the console, or that another person changed, stay.
     * @returns its number, undefined where none was sent back
     */
    async sendBackAttached(bytes: Uint8Array, personId: string): Promise<number | undefined> {
      const hash = sha256(bytes)
      const since = clock.now().subtract({ minutes: attachableMinutes }).epochMilliseconds
      const sent = library
        .all()
        .find(
          ({ file, state, history, uploadedAt, isFromChat }) =>
            isFromChat &&
            file.sha256 === hash &&
            state === 'waiting' &&
            Date.parse(uploadedAt) >= since &&
            history.every(({ by }) => by.id === personId),
        )
      const [uploader] = sent?.authors ?? []
      if (!sent || !uploader) return undefined
      await change(sent.number, now => reject(now, '跟推送一起发，不进文件库', deedOf(uploader)))
      return sent.number
    },
    /** Whether restoring may still be offered. */
    isRestorable: (document: LibraryDocument) => isRestorable(document, clock.now()),
    /** Undoes that a document was sent back or withdrawn, unless its file was uploaded anew since. */
    restore: (number: number, by: RecordedActor) =>
      runStoring(async () => {
        const hash = library.find(number)?.file.sha256
        const anew = library
          .all()
          .find(({ file, state }) => file.sha256 === hash && (state === 'waiting' || state === 'live'))
        if (anew && anew.number !== number)
          throw new Refusal(
            `同一份文件已经重新上传了，是 ${anew.number} 号（${stateWords[anew.state]}），不用恢复。`,
          )
        const newer = newerThan(number)
        if (newer)
          throw new Refusal(
            `${newer.number} 号「${newer.title}」已经代替了它，两份不能一起引用。真要恢复，请先撤下 ${newer.number} 号。`,
          )
        return change(number, now => restore(now, deedOf(by)))
      }),
    /** Deletes documents that were sent back long ago, and their files. */
    async forgetRejected(): Promise<void> {
      const before = clock.now().subtract({ hours: 24 * restorableDays })
      for (const { number, state, file, history } of library.all()) {
        const at = Temporal.Instant.from(history.at(-1)?.at ?? '')
        if (state !== 'rejected' || Temporal.Instant.compare(at, before) > 0) continue
        await runStoring(async () => {
          const isShared = library.all().some(one => one.number !== number && one.file.sha256 === file.sha256)
          await library.remove(number)
          if (!isShared) await files.remove(file)
        })
      }
    },
    async withdraw(number: number, withdrawal: Withdrawal, by: RecordedActor): Promise<LibraryDocument> {
      const older = library.find(number)?.supersedes
      const withdrawn = await change(number, now => withdrawDocument(now, withdrawal, deedOf(by)))
      const others = library
        .all()
        .filter(({ state, supersedes }) => state === 'withdrawn' && supersedes === older)
      if (withdrawal.restoresOlder && older !== undefined)
        for (const other of others)
          await change(other.number, ({ supersedes: _, ...rest }) => ({ ...rest, restoredOlder: older }))
      return withdrawn
    },
  }
}
