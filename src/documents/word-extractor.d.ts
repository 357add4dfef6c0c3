declare module 'word-extractor' {
  type Filters = { filterUnicode: boolean }
  class WordDocument {
    getBody(options: Filters): string
    getFootnotes(options: Filters): string
    getEndnotes(options: Filters): string
    getTextboxes(options: Filters): string
  }
  class WordExtractor {
    extract(source: Buffer | string): Promise<WordDocument>
  }
  export = WordExtractor
}
