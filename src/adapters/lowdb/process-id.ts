import { readFile, readlink } from 'node:fs/promises'
import { hostname } from 'node:os'

/** Identifies a process, also among later ones with the same number; '' where unknown. */
export type ProcessId = { pid: number; startTicks: string; host: string; bootId: string; pidSpace: string }

export async function ownProcessId(): Promise<ProcessId> {
  const { startTicks } = await statOf(process.pid)
  // Two containers on one machine share boot and perhaps host name, but each counts its own processes.
  const pidSpace = await readlink('/proc/self/ns/pid').catch(() => '')
  const bootId = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '')
  return { pid: process.pid, startTicks, host: hostname(), bootId: bootId.trim(), pidSpace }
}

/** Whether that very process is still there; by its number alone where the system does not tell starts. */
export async function isProcessRunning({ pid, startTicks }: ProcessId): Promise<boolean> {
  if (!hasProcess(pid)) return false
  const stat = await statOf(pid)
  // A killed process that was not waited for keeps its number, and its last threads may still be writing.
  if (stat.state === 'Z' && stat.threads <= 1) return false
  return stat.startTicks === '' || stat.startTicks === startTicks
}

function hasProcess(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Fields 3, 20 and 22 of proc_pid_stat(5); the second, the name, is in brackets and may hold anything. */
async function statOf(pid: number) {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return { state: fields[0] ?? '', threads: Number(fields[17] ?? 0), startTicks: fields[19] ?? '' }
}
