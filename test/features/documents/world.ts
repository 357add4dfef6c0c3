import { createPictures } from '../../../src/adapters/pictures.ts'
import type { Feature, Person } from '../../../src/feature.ts'
import { openDocuments } from '../../../src/features/documents/index.ts'
import type { QuotableDocument, QuotableDocuments } from '../../../src/ports/passages.ts'
import { type Web, WebFault } from '../../../src/ports/web.ts'
import { openConsoleApp } from '../../console-app.ts'
import { createFixedDirectory, createWorld, play, type World } from '../../conversation.ts'
import { createRecordingOutbox } from '../attendance/recording-outbox.ts'

export const chen: Person = { id: 'chen', name: '陈静', roles: ['maker', 'organizer', 'reviewer'] }
const he: Person = { id: 'he', name: '何国平', roles: ['maker', 'organizer', 'reviewer'] }

const noQuotable: QuotableDocuments = { put: () => {}, remove: () => false }

/** A bot with a library, two reviewers who talk to it, and the console as each of them sees it. */
export async function openDocumentsWorld(
  world: World = createWorld('2026-11-20T08:00:00+08:00'),
  {
    isOnePerson = false,
    features = () => [] as readonly Feature[],
    quotable: more = noQuotable,
    addressOf = (_: { number: number }, __: string): string | undefined => undefined,
  } = {},
) {
  /** Content of the web, by address. */
  const site = new Map<string, string>()
  const web: Web = {
    async get(url) {
      const text = site.get(url)
      if (text === undefined) throw new WebFault('打不开。')
      const bytes = new TextEncoder().encode(text)
      return { kind: 'page', url, mediaType: 'text/html', text, bytes, validators: {} }
    },
  }
  const directory = createFixedDirectory(['创客群'], {
    chen: ['organizer', 'reviewer'],
    he: ['organizer', 'reviewer'],
    lin: ['organizer'],
  })
  const outbox = createRecordingOutbox(world.clock)
  const quoted = new Map<string, QuotableDocument>()
  const quotable: QuotableDocuments = {
    put(document) {
      quoted.set(document.id, document)
      more.put(document)
    },
    remove(id) {
      more.remove(id)
      return quoted.delete(id)
    },
  }
  const documents = await openDocuments({
    ...world,
    outbox,
    directory,
    quotable,
    features,
    isOnePerson,
    web,
    pictures: createPictures(),
    visitsPages: true,
    addressOf,
  })
  const played = play(world, directory, [documents.feature])

  function consoleOf(person: Person) {
    const app = openConsoleApp(documents.feature.pages ?? [], () => person)
    return {
      app,
      read: async (path: string) => (await app.request(path)).text(),
      post: (path: string, fields: Record<string, string> | [string, string][]) =>
        app.request(path, { method: 'POST', body: new URLSearchParams(fields) }),
      /** @returns the page that a refused upload shows, else the address that it leads to */
      async upload(name: string, bytes: Uint8Array, fields: Record<string, string> = {}): Promise<string> {
        const body = new FormData()
        body.set('file', new File([Buffer.from(bytes)], name))
        for (const [field, value] of Object.entries(fields)) body.set(field, value)
        const response = await app.request('/documents', { method: 'POST', body })
        return response.headers.get('location') ?? response.text()
      },
    }
  }

  return {
    world,
    documents,
    quoted,
    site,
    forward: played.forward,
    chen: played.person('chen', '陈静'),
    he: played.person('he', '何国平'),
    lin: played.person('lin', '林芳'),
    posted: () => outbox.posted,
    mei: played.person('mei', '小美'),
    atChen: consoleOf(chen),
    atHe: consoleOf(he),
    consoleOf,
  }
}

/** The version that the form shows behind these words of the page. */
export const seenBehind = (page: string, words: string) =>
  /name="seen" value="(?<seen>\w+)"/u.exec(page.split(words)[1] ?? '')?.groups?.seen ?? ''

const text = (said: string) => new TextEncoder().encode(said)

/** The measures of an office that does not exist. */
export const measures = (limit = '30万元', more = '', number = '榕示科〔2026〕12号') =>
  text(`示范区科学技术局文件
${number}
关于印发《示范区科技创新补贴办法》的通知
各有关单位：
第一条 为支持科技创新，制定本办法。
第二条 本办法适用于示范区内注册的企业。
第三条 补贴标准如下：
（一）单家企业最高不超过${limit}。
（二）同一项目只补贴一次。
第四条 本办法自2026年3月2日起施行，有效期至2029年3月1日。${more}
示范区科学技术局
2026年2月20日`)
