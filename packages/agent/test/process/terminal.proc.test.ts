import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { start } from './start.js'

const terminal = { cols: 80, rows: 24 }

describe('a process in a terminal', () => {
  it('has one, of the size that was asked for, and hears of another', async () => {
    const { process, text } = await start(['bash', '-c', 'tty; stty size; read -r; stty size'], { terminal })
    while (!text().includes('24 80')) await delay(5)

    process.resize({ cols: 132, rows: 50 })
    await process.write('\n')
    await process.ended

    expect(text()).toMatch(/^\/dev\/pts\/\d+\r\n24 80\r\n\r\n50 132\r\n$/)
  })

  it('loses nothing at the exit, however fast it is', async () => {
    for (let run = 0; run < 5; run += 1) {
      const { process, text } = await start(['bash', '-c', 'seq 1 20000; echo END'], { terminal })
      expect((await process.ended).exitCode).toBe(0)
      expect(text().split('\r\n').length).toBe(20_002)
      expect(text().endsWith('20000\r\nEND\r\n')).toBe(true)
    }
  })

  it('hears Control-C as a person means it', async () => {
    const { process, text } = await start(['bash', '-c', 'trap "echo caught; exit 5" INT; echo up; sleep 60'], {
      terminal,
    })
    while (!text().includes('up')) await delay(5)

    await process.write('\x03')

    expect(await process.ended).toMatchObject({ exitCode: 5, signal: null })
    expect(text()).toContain('caught')
  })

  it('says that a program is not there', async () => {
    await expect(start(['no-such-program-here'], { terminal })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
