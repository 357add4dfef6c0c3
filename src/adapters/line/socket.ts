import WebSocket from 'ws'
import { reasonOf } from '../../log.ts'
import { readJson } from './json.ts'

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
  /** Gets each value. */
  onFrame(frame: unknown): void
  /** The frame is no JSON, or `onFrame` threw: it is dropped, and the connection goes on. */
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
    try {
      onFrame(readJson(data.toString()))
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
