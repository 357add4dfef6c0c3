/** Headers that tell a site which version we have already; as it gave them, and only for the same address. */
export type Validators = { etag?: string | undefined; lastModified?: string | undefined }

/** A page as text, whatever its character set. */
export type WebPage = {
  kind: 'page'
  /** Where it was in the end, after redirects. */
  url: string
  /** `text/html` and the like, lower case, without parameters; empty where the site names none. */
  mediaType: string
  text: string
  /** As they came, for files. */
  bytes: Uint8Array
  validators: Validators
}

/** The public web, read politely: robots.txt is kept, and a host is asked one thing at a time. */
export type Web = {
  /**
   * @param known what we have; then `unchanged` may come back
   * @throws {@link WebFault}
   */
  get(url: string, known?: Validators): Promise<WebPage | { kind: 'unchanged' }>
}

/** Why a page can not be had, in one Chinese sentence that may be shown. */
export class WebFault extends Error {
  override name = 'WebFault'
}
