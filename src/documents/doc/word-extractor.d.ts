declare module 'word-extractor/lib/buffer-reader.js' {
  class BufferReader {
    constructor(bytes: Buffer)
  }
  export = BufferReader
}

declare module 'word-extractor/lib/word-ole-extractor.js' {
  import type BufferReader from 'word-extractor/lib/buffer-reader.js'

  type Filters = { filterUnicode: boolean }
  type WordDocument = {
    getBody(options: Filters): string
    getFootnotes(options: Filters): string
    getEndnotes(options: Filters): string
    getTextboxes(options: Filters): string
  }
  /** A piece of the text; places count characters of the text, or bytes of the stream. */
  type Piece = { startCp: number; endCp: number; startFilePos: number; bpc: number; text: string }
  class WordOleExtractor {
    _pieces: Piece[]
    _boundaries: { ccpText: number }
    extract(source: BufferReader): Promise<WordDocument>
    writeParagraphProperties(main: Buffer, table: Buffer): void
    buildDocument(): WordDocument
  }
  export = WordOleExtractor
}
