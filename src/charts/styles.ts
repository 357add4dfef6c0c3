/** The console's tokens, as numbers: a picture loads no style sheet. */
export const inkColour = '#20242a'
export const greyColour = '#636b75'
export const lineColour = '#dfe2e6'

/** How one kind of part looks: also in black and white, so never by its colour alone. */
export type SeriesStyle = {
  /** In Chinese, for the legend. */
  title: string
  colour: string
  /** Colour of text on it. */
  ink: string
  pattern: 'none' | 'stripes' | 'lines' | 'dots'
}
