import { WechatyBuilder } from 'wechaty'
import { PuppetService } from 'wechaty-puppet-service'

// What anybody's first Wechaty bot looks like: the measure of what ours costs.

const [endpoint = '', token = ''] = process.argv.slice(2)
const bot = WechatyBuilder.build({ puppet: new PuppetService({ endpoint, token }) })
bot.on('message', async message => {
  if (!message.self()) await message.say(message.text())
})
bot.on('login', () => console.log('ready'))
await bot.start()
