import { deflateSync } from 'node:zlib'

/** Objects by number; a string that ends in a stream is written as it is. */
export function pdfOf(objects: readonly (string | Buffer)[], trailer = ''): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.6\n')]
  const offsets: number[] = []
  let length = parts[0]?.length ?? 0
  for (const [at, body] of objects.entries()) {
    const written = Buffer.concat([
      Buffer.from(`${at + 1} 0 obj\n`),
      Buffer.from(body),
      Buffer.from('\nendobj\n'),
    ])
    offsets.push(length)
    length += written.length
    parts.push(written)
  }
  const rows = offsets.map(offset => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  parts.push(
    Buffer.from(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${length}\n%%EOF\n`,
    ),
  )
  return Buffer.concat(parts)
}

export const streamOf = (content: string | Buffer, entries = '') =>
  Buffer.concat([
    Buffer.from(`<< /Length ${Buffer.byteLength(content)} ${entries} >>\nstream\n`),
    Buffer.from(content),
    Buffer.from('\nendstream'),
  ])

type Line = { hex: string; x: number; y: number }

/** Pages of lines in one font that is not embedded and has no ToUnicode, as Chinese offices' systems write titles. */
export function linesPdf(pages: readonly (readonly Line[])[], encoding: string, ordering = 'GB1'): Buffer {
  const kids = pages.map((_, at) => `${6 + 2 * at} 0 R`).join(' ')
  const head = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    `<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /${encoding} /DescendantFonts [4 0 R] >>`,
    `<< /Type /Font /Subtype /CIDFontType0 /BaseFont /SimSun /CIDSystemInfo << /Registry (Adobe) /Ordering (${ordering}) /Supplement 2 >> /DW 1000 /W [1 95 500 814 939 500] /FontDescriptor 5 0 R >>`,
    '<< /Type /FontDescriptor /FontName /SimSun /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 859 /Descent -140 /CapHeight 700 /StemV 80 >>',
  ]
  const written = pages.flatMap((lines, at) => [
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${7 + 2 * at} 0 R >>`,
    streamOf(lines.map(({ hex, x, y }) => `BT /F1 16 Tf ${x} ${y} Td <${hex}> Tj ET`).join('\n')),
  ])
  return pdfOf([...head, ...written])
}

/** One page that a picture covers. */
export function scanPdf(): Buffer {
  return pdfOf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /I 4 0 R >> >> /Contents 5 0 R >>',
    streamOf(
      Buffer.alloc(64, 120),
      '/Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray /BitsPerComponent 8',
    ),
    streamOf('q 595 0 0 842 0 0 cm /I Do Q'),
  ])
}

/** A file that asks for a password. */
export function lockedPdf(): Buffer {
  const key = '00'.repeat(32)
  return pdfOf(
    [
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Kids [] /Count 0 >>',
      `<< /Filter /Standard /V 1 /R 2 /O <${key}> /U <${key}> /P -4 >>`,
    ],
    '/Encrypt 3 0 R /ID [<00> <00>]',
  )
}

/** Says that it has a million pages. */
export const longPdf = () =>
  pdfOf(['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [] /Count 1000000 >>'])

/**
 * GBK codes of a text, as Node encodes none: one byte for half-width digits and Latin letters.
 * @throws Error for a character outside GB 2312
 */
export function gbkHex(text: string): string {
  const codes = gbkCodes()
  return [...text].map(sign => codes.get(sign) ?? failFor(sign)).join('')
}

function failFor(sign: string): never {
  throw new Error(`gbkHex has no code for ${sign}`)
}

function gbkCodes(): Map<string, string> {
  const decoder = new TextDecoder('gb18030')
  const found = new Map<string, string>()
  const add = (...bytes: number[]) =>
    found.set(decoder.decode(Uint8Array.from(bytes)), Buffer.from(bytes).toString('hex'))
  for (let byte = 0x20; byte < 0x7f; byte += 1) add(byte)
  for (let high = 0xa1; high <= 0xf7; high += 1) for (let low = 0xa1; low <= 0xfe; low += 1) add(high, low)
  return found
}

/** A page whose text unpacks to a number of bytes, packed once or several times over. */
export function bombPdf(unpackedBytes: number, times = 1): Buffer {
  let content: Buffer = Buffer.alloc(unpackedBytes, 0x20)
  for (let count = 0; count < times; count += 1) content = deflateSync(content, { level: 1 })
  return pdfOf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>',
    streamOf(content, `/Filter [${'/FlateDecode '.repeat(times)}]`),
  ])
}
