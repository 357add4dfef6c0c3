import { strToU8, zipSync } from 'fflate'

const main = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
const zipOf = (files: Record<string, string>) =>
  Buffer.from(zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)]))))

const level = (at: number, format: string, text: string) =>
  `<w:lvl w:ilvl="${at}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`

/** 「第一条」, 「（一）」 and 「1.」 by themselves, as Word counts them. */
const numbering = `<w:numbering ${main}><w:abstractNum w:abstractNumId="7">${level(0, 'chineseCountingThousand', '第%1条')}${level(1, 'chineseCounting', '（%2）')}${level(2, 'decimal', '%3.')}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>`
const styles = `<w:styles ${main}><w:style w:styleId="Article"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:styleId="Own"><w:basedOn w:val="Article"/></w:style></w:styles>`

/** A paragraph with an automatic number of this level; without one for undefined. */
export const numbered = (text: string, at?: number) =>
  `<w:p>${at === undefined ? '' : `<w:pPr><w:numPr><w:ilvl w:val="${at}"/><w:numId w:val="1"/></w:numPr></w:pPr>`}<w:r><w:t>${text}</w:t></w:r></w:p>`

export const docxOf = (body: string) =>
  zipOf({
    '[Content_Types].xml': '<Types/>',
    'word/document.xml': `<w:document ${main}><w:body>${body}</w:body></w:document>`,
    'word/numbering.xml': numbering,
    'word/styles.xml': styles,
  })

type OfdText = { text: string; x: number; y: number }

const ofdSpace = 'xmlns:ofd="http://www.ofdspec.org/2016"'

/** An OFD whose pages hold these elements, over a template with the elements of `template`. */
export const ofdWith = (pages: readonly string[], { template = '', box = '0 0 210 297' } = {}) =>
  zipOf({
    'OFD.xml': `<ofd:OFD ${ofdSpace}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>`,
    'Doc_0/Document.xml': `<ofd:Document ${ofdSpace}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>${box}</ofd:PhysicalBox></ofd:PageArea><ofd:TemplatePage ID="2" BaseLoc="Tpls/T.xml"/></ofd:CommonData><ofd:Pages>${pages.map((_, at) => `<ofd:Page ID="${at + 3}" BaseLoc="Pages/${at}.xml"/>`).join('')}</ofd:Pages></ofd:Document>`,
    'Doc_0/Tpls/T.xml': `<ofd:Page ${ofdSpace}><ofd:Content><ofd:Layer>${template}</ofd:Layer></ofd:Content></ofd:Page>`,
    ...Object.fromEntries(
      pages.map((content, at) => [
        `Doc_0/Pages/${at}.xml`,
        `<ofd:Page ${ofdSpace}>${template === '' ? '' : '<ofd:Template TemplateID="2"/>'}<ofd:Content><ofd:Layer>${content}</ofd:Layer></ofd:Content></ofd:Page>`,
      ]),
    ),
  })

export const ofdOf = (pages: readonly (readonly OfdText[])[], template = '') =>
  zipOf({
    'OFD.xml':
      '<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>',
    'Doc_0/Document.xml': `<ofd:Document xmlns:ofd="http://www.ofdspec.org/2016"><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>${pages.map((_, at) => `<ofd:Page ID="${at + 1}" BaseLoc="Pages/Page_${at}/Content.xml"/>`).join('')}</ofd:Pages></ofd:Document>`,
    ...Object.fromEntries(
      pages.map((texts, at) => [
        `Doc_0/Pages/Page_${at}/Content.xml`,
        `<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016">${template}<ofd:Content><ofd:Layer>${texts
          .map(
            ({ text, x, y }) =>
              `<ofd:TextObject Boundary="${x} ${y} 160 6" Size="5"><ofd:TextCode X="0" Y="4" DeltaX="g ${text.length - 1} 5">${text}</ofd:TextCode></ofd:TextObject>`,
          )
          .join('')}</ofd:Layer></ofd:Content></ofd:Page>`,
      ]),
    ),
  })

const odtSpaces = ['office:1.0', 'text:1.0', 'style:1.0', 'table:1.0', 'drawing:1.0'].map(
  name =>
    `xmlns:${name.startsWith('drawing') ? 'draw' : name.split(':')[0]}="urn:oasis:names:tc:opendocument:xmlns:${name}"`,
)
const odtLevel = (kind: string, at: number, prefix: string, suffix: string, format = '一, 二, 三, ...') =>
  `<text:${kind} text:level="${at}" style:num-prefix="${prefix}" style:num-suffix="${suffix}" style:num-format="${format}"/>`
const odtStyles = `<text:list-style style:name="Articles">${odtLevel('list-level-style-number', 1, '第', '条')}${odtLevel('list-level-style-number', 2, '（', '）')}</text:list-style><style:style style:name="Raised" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>`
const outline = `<text:outline-style>${odtLevel('outline-level-style', 1, '第', '章')}</text:outline-style>`

/**
 * An OpenDocument text; its lists of the style `Articles` count 「第一条」 and 「（一）」, its headings 「第一章」.
 * @param styles more automatic styles
 */
export const odtOf = (body: string, manifest = '', styles = '') =>
  zipOf({
    mimetype: 'application/vnd.oasis.opendocument.text',
    'META-INF/manifest.xml': `<manifest:manifest>${manifest}</manifest:manifest>`,
    'styles.xml': `<office:document-styles ${odtSpaces.join(' ')}><office:styles>${outline}</office:styles></office:document-styles>`,
    'content.xml': `<office:document-content ${odtSpaces.join(' ')}><office:automatic-styles>${odtStyles}${styles}</office:automatic-styles><office:body><office:text>${body}</office:text></office:body></office:document-content>`,
  })
