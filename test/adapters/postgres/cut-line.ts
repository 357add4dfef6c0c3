import { connect, createServer, type Socket } from 'node:net'

export type CutLine = Awaited<ReturnType<typeof openCutLine>>

/** A connection of the network that can be cut: what is sent meanwhile arrives once it is mended, as TCP does. */
export async function openCutLine(targetPort: number) {
  const pairs = new Set<[Socket, Socket]>()
  let isCut = false
  const server = createServer(near => {
    const far = connect(targetPort, '127.0.0.1')
    const pair: [Socket, Socket] = [near, far]
    pairs.add(pair)
    near.pipe(far)
    far.pipe(near)
    if (isCut) pause(pair)
    for (const socket of pair) socket.on('error', () => {})
    far.on('close', () => near.destroy())
    // The bytes that wait for the far side still go there when the near side gives up.
    near.on('close', () => pairs.delete(pair) && !isCut && far.end())
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    cut() {
      isCut = true
      for (const pair of pairs) pause(pair)
    },
    mend() {
      isCut = false
      for (const pair of pairs) resume(pair)
    },
    async close() {
      for (const [near, far] of pairs) {
        near.destroy()
        far.destroy()
      }
      server.close()
    },
  }
}

function pause([near, far]: [Socket, Socket]) {
  near.unpipe(far)
  far.unpipe(near)
  near.pause()
  far.pause()
}

function resume([near, far]: [Socket, Socket]) {
  near.pipe(far)
  far.pipe(near)
}
