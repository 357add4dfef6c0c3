/** Text in a drawing is set in this type, which ships with the bot: no machine's own fonts are used. */
export const pictureFont = 'Noto Sans SC'

/** Turns a drawing into a picture that a chat shows. */
export type Pictures = {
  /**
   * @param svg a whole SVG document; text in {@link pictureFont}, weight 400 or 700
   * @param widthPx the picture's width, 100 to 4000; its height follows
   * @returns a PNG
   * @throws when the drawing is no SVG
   */
  png(svg: string, widthPx: number): Promise<Uint8Array>
}
