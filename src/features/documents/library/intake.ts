import { readDocument } from '../../../parsing/index.ts'
import type { NewDocument } from './library.ts'
import type { LibraryPassage } from './records.ts'

/** What a file gives of a document by itself. */
export type ReadFile = Pick<
  NewDocument,
  'title' | 'documentNumber' | 'issuer' | 'dated' | 'inForce' | 'gaps' | 'passages'
> & { kind: NewDocument['file']['kind']; pages: number }

/**
 * Reads an uploaded file.
 * @throws {@link Refusal} in Chinese, with what to do
 */
export async function readFile(bytes: Uint8Array, fileName: string): Promise<ReadFile> {
  const { kind, pages } = await readDocument(bytes, fileName)
  const passages = pages.flatMap(({ number, paragraphs }) =>
    paragraphs.map((text): LibraryPassage => ({ path: [], page: number, text, isRecognized: false })),
  )
  return {
    kind,
    pages: pages.length,
    title: passages[0]?.text ?? fileName,
    documentNumber: '',
    issuer: '',
    inForce: { saidIn: '' },
    gaps: pages.flatMap(({ gaps }) => gaps),
    passages,
  }
}
