import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { scanPdf } from '../pdf-files.ts'
import { continuedDocx } from './continued.ts'
import { headingMarkdown, listMarkdown } from './converted.ts'
import { dividedPage, notesMarkdown, outlineDocx, pagedText, wordPage } from './kinds.ts'
import { glyphsOfd, mailedText, portalPage } from './offices.ts'
import { ofdFile, pdfFile, recognizedPdf } from './pages.ts'
import { editorText, pastedText, wrappedText } from './plain.ts'
import type { Sample } from './sample.ts'
import { articlePage, framedPage } from './web.ts'
import { numberedDocx, typedDocx } from './word.ts'
import { openDocument } from './writer.ts'

const kept = (sample: Sample) =>
  readFileSync(join(import.meta.dirname, 'files', `${sample.name}.${extensionOf(sample)}`))

/** Writes a document as its maker does. What Chromium and a word processor wrote is kept in files, see `print.ts`. */
const makers: Record<string, (sample: Sample) => Uint8Array> = {
  word: numberedDocx,
  wps: typedDocx,
  chromium: kept,
  doc: kept,
  gbk: pdfFile,
  ofd: ofdFile,
  scan: () => scanPdf(),
  article: articlePage,
  framed: framedPage,
  wrapped: wrappedText,
  print: kept,
  writer: kept,
  typeset: kept,
  portal: portalPage,
  glyphs: glyphsOfd,
  mail: mailedText,
  headings: headingMarkdown,
  converted: listMarkdown,
  booklet: kept,
  columns: kept,
  threecolumns: kept,
  continued: continuedDocx,
  outline: outlineDocx,
  wordpage: wordPage,
  divs: dividedPage,
  paged: pagedText,
  exported: notesMarkdown,
  official: kept,
  cover: kept,
  odt: openDocument,
  utf8: editorText,
  pasted: pastedText,
  recognized: recognizedPdf,
}

const extensions: Record<string, string> = {
  word: 'docx',
  wps: 'docx',
  continued: 'docx',
  ofd: 'ofd',
  doc: 'doc',
  article: 'html',
  framed: 'html',
  wrapped: 'txt',
  writer: 'docx',
  portal: 'html',
  glyphs: 'ofd',
  mail: 'txt',
  headings: 'md',
  converted: 'md',
  outline: 'docx',
  wordpage: 'html',
  divs: 'html',
  paged: 'txt',
  exported: 'md',
  odt: 'odt',
  utf8: 'txt',
  pasted: 'txt',
}
const extensionOf = ({ maker }: Sample) => extensions[maker] ?? 'pdf'

export function fileOf(sample: Sample): { bytes: Uint8Array; name: string } {
  const make = makers[sample.maker]
  if (!make) throw new RangeError(`no maker is called ${sample.maker}`)
  return { bytes: make(sample), name: `${sample.name}.${extensionOf(sample)}` }
}
