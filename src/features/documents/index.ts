import { type Feature, inTopic, type Job, Refusal } from '../../feature.ts'
import { cronDue } from '../../jobs.ts'
import type { Outbox } from '../../outbox/index.ts'
import type { Message, SentFile } from '../../ports/chat.ts'
import type { Clauses, Recheck, SourcePage } from '../../ports/clauses.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Directory, Role } from '../../ports/directory.ts'
import type { QuotableDocuments } from '../../ports/passages.ts'
import type { Pictures } from '../../ports/pictures.ts'
import type { Scheduler } from '../../ports/schedule.ts'
import type { Store } from '../../ports/store.ts'
import type { Web } from '../../ports/web.ts'
import type { SiteDocument } from '../../site/content.ts'
import { dayInShanghai } from '../../text/dates/time.ts'
import { createDocumentActions, type DocumentActions } from './actions.ts'
import { documentCommands, sayUploaded } from './chat.ts'
import { createClauses } from './clauses/clause-lookup.ts'
import { documentsPage } from './console/page.ts'
import { createSeenPassages } from './console/seen-passages.ts'
import { openDismissals } from './dismissals/dismissals.ts'
import { openDismissalRecords } from './dismissals/records.ts'
import { openLibrary } from './library/library.ts'
import { openOriginalFiles } from './library/original-files.ts'
import { type LibraryDocument, openDocumentRecords } from './library/records.ts'
import { type ReliableText, reliableText } from './library/reliable-text.ts'
import { createMarksNotice } from './marks-notice.ts'
import { createOriginalLookup, createOriginalPages, createPageDrawing } from './original-page.ts'
import { createSourceReading } from './original-source.ts'
import { openReadPages, type ReadPages } from './pages/read-pages.ts'
import { documentPrivacy } from './privacy.ts'
import { publishedDocuments } from './published.ts'
import { publishQuotable } from './quotable.ts'
import { createRechecks } from './rechecks.ts'

type Parts = {
  store: Store
  outbox: Outbox
  clock: Clock
  directory: Directory
  scheduler: Scheduler
  web: Web
  pictures: Pictures
  /** Public pages are read once a day. */
  visitsPages: boolean
  /** Where documents that may be quoted go. */
  quotable: QuotableDocuments
  /** All features, asked for what rests on changed clauses. */
  features(): readonly Feature[]
  /** One person may upload and approve. */
  isOnePerson: boolean
  /** Where anyone reads a clause of a published document. */
  addressOf(document: SiteDocument, clause: string): string | undefined
}

export type DocumentsFeature = {
  feature: Feature
  clauses: Clauses
  /** Documents that were uploaded for a collected item, with their pages and {@link reliableText}. */
  documentsOf(item: number): ({ title: string; path: string } & ReliableText)[]
  /** Sends back what this person sent in chat and then attached to a push, see {@link createDocumentActions}. */
  sendBackAttached: DocumentActions['sendBackAttached']
  /** The documents that the public may read, by number. */
  published(): SiteDocument[]
  /** The page on which quoted words stand. */
  originalPage: ReturnType<typeof createOriginalPages>
  /** Whether there is anything of a quoted document to show beside its text. */
  hasOriginal: ReturnType<typeof createOriginalLookup>
}

/** The library of official documents: uploaded, reviewed by two persons, quoted clause by clause. */
export async function openDocuments(parts: Parts): Promise<DocumentsFeature> {
  const { store, clock, directory, isOnePerson } = parts
  const library = await openLibrary(openDocumentRecords(store))
  const files = openOriginalFiles(store)
  publishQuotable(library, parts.quotable)
  const approval = { clock, isOnePerson, identitiesOf: directory.identitiesOf }
  const readSource = createSourceReading(files)
  const drawPage = createPageDrawing({ files, pictures: parts.pictures })
  const today = () => dayInShanghai(clock.now())
  const places = { library, addressOf: parts.addressOf, today }
  const pages = await openReadPages(parts)
  const dismissals = await openDismissals({ records: openDismissalRecords(store), ...approval })
  const clauses = createClauses({ library, pages, dismissals, clock })
  const { rechecks, sourcePages } = createRechecks({ features: parts.features, pages, dismissals, clauses })
  const tellMarks = createMarksNotice({ ...parts, library, rechecks })
  const actions = createDocumentActions({ library, files, ...approval, tellMarks })
  return {
    documentsOf: item => documentsOfItem(library.all(), item),
    sendBackAttached: actions.sendBackAttached,
    published: () => publishedDocuments(library.all(), today()),
    originalPage: createOriginalPages({ ...places, drawPage }),
    hasOriginal: createOriginalLookup(places),
    clauses,
    feature: {
      name: 'documents',
      commands: inTopic('文件', documentCommands({ actions, library, directory })),
      files: sentFiles({ actions, directory }),
      jobs: documentJobs({ ...parts, actions, pages, sourcePages }),
      personal: documentPrivacy(library, dismissals),
      pages: [
        documentsPage({
          ...{ actions, library, files, drawPage, readSource, clock },
          ...{ pages, dismissals, rechecks, isOnePerson, seen: createSeenPassages() },
        }),
      ],
      search: isFound => documentsFound(library.all(), isFound),
      chores: async () => choresOf(library.all(), await rechecks()),
    },
  }
}

function choresOf(documents: readonly LibraryDocument[], { length: changed }: readonly Recheck[]) {
  const waiting = documents.filter(({ state }) => state === 'waiting').length
  return [
    ...(waiting > 0 ? [{ text: `${waiting} 份文件等着审`, path: '/documents' }] : []),
    ...(changed > 0 ? [{ text: `${changed} 处依据的条款变了，要核`, path: '/documents/changes' }] : []),
  ]
}

const documentsOfItem = (all: readonly LibraryDocument[], item: number) =>
  all
    .filter(one => one.item === item)
    .map(one => ({ title: one.title, path: `/documents/${one.number}`, ...reliableText(one) }))

const documentsFound = (all: readonly LibraryDocument[], isFound: (...texts: string[]) => boolean) =>
  all
    .filter(({ title, documentNumber, issuer }) => isFound(title, documentNumber, issuer))
    .toReversed()
    .map(({ number, title }) => ({ kind: '文件', title, path: `/documents/${number}` }))

/** Files that organizers and reviewers send in private are uploads. */
const sentFiles = ({ actions, directory }: Pick<Parts, 'directory'> & { actions: DocumentActions }) => ({
  role: ['organizer', 'reviewer'] satisfies Role[],
  async take(message: Message, file: SentFile): Promise<string> {
    const { name } = await directory.recognise(message)
    const bytes = await fetchFile(file)
    const by = { id: message.senderId, name }
    return sayUploaded(await actions.upload({ name: file.name, bytes, isFromChat: true }, by))
  },
})

type JobParts = Pick<Parts, 'scheduler' | 'visitsPages'> & {
  actions: DocumentActions
  pages: ReadPages
  sourcePages(): Promise<SourcePage[]>
}

/** Forgets rejected documents, and visits the source pages once a day. */
function documentJobs({ scheduler, visitsPages, actions, pages, sourcePages }: JobParts): Job[] {
  return [
    {
      name: 'document-retention',
      deletes: true,
      title: '',
      maxLateMinutes: 24 * 60,
      due: cronDue(scheduler, '50 4 * * *'),
      run: () => actions.forgetRejected(),
    },
    {
      name: 'source-pages',
      title: '核对来源网页有没有变',
      maxLateMinutes: 6 * 60,
      due: visitsPages ? cronDue(scheduler, '40 5 * * *') : async () => [],
      run: async () => pages.visit((await sourcePages()).map(({ url }) => url)),
    },
  ]
}

/** @throws {@link Refusal} where the line does not give it */
async function fetchFile(file: SentFile): Promise<Uint8Array> {
  try {
    return await file.read()
  } catch (cause) {
    throw new Refusal(
      '这个文件没有收到，请再发一次；还不行的话，请说「登录」，到控制台的「文件库」里上传。',
      {
        cause,
      },
    )
  }
}
