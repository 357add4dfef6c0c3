import WebSocket from 'ws'
import { reasonOf } from '../../log.ts'

/** Why a socket closed: the platform's close code, or 1006 where it ended without one. */
type SocketClose = { code: number; reason: string }

export type Socket = {
  /** @returns false where nothing was sent, since the socket is not open */
  send(frame: unknown): boolean
  opened: Promise<void>
  closed: Promise<SocketClose>
  /** Ends it at once, without waiting for the other side. */
  end(): void
}

const mostFrameBytes = 8 * 1024 * 1024

type FrameHandlers = {
  /** Gets each object; what is no JSON is dropped. */
  onFrame(frame: unknown): void
  /** An error thrown by `onFrame`: the frame is dropped, and the connection goes on. */
  onFault(cause: unknown): void
}

/** A WebSocket that carries one JSON object a frame. */
export function openSocket(url: string, { onFrame, onFault }: FrameHandlers): Socket {
  const socket = new WebSocket(url, { maxPayload: mostFrameBytes, perMessageDeflate: false })
  const opened = Promise.withResolvers<void>()
  const closed = Promise.withResolvers<SocketClose>()
  let fault = ''
  socket.on('open', () => opened.resolve())
  socket.on('error', cause => {
    fault = reasonOf(cause)
  })
  socket.on('close', (code, reason) => closed.resolve({ code, reason: fault || reason.toString() }))
  socket.on('message', data => {
    const frame = parsed(data.toString())
    if (frame === undefined) return
    try {
      onFrame(frame)
    } catch (cause) {
      onFault(cause)
    }
  })

  return {
    send(frame) {
      if (socket.readyState !== WebSocket.OPEN) return false
      socket.send(JSON.stringify(frame))
      return true
    },
    opened: opened.promise,
    closed: closed.promise,
    end: () => socket.terminate(),
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
