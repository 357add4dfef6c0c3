declare module 'word-extractor' {
  class WordDocument {
    getBody(): string
    getFootnotes(): string
    getEndnotes(): string
    getTextboxes(): string
  }
  class WordExtractor {
    extract(source: Buffer | string): Promise<WordDocument>
  }
  export = WordExtractor
}
