import { types } from 'wechaty-puppet'
import { UnsupportedPuppet } from '../../../src/adapters/wechaty/puppets/unsupported-puppet.ts'

export const heardDings: string[] = []

/** Stands for an installed puppet of another kind: it waits for its QR code to be scanned, for ever. */
class QrPuppet extends UnsupportedPuppet {
  override async onStart() {
    this.emit('scan', { status: types.ScanStatus.Waiting, qrcode: 'https://login.example/abc' })
  }
  override async onStop() {}
  override ding(data = '') {
    heardDings.push(data)
  }
  override contactList = async () => []
  override contactRawPayload = async () => ({})
  override contactRawPayloadParser = async () => Promise.reject(new Error('nobody'))
  override roomList = async () => []
  override roomRawPayload = async () => ({})
  override roomRawPayloadParser = async () => Promise.reject(new Error('nothing'))
  override roomMemberList = async () => []
  override roomMemberRawPayload = async () => ({})
  override roomMemberRawPayloadParser = async () => Promise.reject(new Error('nobody'))
  override roomTopic = async () => Promise.reject(new Error('nothing'))
  override messageRawPayload = async () => ({})
  override messageRawPayloadParser = async () => Promise.reject(new Error('nothing'))
  override messageFile = async () => Promise.reject(new Error('nothing'))
  override messageImage = async () => Promise.reject(new Error('nothing'))
  override messageSendText = async () => undefined
  override messageSendFile = async () => undefined
}

// biome-ignore lint/style/noDefaultExport: this is how Wechaty's puppets are exported
export default QrPuppet
