import { type Answer, type Command, type Feature, Refusal } from '../../../feature.ts'
import { expiring } from '../../../lib/recently-used.ts'
import { senderOf } from '../../../ports/actor.ts'
import type { Message, Reply, SentFile } from '../../../ports/chat.ts'
import type { BroadcastActions } from '../actions.ts'
import { mimeTypeOf } from '../broadcast/files.ts'
import type { DigestParts } from '../context.ts'
import { numberIn } from './numbers.ts'
import { createPreview } from './preview.ts'

/** How long the last file of a person waits for 「加附件」. */
const waitsMinutes = 30
const mostPeople = 200

/** The last file that each organizer sent in private, to be attached to a broadcast. In memory only. */
export function createSentFiles() {
  const files = expiring<SentFile>(mostPeople, { ttlMs: waitsMinutes * 60_000 })
  return {
    last: (personId: string): SentFile | undefined => files.get(personId),
    forget: (personId: string) => void files.delete(personId),
    /** Remembers the last file, and answers pictures; other files may be documents, for the next feature. */
    taking: {
      role: ['organizer'],
      async take({ senderId }: Message, file: SentFile): Promise<Answer> {
        files.set(senderId, file)
        if (!mimeTypeOf(file.name).startsWith('image/')) return undefined
        return `收到图片「${file.name}」。要跟推送一起发，先写好推送（「拟通知 …」），再发「加附件」和推送的编号，例如「加附件 12」。`
      },
    } satisfies Feature['files'],
  }
}

export type SentFiles = ReturnType<typeof createSentFiles>

/** 「加附件 12」: attaches the file that the organizer just sent; it is reviewed and sealed with the text. */
export function attachCommand(parts: DigestParts, actions: BroadcastActions, files: SentFiles): Command {
  const preview = createPreview(parts, actions)
  return {
    role: 'organizer',
    where: 'private',
    takes: 'number',
    words: ['加附件', '加图片'],
    help: '加附件 12 —— 把你刚私聊发来的文件或图片，跟那份推送一起发',
    async run(message, rest): Promise<Reply[]> {
      const number = numberIn(rest) ?? 0
      const { revision } = await actions.existing(number)
      const file = files.last(message.senderId)
      if (!file)
        throw new Refusal(
          `请先把文件或图片私聊发给我，再在 ${waitsMinutes} 分钟里发「加附件 ${number}」。也可以在控制台那份推送的页面上传。`,
        )
      const bytes = await download(file)
      const attached = { name: file.name, bytes }
      const after = await actions.attach(number, attached, { by: senderOf(message), revision })
      files.forget(message.senderId)
      const document = await parts.sendBackAttached(bytes, message.senderId)
      const [head, ...originals] = await preview.whole(after, message.senderId)
      const note = after.state === 'draft' ? '' : '，要重新审核'
      const kept = document === undefined ? '' : `\n${sayNotKept(document)}`
      return [{ text: `「${file.name}」加上了${note}。${kept}\n${head?.text ?? ''}` }, ...originals]
    },
  }
}

const sayNotKept = (document: number) =>
  `这个文件不放进文件库了（${document} 号不再等审核）。也想放进去的话，请审核人说「恢复文件 ${document}」。`

/** @throws {@link Refusal} where the line does not give it any more */
async function download({ read }: SentFile): Promise<Uint8Array> {
  try {
    return await read()
  } catch (cause) {
    throw new Refusal('这个文件取不到了，请再发一次；还不行的话，到控制台那份推送的页面上传。', { cause })
  }
}
