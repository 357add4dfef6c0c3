import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { scanPdf } from '../pdf-files.ts'
import { ofdFile, pdfFile } from './pages.ts'
import type { Sample } from './sample.ts'
import { numberedDocx, typedDocx } from './word.ts'

/** Writes a document as one of six makers does. Those that Chromium printed are kept in files, see `print.ts`. */
const makers: Record<string, (sample: Sample) => Uint8Array> = {
  word: numberedDocx,
  wps: typedDocx,
  chromium: ({ name }) => readFileSync(join(import.meta.dirname, 'files', `${name}.pdf`)),
  gbk: pdfFile,
  ofd: ofdFile,
  scan: () => scanPdf(),
}

const extensions: Record<string, string> = { word: 'docx', wps: 'docx', ofd: 'ofd' }

export function fileOf(sample: Sample): { bytes: Uint8Array; name: string } {
  const make = makers[sample.maker]
  if (!make) throw new RangeError(`no maker is called ${sample.maker}`)
  return { bytes: make(sample), name: `${sample.name}.${extensions[sample.maker] ?? 'pdf'}` }
}
