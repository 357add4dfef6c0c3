import { readStructure } from '../../../parsing/index.ts'
import type { NewDocument } from './library.ts'
import type { InForce, LibraryDocument } from './records.ts'
import { isRestricted } from './rules.ts'

/** Fields of a document that its file gives. */
export type DocumentReading = Pick<
  NewDocument,
  'title' | 'documentNumber' | 'issuer' | 'dated' | 'inForce' | 'parts' | 'gaps' | 'passages' | 'outside'
> & {
  kind: NewDocument['file']['kind']
  pages: number
  /** Documents that it says it ends. */
  repeals: { title: string; number: string | undefined }[]
}

type Structure = Awaited<ReturnType<typeof readStructure>>['document']

const notPublic = '文件上写着依申请公开或不予公开：E空间不放它，批准前请确认可以在群里引用。'
const repealed = '文件上写着已经废止或失效，请核对，一般不要批准。'
const repealedPart = (title: string) => `《${title}》上写着已经废止或失效，请核对，最好去掉它再传。`

/**
 * Reads an uploaded file.
 * @throws {@link Refusal} in Chinese, with what to do
 */
export async function readFile(bytes: Uint8Array, fileName: string): Promise<DocumentReading> {
  const { text, document } = await readStructure(bytes, fileName)
  const { head, validity, parts, passages, outside, gaps } = document
  const recognized = new Set(text.pages.flatMap(page => (page.isRecognized ? [page.number] : [])))
  return {
    kind: text.kind,
    pages: text.pages.length,
    title: head.title || passages[0]?.text.slice(0, 60) || fileName,
    documentNumber: head.number ?? '',
    issuer: head.issuers.join('、'),
    ...(head.date ? { dated: head.date } : {}),
    inForce: inForceOf(validity),
    ...(parts.length > 0 ? { parts: parts.map(partOf) } : {}),
    gaps: [
      ...gaps,
      ...(validity.isRepealed ? [repealed] : []),
      ...parts.flatMap(({ title, validity: { isRepealed } }) => (isRepealed ? [repealedPart(title)] : [])),
      ...(isRestricted({ outside }) ? [notPublic] : []),
    ],
    passages: passages.map(({ path, page, text }) => ({
      path,
      page,
      text,
      isRecognized: recognized.has(page),
    })),
    outside,
    repeals: validity.repeals.map(({ title, number }) => ({ title, number })),
  }
}

const partOf = ({ title, validity }: Structure['parts'][number]) => ({ title, inForce: inForceOf(validity) })

function inForceOf({ from, until }: Structure['validity']): InForce {
  return {
    ...(from ? { from: from.day } : {}),
    ...(until ? { until: until.day } : {}),
    saidIn: [...new Set([from, until].flatMap(day => (day ? [day.saidIn.join('')] : [])))].join('、'),
  }
}

const plain = (title: string) =>
  title
    .normalize('NFKC')
    .replaceAll(
      /关于(?:修订)?(?:印发|公布|发布)|的通知$|\((?:20\d\d年)?(?:修订版?|试行|暂行)\)|20\d\d年|[《》\s]/gu,
      '',
    )

/** The document in use that a new one seems to replace: one that it ends by number or name, or one of its name. */
export function olderVersion(
  { title, repeals }: Pick<DocumentReading, 'title' | 'repeals'>,
  documents: readonly LibraryDocument[],
): number | undefined {
  const inUse = documents.filter(({ state }) => state === 'live').toReversed()
  const ended = inUse.find(old =>
    repeals.some(
      one =>
        (one.number !== undefined && one.number === old.documentNumber) ||
        (one.title !== '' && plain(one.title) === plain(old.title)),
    ),
  )
  const ofSameName = inUse.find(old => plain(old.title) === plain(title))
  return (ended ?? ofSameName)?.number
}
