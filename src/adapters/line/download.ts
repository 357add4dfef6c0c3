import { withTimeout } from '../../lib/timeout.ts'

const timeoutMs = 60_000

/**
 * Fetches a file of a received message from the platform.
 * @throws where it is gone, or has more than `mostBytes`
 */
export function download(url: string, mostBytes: number): Promise<Uint8Array> {
  return withTimeout(
    async signal => {
      const response = await fetch(url, { signal })
      if (!response.ok) throw new Error(`the file could not be fetched: ${response.status}`)
      return readAll(response, mostBytes)
    },
    { timeoutMs, what: 'fetching a file' },
  )
}

async function readAll(response: Response, mostBytes: number): Promise<Uint8Array> {
  const tooLarge = () => new Error(`the file has more than ${mostBytes} bytes`)
  if (Number(response.headers.get('content-length') ?? 0) > mostBytes) throw tooLarge()
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > mostBytes) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
