import { strToU8, zipSync } from 'fflate'
import type { Block, Sample } from './sample.ts'

const spaces =
  'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
const level = (at: number, prefix: string, suffix: string) =>
  `<text:list-level-style-number text:level="${at}" style:num-prefix="${prefix}" style:num-suffix="${suffix}" style:num-format="一, 二, 三, ..."/>`
const styles = `<office:automatic-styles>
  <text:list-style style:name="Articles">${level(1, '第', '条')}${level(2, '（', '）')}</text:list-style>
  <text:list-style style:name="Chapters">${level(1, '第', '章')}</text:list-style>
  <style:style style:name="Centre" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/><style:text-properties fo:font-size="22pt" style:font-size-asian="22pt"/></style:style>
  <style:style style:name="Right" style:family="paragraph"><style:paragraph-properties fo:text-align="end"/></style:style>
  <style:style style:name="Body" style:family="paragraph"><style:paragraph-properties fo:text-align="justify" fo:text-indent="32pt"/><style:text-properties fo:font-size="16pt" style:font-size-asian="16pt"/></style:style>
  <style:page-layout style:name="A4"><style:page-layout-properties fo:page-width="210mm" fo:page-height="297mm" fo:margin-top="35mm" fo:margin-bottom="30mm" fo:margin-left="28mm" fo:margin-right="26mm"/><style:footer-style/></style:page-layout></office:automatic-styles>
  <office:master-styles><style:master-page style:name="Standard" style:page-layout-name="A4"><style:footer><text:p text:style-name="Right">— <text:page-number/> —</text:p></style:footer></style:master-page></office:master-styles>`

/**
 * A flat OpenDocument file; where `isCounted`, the numbers of chapters, articles and
 * items are counted by the program.
 */
export function flatDocument({ blocks }: Sample, isCounted: boolean): string {
  const body = blocks.map((block, at) =>
    block.kind === 'row' ? row(blocks, at) : (isCounted && counted(block)) || paragraph(block),
  )
  const begun = ['Articles', 'Chapters'].reduce(
    (text, name) => text.replace(`text:continue-list="${name}"`, `xml:id="${name}"`),
    body.join(''),
  )
  return `<?xml version="1.0" encoding="UTF-8"?><office:document ${spaces} office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">${styles}<office:body><office:text>${begun}</office:text></office:body></office:document>`
}

/** The same packed, as a word processor saves it: its text apart from its styles, the type first and not compressed. */
export function openDocument(sample: Sample): Uint8Array {
  const flat = flatDocument(sample, true)
  const master = /<office:master-styles>.*<\/office:master-styles>/su.exec(flat)?.[0] ?? ''
  const partOf = (name: string, inner: string) =>
    strToU8(`<?xml version="1.0" encoding="UTF-8"?><office:${name} ${spaces}>${inner}</office:${name}>`)
  const inner = /<office:automatic-styles>.*<\/office:body>/su.exec(flat)?.[0] ?? ''
  return zipSync({
    mimetype: [strToU8('application/vnd.oasis.opendocument.text'), { level: 0 }],
    'content.xml': partOf('document-content', inner.replace(master, '')),
    'styles.xml': partOf('document-styles', master),
    'META-INF/manifest.xml': strToU8('<manifest:manifest/>'),
  })
}

function paragraph({ kind, text }: Block): string {
  const isCentred = ['mark', 'no', 'title', 'annex'].includes(kind)
  const style = isCentred ? 'Centre' : kind === 'sign' || kind === 'date' ? 'Right' : 'Body'
  return `<text:p text:style-name="${style}">${escaped(text)}</text:p>`
}

function counted({ kind, path, text }: Block): string {
  const label = path.at(-1) ?? ''
  if ((kind !== 'p' && kind !== 'h') || !text.startsWith(label)) return ''
  const rest = `<text:p>${escaped(text.slice(label.length).trim())}</text:p>`
  const item = (inner: string) => `<text:list-item>${inner}</text:list-item>`
  const list = (name: string, inner: string) =>
    `<text:list text:style-name="${name}" text:continue-list="${name}">${inner}</text:list>`
  if (/^第.+章$/u.test(label)) return list('Chapters', item(rest))
  if (/^第.+条$/u.test(label)) return list('Articles', item(rest))
  return /^（[一二三四五六七八九十]+）$/u.test(label)
    ? list('Articles', item(`<text:list>${item(rest)}</text:list>`))
    : ''
}

function row(blocks: readonly Block[], at: number): string {
  const cells = (blocks[at]?.text ?? '').split(' | ')
  const opens =
    blocks[at - 1]?.kind === 'row' ? '' : `<table:table>${cells.map(() => '<table:table-column/>').join('')}`
  const written = cells.map(
    cell => `<table:table-cell><text:p>${escaped(cell.trim())}</text:p></table:table-cell>`,
  )
  return `${opens}<table:table-row>${written.join('')}</table:table-row>${blocks[at + 1]?.kind === 'row' ? '' : '</table:table>'}`
}
