import { createHash } from 'node:crypto'
import { type ChatFile, DeadlineError, LineDownError } from '../../../ports/chat.ts'
import type { Ack } from './frames.ts'
import { refusalOf } from './refusals.ts'
import type { Requests } from './requests.ts'

const chunkBytes = 512 * 1024

export type MediaType = 'image' | 'file'
const mediaTypeOf = ({ mimeType }: ChatFile): MediaType =>
  /^image\/(?:png|jpeg|gif)$/u.test(mimeType) ? 'image' : 'file'

/**
 * Uploads a file in three steps.
 * @throws {@link LineDownError} where it broke in the middle: nothing was said yet, so it may be tried again
 */
export async function upload(
  file: ChatFile,
  requests: Requests,
  timeoutMs: number,
): Promise<{ type: MediaType; mediaId: string }> {
  const type = mediaTypeOf(file)
  const step = async (cmd: string, body: unknown) => {
    const ack = await requests.ask({ cmd: `aibot_upload_media_${cmd}`, body, timeoutMs })
    if (ack.errcode !== 0) throw refusalOf(ack)
    return ack
  }
  try {
    const count = Math.max(1, Math.ceil(file.bytes.byteLength / chunkBytes))
    const begun = await step('init', {
      type,
      filename: file.name,
      total_size: file.bytes.byteLength,
      total_chunks: count,
      md5: createHash('md5').update(file.bytes).digest('hex'),
    })
    const uploadId = wordIn(begun, 'upload_id')
    for (let index = 0; index < count; index++) {
      const chunk = file.bytes.subarray(index * chunkBytes, (index + 1) * chunkBytes)
      const data = Buffer.from(chunk).toString('base64')
      await step('chunk', { upload_id: uploadId, chunk_index: index, base64_data: data })
    }
    return { type, mediaId: wordIn(await step('finish', { upload_id: uploadId }), 'media_id') }
  } catch (cause) {
    if (cause instanceof DeadlineError)
      throw new LineDownError('the upload broke off: nothing was said', { cause })
    throw cause
  }
}

function wordIn(ack: Ack, name: string): string {
  const word = ack.body?.[name]
  if (typeof word !== 'string') throw new LineDownError(`the answer to an upload has no ${name}`)
  return word
}
