import type { ChatFile, Reply, Target } from '../../ports/chat.ts'
import { lineNameOf, unqualified } from '../../ports/line-ids.ts'
import type { LineTraits } from '../../ports/line-traits.ts'
import {
  addressedInGroup,
  hasRefusedLink,
  refusedLinks,
  withBotMention,
  withoutInvitations,
  withoutLinks,
  withoutMentionPromise,
} from '../../text/line-words.ts'

type Place = { target: Target; line: string; traits: LineTraits }

/** Words a reply for the line that it leaves by. */
export type ReworkReply = (reply: Reply, place: Place) => Promise<Reply>

/** Our own pages about sources, for lines that refuse links to other domains. */
export type SourcePages = {
  /** Domains that the platforms let through. */
  domains: readonly string[]
  /** The address of our page about this source; undefined where we have none on a registered domain. */
  pageOf(url: string, words: string): string | undefined
  /** The address of our page with this whole text and its links; undefined as above. */
  pageOfText(text: string): string | undefined
  /** The address of the text's source as a QR code; undefined where the settings want none. */
  qrCodeOf(text: string, isPrivate: boolean): Promise<ChatFile | undefined>
  /** Resolves when every page that was named can be opened; undefined where none was named. */
  kept(): Promise<void> | undefined
}

/** Puts a reply into the form that its line takes: who is addressed, links, mentions and files. */
export function createWording(pages: SourcePages): ReworkReply {
  return async ({ text, mention = [], file, attachments }, { target, line, traits }) => {
    const mentioned = traits.mentions ? mention.filter(id => lineNameOf(id) === line).map(unqualified) : []
    const worded = text === undefined ? undefined : wordText(text, { target, traits }, pages)
    const hidden = traits.links === 'registered' && text !== undefined && hasRefusedLink(text, pages.domains)
    const picture =
      hidden && !file && traits.files ? await pages.qrCodeOf(text, 'personId' in target) : undefined
    const keeping = pages.kept()
    if (keeping !== undefined) await keeping
    const note = file && !traits.files ? `（附件「${file.name}」这里发不了，请在控制台下载。）` : ''
    const said = [worded, note].filter(Boolean).join('\n')
    return {
      ...(said ? { text: said } : {}),
      ...(mentioned.length > 0 ? { mention: mentioned } : {}),
      ...(file && traits.files ? { file } : {}),
      ...(picture ? { file: picture } : {}),
      ...(attachments && traits.files ? { attachments } : {}),
    }
  }
}

/**
 * Links to our own pages alone: one about each source, or one with the whole text where it has several. What is said in
 * private is on no page but for the line of its source.
 */
function withAllowedLinks(text: string, isPrivate: boolean, pages: SourcePages): string {
  const { domains } = pages
  const wordsAbout = (url: string) =>
    isPrivate ? (text.split('\n').find(line => line.includes(url)) ?? '') : text
  if (isPrivate || refusedLinks(text, domains).length < 2)
    return withoutLinks(text, {
      domains,
      pageOf: (url, isPart) => pages.pageOf(url, isPart ? '' : wordsAbout(url)),
    })
  const page = pages.pageOfText(text)
  const bare = withoutLinks(text, { domains, pageOf: () => undefined })
  return page === undefined ? bare : `${bare}\n\n原文链接都在这里：${page}`
}

/** The text as it leaves by this line. */
function wordText(text: string, { target, traits }: Omit<Place, 'line'>, pages: SourcePages): string {
  const promised = traits.mentions ? text : withoutMentionPromise(text)
  const linked = traits.links === 'any' ? promised : withAllowedLinks(promised, 'personId' in target, pages)
  if (traits.receives === 'all') return linked
  if (traits.receives === 'nothing') return withoutInvitations(linked)
  return 'groupId' in target ? withBotMention(linked) : addressedInGroup(linked)
}
