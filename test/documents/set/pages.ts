import { strToU8, zipSync } from 'fflate'
import { pdfOf, streamOf } from '../pdf-files.ts'
import { encodedInGbk } from './gbk.ts'
import type { Sample } from './sample.ts'
import { type Piece, typeset } from './typeset.ts'

/** Points of a character of the body. */
const points = 16

/** A PDF whose font is neither embedded nor mapped to Unicode: it names its characters by GBK codes. */
export const pdfFile = ({ blocks }: Sample): Buffer => gbkPdf(typeset(blocks))

export function gbkPdf(pages: readonly (readonly Piece[])[]): Buffer {
  const kids = pages.map((_, at) => `${6 + 2 * at} 0 R`).join(' ')
  return pdfOf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type0 /BaseFont /FangSong_GB2312 /Encoding /GBK-EUC-H /DescendantFonts [4 0 R] >>',
    '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /FangSong_GB2312 /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000 /W [814 [500] 815 907 500] /FontDescriptor 5 0 R >>',
    '<< /Type /FontDescriptor /FontName /FangSong_GB2312 /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 859 /Descent -140 /CapHeight 700 /StemV 80 >>',
    ...pages.flatMap((pieces, at) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${7 + 2 * at} 0 R >>`,
      streamOf(pieces.map(shown).join('\n')),
    ]),
  ])
}

const shown = ({ text, x, y, size }: Piece) =>
  `BT /F1 ${size * points} Tf ${x * points} ${842 - y * points} Td <${encodedInGbk(text)}> Tj ET`

/**
 * The text layer that a program of recognition lays invisibly over a scan: an item for each line, set by its box, whose
 * place and size vary, on a page that lies half a degree askew.
 */
export function recognizedPdf({ blocks }: Sample): Buffer {
  const vary = (at: number, most: number) => (((at * 7919) % 101) / 50 - 1) * most
  return gbkPdf(
    typeset(blocks).map(pieces =>
      pieces.map((piece, at) => ({
        ...piece,
        x: piece.x + vary(at, 0.12) + piece.y * 0.008,
        y: piece.y + vary(at + 3, 0.08),
        size: piece.size * (1 + vary(at + 5, 0.04)),
      })),
    ),
  )
}

/** Millimetres of a character of the body. */
const mm = 5.6

/** An OFD with one text object for each line. */
export function ofdFile({ blocks }: Sample): Uint8Array {
  const pages = typeset(blocks)
  const space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
  const written = pages.map(
    pieces =>
      `<ofd:Page ${space}><ofd:Content><ofd:Layer>${pieces.map(drawn).join('')}</ofd:Layer></ofd:Content></ofd:Page>`,
  )
  return zipSync({
    'OFD.xml': strToU8(
      `<ofd:OFD ${space}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>`,
    ),
    'Doc_0/Document.xml': strToU8(
      `<ofd:Document ${space}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>${pages.map((_, at) => `<ofd:Page ID="${at + 1}" BaseLoc="Pages/Page_${at}/Content.xml"/>`).join('')}</ofd:Pages></ofd:Document>`,
    ),
    ...Object.fromEntries(written.map((xml, at) => [`Doc_0/Pages/Page_${at}/Content.xml`, strToU8(xml)])),
  })
}

function drawn({ text, x, y, size }: Piece): string {
  const steps = [...text].slice(0, -1).map(sign => (/[ -~]/u.test(sign) ? 0.5 : 1) * size * mm)
  const plain = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  return `<ofd:TextObject Boundary="${x * mm} ${(y - size) * mm} 170 ${size * mm}" Size="${size * mm}"><ofd:TextCode X="0" Y="${size * mm}" DeltaX="${steps.join(' ')}">${plain}</ofd:TextCode></ofd:TextObject>`
}
