import { Refusal } from '../../../feature.ts'
import { keyHash } from '../../../lib/hash.ts'
import type { RecordedActor } from '../../../ports/actor.ts'
import type { ChatFile } from '../../../ports/chat.ts'
import type { DigestContext } from '../context.ts'
import type { AttachedFile, Broadcast } from './records.ts'
import { applyBroadcastEvent } from './state-machine.ts'

/** The most files of one broadcast: each is a message of its own in every group. */
const mostFiles = 3
/** The largest file, in bytes. */
const largestBytes = 5 * 1024 * 1024
/** How long the bytes of a finished broadcast's files are kept, in days. */
const keptDays = 90
const finishedStates: readonly Broadcast['state'][] = ['posted', 'cancelled', 'expired']

const officeType = 'application/vnd.openxmlformats-officedocument.'
const mimeTypes = new Map([
  ...['gif', 'heic', 'jpeg', 'png', 'webp'].map((type): [string, string] => [type, `image/${type}`]),
  ['jpg', 'image/jpeg'],
  ['pdf', 'application/pdf'],
  ['doc', 'application/msword'],
  ['xls', 'application/vnd.ms-excel'],
  ['ppt', 'application/vnd.ms-powerpoint'],
  ['docx', `${officeType}wordprocessingml.document`],
  ['xlsx', `${officeType}spreadsheetml.sheet`],
  ['pptx', `${officeType}presentationml.presentation`],
])

/** The MIME type by the file's name: chat tells no other, and browsers differ in theirs. */
export const mimeTypeOf = (name: string): string =>
  mimeTypes.get(/\.(\w+)$/u.exec(name)?.[1]?.toLowerCase() ?? '') ?? 'application/octet-stream'

/** A file to be attached, as chat or a browser gives it. */
export type FileToAttach = Pick<ChatFile, 'name' | 'bytes'>

/** The person who attaches, and the revision that the person was shown. */
export type AttachedBy = { by: RecordedActor; revision: number }

/** Files and pictures that are reviewed, sealed and sent with a broadcast. */
export function createFiles({ broadcasts, clock }: Pick<DigestContext, 'broadcasts' | 'clock'>) {
  /** @throws {@link Refusal} if the file is empty, too large, or one too many */
  async function attach(number: number, file: FileToAttach, who: AttachedBy): Promise<Broadcast> {
    if (file.bytes.length === 0) throw new Refusal('请先选一个文件，空文件不能发。')
    if (file.bytes.length > largestBytes) throw new Refusal('文件太大，请压到 5 MB 以内再传。')
    const hash = keyHash(file.bytes)
    await broadcasts.keepBlob(hash, file.bytes)
    const name = file.name.replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, '').slice(-80) || '附件'
    return change(number, who, files => {
      if (files.length >= mostFiles) throw new Refusal(`一份推送最多带 ${mostFiles} 个文件。`)
      const others = files.filter(one => one.hash !== hash)
      return [...others, { name, hash, mimeType: mimeTypeOf(name), sizeBytes: file.bytes.length }]
    })
  }

  const detach = (number: number, hash: string, who: AttachedBy): Promise<Broadcast> =>
    change(number, who, files => files.filter(one => one.hash !== hash))

  function change(
    number: number,
    { by, revision }: AttachedBy,
    next: (files: AttachedFile[]) => AttachedFile[],
  ): Promise<Broadcast> {
    return broadcasts.change(number, now => {
      if (now.revision !== revision)
        throw new Refusal(`推送 ${number} 刚刚改过，没有保存。请先看过新的样子，再改附件。`)
      const { text, parts, items, groups, reminders, picture, files = [] } = now
      const content = { text, parts, items, groups, reminders, files: next(files) }
      const withPicture = picture === undefined ? content : { ...content, picture }
      return applyBroadcastEvent(now, { kind: 'edited', by, content: withPicture }, clock.now())
    })
  }

  /** The files as groups receive them; those whose bytes are deleted are left out. */
  async function read({ files = [] }: Pick<Broadcast, 'files'>): Promise<ChatFile[]> {
    const found = await Promise.all(
      files.map(async ({ name, mimeType, hash }) => {
        const bytes = await broadcasts.blob(hash)
        return bytes ? [{ name, mimeType, bytes }] : []
      }),
    )
    return found.flat()
  }

  /** Deletes the bytes of files of broadcasts that finished long ago, unless another broadcast uses them. */
  async function purge(): Promise<void> {
    const all = await broadcasts.all()
    const isOld = ({ state, changedAt }: Broadcast) =>
      finishedStates.includes(state) && clock.now().since(changedAt).total('hours') > keptDays * 24
    const hashesOf = (some: readonly Broadcast[]) =>
      some.flatMap(({ files = [] }) => files.map(({ hash }) => hash))
    const used = new Set(hashesOf(all.filter(one => !isOld(one))))
    for (const hash of new Set(hashesOf(all.filter(isOld))))
      if (!used.has(hash)) await broadcasts.deleteBlob(hash)
  }

  return { attach, detach, read, purge }
}

export type BroadcastFiles = ReturnType<typeof createFiles>
