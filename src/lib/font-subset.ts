/** Tables of a font that only vertical text and variable fonts need. */
const leftOut = new Set(['BASE', 'STAT', 'VORG', 'vhea', 'vmtx'])
const headerBytes = 12
const entryBytes = 16

/** Flags of one part of a composite glyph. */
const part = { wideArguments: 0x1, scale: 0x8, more: 0x20, twoScales: 0x40, matrix: 0x80 }

type Table = { tag: string; bytes: DataView }

/**
 * A TrueType font that has the outlines of these characters alone. Glyphs keep their numbers, so that everything else of
 * the font stays as it is.
 * @param font a whole TrueType font: tables `cmap` (format 12 or 4), `glyf`, `head` and `loca`
 * @param text whatever is to be set in it
 * @returns a font file, some hundred kB
 * @see https://learn.microsoft.com/typography/opentype/spec/otff
 */
export function subsetFont(font: Uint8Array, text: string): Uint8Array {
  const tables = tablesOf(font)
  const named = (tag: string) => {
    const found = tables.find(table => table.tag === tag)
    if (!found) throw new Error(`the font has no table ${tag}`)
    return found.bytes
  }
  const [glyf, offsets] = [named('glyf'), offsetsOf(named('loca'), named('head'))]
  const gsub = tables.find(({ tag }) => tag === 'GSUB')?.bytes
  const wanted = [...glyphsOf(named('cmap'), text), ...(gsub ? substitutesIn(gsub) : [])]
  const used = withParts(wanted, glyf, offsets)
  const { outlines, places } = pick(glyf, offsets, used)
  const head = copyOf(named('head'))
  // Places are written in four bytes each.
  head.setInt16(50, 1)
  const changed = new Map([
    ['glyf', outlines],
    ['loca', places],
    ['head', head],
  ])
  return fontOf(
    tables
      .filter(({ tag }) => !leftOut.has(tag))
      .map(({ tag, bytes }) => ({ tag, bytes: changed.get(tag) ?? bytes })),
  )
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
const bytesOf = (view: DataView) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
const copyOf = (view: DataView) => viewOf(bytesOf(view).slice())

function tablesOf(font: Uint8Array): Table[] {
  const view = viewOf(font)
  return Array.from({ length: view.getUint16(4) }, (_, at) => {
    const entry = headerBytes + entryBytes * at
    const tag = String.fromCharCode(...font.subarray(entry, entry + 4))
    const from = view.getUint32(entry + 8)
    return { tag, bytes: viewOf(font.subarray(from, from + view.getUint32(entry + 12))) }
  })
}

/** Where each glyph's outline begins, and behind the last one where it ends. */
function offsetsOf(loca: DataView, head: DataView): number[] {
  const isLong = head.getInt16(50) === 1
  return Array.from({ length: loca.byteLength / (isLong ? 4 : 2) }, (_, glyph) =>
    isLong ? loca.getUint32(glyph * 4) : loca.getUint16(glyph * 2) * 2,
  )
}

/** Numbers of the glyphs of these characters, and of the one for a missing character. */
function glyphsOf(cmap: DataView, text: string): Set<number> {
  const maps = Array.from({ length: cmap.getUint16(2) }, (_, at) => cmap.getUint32(4 + 8 * at + 4))
  const full = maps.find(from => cmap.getUint16(from) === 12)
  const short = maps.find(from => cmap.getUint16(from) === 4)
  // Programs that set text compose and take apart what they find.
  const forms = text + text.normalize('NFC') + text.normalize('NFD')
  const codes = [...new Set(forms)].map(char => char.codePointAt(0) ?? 0)
  if (full !== undefined) return new Set([0, ...codes.map(code => glyphInGroups(cmap, full, code))])
  if (short !== undefined) return new Set([0, ...codes.map(code => glyphInSegments(cmap, short, code))])
  throw new Error('the font has no character map of format 12 or 4')
}

function glyphInGroups(cmap: DataView, from: number, code: number): number {
  const count = cmap.getUint32(from + 12)
  for (let at = 0; at < count; at++) {
    const group = from + 16 + 12 * at
    const [first, last] = [cmap.getUint32(group), cmap.getUint32(group + 4)]
    if (first <= code && code <= last) return cmap.getUint32(group + 8) + code - first
  }
  return 0
}

function glyphInSegments(cmap: DataView, from: number, code: number): number {
  const doubled = cmap.getUint16(from + 6)
  for (let at = 0; at < doubled; at += 2) {
    const last = cmap.getUint16(from + 14 + at)
    const first = cmap.getUint16(from + 16 + doubled + at)
    if (code < first || code > last) continue
    const delta = cmap.getUint16(from + 16 + 2 * doubled + at)
    const rangeAt = from + 16 + 3 * doubled + at
    const range = cmap.getUint16(rangeAt)
    if (range === 0) return (code + delta) & 0xffff
    const glyph = cmap.getUint16(rangeAt + range + 2 * (code - first))
    return glyph === 0 ? 0 : (glyph + delta) & 0xffff
  }
  return 0
}

/** Numbers of all glyphs that stand for others in a row, as one long dash for two. */
function substitutesIn(gsub: DataView): number[] {
  const list = gsub.getUint16(8)
  return numbers(gsub, list).flatMap(lookupAt => {
    const lookup = list + lookupAt
    return numbers(gsub, lookup + 4).flatMap(subtableAt => {
      const [at, type] = [lookup + subtableAt, gsub.getUint16(lookup)]
      const isExtended = type === 7
      return isExtended
        ? outputsOf(gsub, at + gsub.getUint32(at + 4), gsub.getUint16(at + 2))
        : outputsOf(gsub, at, type)
    })
  })
}

/** Types: 1 one for one, 2 several for one, 4 one for several. */
function outputsOf(gsub: DataView, at: number, type: number): number[] {
  if (type === 1 && gsub.getUint16(at) === 2) return numbers(gsub, at + 4)
  if (type === 2) return numbers(gsub, at + 4).flatMap(sequence => numbers(gsub, at + sequence))
  if (type !== 4) return []
  return numbers(gsub, at + 4).flatMap(set =>
    numbers(gsub, at + set).map(ligature => gsub.getUint16(at + set + ligature)),
  )
}

/** A list of the format: its length, then its numbers, two bytes each. */
const numbers = (view: DataView, at: number) =>
  Array.from({ length: view.getUint16(at) }, (_, index) => view.getUint16(at + 2 + 2 * index))

/** These glyphs with those that they are composed of. */
function withParts(glyphs: Iterable<number>, glyf: DataView, offsets: readonly number[]): Set<number> {
  const all = new Set(glyphs)
  // A set that grows while it is walked through shows what was added.
  for (const glyph of all) {
    const [from = 0, to = 0] = [offsets[glyph], offsets[glyph + 1]]
    const isComposite = to > from && glyf.getInt16(from) < 0
    for (let at = from + 10, flags = isComposite ? part.more : 0; (flags & part.more) !== 0; ) {
      flags = glyf.getUint16(at)
      all.add(glyf.getUint16(at + 2))
      const scales = (flags & part.matrix) !== 0 ? 8 : (flags & part.twoScales) !== 0 ? 4 : 0
      at +=
        4 + ((flags & part.wideArguments) !== 0 ? 4 : 2) + (scales || ((flags & part.scale) !== 0 ? 2 : 0))
    }
  }
  return all
}

/** The outlines of these glyphs, and where each of all glyphs stands now. */
function pick(glyf: DataView, offsets: readonly number[], used: ReadonlySet<number>) {
  const kept: Uint8Array[] = []
  const places = viewOf(new Uint8Array(offsets.length * 4))
  let length = 0
  for (let glyph = 0; glyph < offsets.length - 1; glyph++) {
    places.setUint32(glyph * 4, length)
    if (!used.has(glyph)) continue
    const outline = bytesOf(glyf).subarray(offsets[glyph], offsets[glyph + 1])
    kept.push(outline)
    length += outline.length
  }
  places.setUint32((offsets.length - 1) * 4, length)
  return { outlines: viewOf(Buffer.concat(kept)), places }
}

/** A font file of these tables. Checksums stay zero, as no program that draws reads them. */
function fontOf(tables: readonly Table[]): Uint8Array {
  const padded = (length: number) => Math.ceil(length / 4) * 4
  const headLength = headerBytes + entryBytes * tables.length
  const font = new Uint8Array(tables.reduce((sum, { bytes }) => sum + padded(bytes.byteLength), headLength))
  const view = viewOf(font)
  view.setUint32(0, 0x00010000)
  view.setUint16(4, tables.length)
  let from = headLength
  for (const [at, { tag, bytes }] of tables.entries()) {
    const entry = headerBytes + entryBytes * at
    font.set(
      [...tag].map(char => char.charCodeAt(0)),
      entry,
    )
    view.setUint32(entry + 8, from)
    view.setUint32(entry + 12, bytes.byteLength)
    font.set(bytesOf(bytes), from)
    from += padded(bytes.byteLength)
  }
  return font
}
