import { type Feature, inTopic } from '../../feature.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Directory } from '../../ports/directory.ts'
import type { Store } from '../../ports/store.ts'
import { createDocumentActions } from './actions.ts'
import { documentCommands } from './chat.ts'
import { documentsPage } from './console/page.ts'
import { openLibrary } from './library/library.ts'
import { openOriginalFiles } from './library/original-files.ts'
import { openDocumentRecords } from './library/records.ts'
import { documentPrivacy } from './privacy.ts'

type Parts = {
  store: Store
  clock: Clock
  directory: Directory
  /** One person may upload and approve. */
  isOnePerson: boolean
}

/** The library of official documents: uploaded, reviewed by two persons, quoted clause by clause. */
export async function openDocuments(parts: Parts): Promise<{ feature: Feature }> {
  const { store, clock, directory, isOnePerson } = parts
  const library = await openLibrary(openDocumentRecords(store))
  const files = openOriginalFiles(store)
  const actions = createDocumentActions({ library, files, clock, isOnePerson })
  return {
    feature: {
      name: 'documents',
      commands: inTopic('文件', documentCommands({ actions, library, directory })),
      personal: documentPrivacy(library),
      pages: [documentsPage({ actions, library, files, clock, isOnePerson })],
      async chores() {
        const waiting = library.all().filter(({ state }) => state === 'waiting').length
        return waiting === 0 ? [] : [{ text: `${waiting} 份文件等着审`, path: '/documents' }]
      },
    },
  }
}
