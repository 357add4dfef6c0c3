import { type Feature, inTopic, Refusal } from '../../feature.ts'
import type { SentFile } from '../../ports/chat.ts'
import type { Clauses } from '../../ports/clauses.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Directory } from '../../ports/directory.ts'
import type { QuotableDocuments } from '../../ports/passages.ts'
import type { Store } from '../../ports/store.ts'
import { createDocumentActions } from './actions.ts'
import { documentCommands, sayUploaded } from './chat.ts'
import { createClauses } from './clauses/clause-lookup.ts'
import { documentsPage } from './console/page.ts'
import { openLibrary } from './library/library.ts'
import { openOriginalFiles } from './library/original-files.ts'
import { openDocumentRecords } from './library/records.ts'
import { documentPrivacy } from './privacy.ts'
import { publishQuotable } from './quotable.ts'

type Parts = {
  store: Store
  clock: Clock
  directory: Directory
  /** Where documents that may be quoted go. */
  quotable: QuotableDocuments
  /** All features, asked for what rests on changed clauses. */
  features(): readonly Feature[]
  /** One person may upload and approve. */
  isOnePerson: boolean
}

export type DocumentsFeature = { feature: Feature; clauses: Clauses }

/** The library of official documents: uploaded, reviewed by two persons, quoted clause by clause. */
export async function openDocuments(parts: Parts): Promise<DocumentsFeature> {
  const { store, clock, directory, isOnePerson } = parts
  const library = await openLibrary(openDocumentRecords(store))
  const files = openOriginalFiles(store)
  publishQuotable(library, parts.quotable)
  const actions = createDocumentActions({ library, files, clock, isOnePerson })
  const clauses = createClauses({ library, clock })
  const rechecks = async () =>
    (await Promise.all(parts.features().map(feature => feature.rechecks?.(clauses) ?? []))).flat()
  return {
    clauses,
    feature: {
      name: 'documents',
      commands: inTopic('文件', documentCommands({ actions, library, directory })),
      files: {
        role: ['organizer', 'reviewer'],
        async take(message, file) {
          const { name } = await directory.recognise(message)
          const bytes = await fetchFile(file)
          const by = { id: message.senderId, name }
          return sayUploaded(await actions.upload({ name: file.name, bytes }, by))
        },
      },
      personal: documentPrivacy(library),
      pages: [documentsPage({ actions, library, files, clock, rechecks, isOnePerson })],
      async chores() {
        const waiting = library.all().filter(({ state }) => state === 'waiting').length
        const changed = (await rechecks()).length
        return [
          ...(waiting > 0 ? [{ text: `${waiting} 份文件等着审`, path: '/documents' }] : []),
          ...(changed > 0 ? [{ text: `${changed} 处依据的条款变了，要核`, path: '/documents/changes' }] : []),
        ]
      },
    },
  }
}

/** @throws {@link Refusal} where the line does not give it */
async function fetchFile(file: SentFile): Promise<Uint8Array> {
  try {
    return await file.read()
  } catch {
    throw new Refusal('这个文件没有收到，请再发一次；还不行的话，请说「登录」，到控制台的「文件库」里上传。')
  }
}
